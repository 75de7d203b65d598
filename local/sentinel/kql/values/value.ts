/**
 * A cell. `bigint`: int, long, and ticks of 100 ns for datetime (since year 1) and timespan; `number`: real; a string is
 * never null. Inside a dynamic value a time is a Moment, since ticks alone would be a number.
 */
export type Value = null | boolean | bigint | number | string | List | Bag | Moment;

/** A dynamic array. */
export interface List extends ReadonlyArray<Value> {}

/** A dynamic property bag, in the order of its keys. */
export interface Bag extends ReadonlyMap<string, Value> {}

/** A datetime or timespan inside a dynamic value. */
export interface Moment {
  readonly is: 'datetime' | 'timespan';
  readonly ticks: bigint;
}

/** Cells in the order of a relation's columns. */
export type Row = readonly Value[];

export function isList(value: Value): value is List {
  return Array.isArray(value);
}

export function isBag(value: Value): value is Bag {
  return value instanceof Map;
}

export function isMoment(value: Value): value is Moment {
  return typeof value === 'object' && value !== null && 'is' in value;
}
