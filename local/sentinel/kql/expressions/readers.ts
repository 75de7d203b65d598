import { refuse } from '../refusal.ts';
import type { KqlType } from '../types.ts';
import { convert, dynamicText } from '../values/convert.ts';
import { toText } from '../values/text.ts';
import { isBag, isList, type Bag, type List, type Row, type Value } from '../values/value.ts';
import type { Scalar } from './expression.ts';

/** Reads a scalar as one TypeScript type; null where it has no value. */
export type Reader<T> = (scalar: Scalar) => (row: Row) => T | null;

/** The value as text; the empty string for null. */
export function text({ type, of }: Scalar): (row: Row) => string {
  if (type === 'dynamic') return (row) => dynamicText(of(row));
  return (row) => {
    const value = of(row);
    return typeof value === 'string' ? value : toText(value, type);
  };
}

function converted(of: Scalar['of'], from: KqlType, to: KqlType): (row: Row) => Value {
  return from === 'dynamic' || from === 'unknown' ? (row) => convert(of(row), 'dynamic', to) : of;
}

/** Whole numbers; of datetimes and timespans their ticks. */
export const whole: Reader<bigint> = ({ type, of }) => {
  const read = converted(of, type, 'long');
  return (row) => {
    const value = read(row);
    return typeof value === 'bigint' ? value : null;
  };
};

export const datetime: Reader<bigint> = ({ type, of }) => wholeValue(converted(of, type, 'datetime'));

export const timespan: Reader<bigint> = ({ type, of }) => wholeValue(converted(of, type, 'timespan'));

function wholeValue(read: (row: Row) => Value): (row: Row) => bigint | null {
  return (row) => {
    const value = read(row);
    return typeof value === 'bigint' ? value : null;
  };
}

export const real: Reader<number> = ({ type, of }) => {
  const read = converted(of, type, 'real');
  return (row) => {
    const value = read(row);
    if (typeof value === 'bigint') return Number(value);
    return typeof value === 'number' ? value : null;
  };
};

export const flag: Reader<boolean> = ({ type, of }) => {
  const read = converted(of, type, 'bool');
  return (row) => {
    const value = read(row);
    return typeof value === 'boolean' ? value : null;
  };
};

/** Any value, by the type it has. */
export const any: Reader<Value> = ({ of }) => of;

/** A dynamic array; anything else has no value. */
export const list: Reader<List> = ({ of }) => {
  return (row) => {
    const value = of(row);
    return isList(value) ? value : null;
  };
};

export const bag: Reader<Bag> = ({ of }) => {
  return (row) => {
    const value = of(row);
    return isBag(value) ? value : null;
  };
};

/** The value of a scalar that must be a constant whole number. */
export function constantWhole(scalar: Scalar, what: string): bigint {
  const value = scalar.isConstant ? whole(scalar)([]) : null;
  return value ?? refuse(`${what} that is not a constant whole number`);
}
