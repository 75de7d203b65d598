import { constant, derived, type Scalar } from '../expressions/expression.ts';
import { any, flag, list, text, whole } from '../expressions/readers.ts';
import { refuse } from '../refusal.ts';
import type { KqlType } from '../types.ts';
import { compareValues, dynamicKey } from '../values/compare.ts';
import { dynamicText, toDynamic } from '../values/convert.ts';
import { isBag, isList, isMoment, type List, type Row, type Value } from '../values/value.ts';
import { argument, type Builtin, type Builtins, byCount, of1, of2, of3, result } from './builtin.ts';

/** A scalar as the element of an array. */
export function asElement({ type, of }: Scalar): (row: Row) => Value {
  return (row) => toDynamic(of(row), type);
}

/** All arguments as elements, nulls included. */
export function ofElements(apply: (values: readonly Value[]) => Value): Builtin {
  return (given, call) => {
    const reads = given.map(asElement);
    return result(call, given, (row) => apply(reads.map((read) => read(row))));
  };
}

/** Both ends count, negative ones from the end; what lies outside is left out. */
function slice(values: List, start: bigint, end: bigint): List {
  const place = (index: bigint): number => Number(index) + (index < 0n ? values.length : 0);
  return values.slice(Math.max(0, place(start)), Math.max(0, place(end) + 1));
}

/** The sum of numbers, null when something else is among them. */
function sum(values: List): Value {
  let total = 0;
  for (const value of values) {
    if (value !== null && typeof value !== 'bigint' && typeof value !== 'number') return null;
    total += Number(value ?? 0);
  }
  return total;
}

const indexOf: Builtin = (given, call) => {
  const values = list(argument(given, 0, call));
  const sought = asElement(argument(given, 1, call));
  if (given.length > 2) return refuse('array_index_of() within a range');
  return result(call, given, (row) => {
    const array = values(row);
    const key = dynamicKey(sought(row));
    return array === null ? null : BigInt(array.findIndex((value) => dynamicKey(value) === key));
  });
};

/** Numbers and times, texts, the rest: the order in which kinds of elements are sorted. */
function sortable(values: List): List {
  const kinds = new Set(values.filter((value) => value !== null).map(kindOf));
  return kinds.size > 1 || kinds.has('other') ? refuse('the sorting of an array with such elements') : values;
}

function kindOf(value: Value): string {
  if (typeof value === 'bigint' || typeof value === 'number') return 'number';
  if (isMoment(value)) return value.is;
  return typeof value === 'string' ? 'text' : 'other';
}

function sorted(sign: number): Builtin {
  return (given, call) => {
    const values = list(argument(given, 0, call));
    const nullsLast = given[1] ?? constant('bool', true);
    if (given.length > 2 || nullsLast.type !== 'bool') return refuse(`${call.name}() of several arrays`);
    const last = flag(nullsLast);
    return result(call, given, (row) => {
      const array = values(row);
      return array === null ? null : sortedList(array, sign, last(row) === true);
    });
  };
}

function sortedList(values: List, sign: number, nullsLast: boolean): List {
  const there = sortable(values).filter((value) => value !== null);
  const nulls = values.filter((value) => value === null);
  there.sort((a, b) => sign * compareValues(bare(a), bare(b)));
  return nullsLast ? [...there, ...nulls] : [...nulls, ...there];
}

function bare(value: Value): Value {
  return isMoment(value) ? value.ticks : value;
}

/** Element by element, what follows a condition that holds or one that does not. */
const choose: Builtin = (given, call) => {
  const conditions = list(argument(given, 0, call));
  const [then, otherwise] = [asElement(argument(given, 1, call)), asElement(argument(given, 2, call))];
  return result(call, given, (row) => {
    const tests = conditions(row);
    const [yes, no] = [then(row), otherwise(row)];
    return tests === null ? null : tests.map((test, index) => elementFor(holds(test), [yes, no], index));
  });
};

function holds(test: Value): boolean | null {
  if (typeof test === 'boolean') return test;
  return typeof test === 'bigint' || typeof test === 'number' ? Number(test) !== 0 : null;
}

function elementFor(condition: boolean | null, [yes = null, no = null]: List, index: number): Value {
  if (condition === null) return null;
  const from = condition ? yes : no;
  return isList(from) ? (from[index] ?? null) : from;
}

const concat: Builtin = ofElements((values) => values.flatMap((value) => (isList(value) ? value : notScalar(value))));

function notScalar(value: Value): List {
  return value === null ? [] : refuse('array_concat() of something that is no array');
}

/** `range(start, stop, step)`: all in one kind of number or time. */
const range: Builtin = (given, call) => {
  const [start, stop] = [argument(given, 0, call), argument(given, 1, call)];
  const step = given[2] ?? constant('long', 1n);
  const { type } = start;
  if (type === 'real' || step.type === 'real' || type === 'dynamic') return refuse('range() of real numbers');
  if (given.length === 2 && type !== 'long' && type !== 'int') return refuse('range() of times without a step');
  const [from, to, by] = [whole(start), whole(stop), whole(step)];
  return derived(call.type, given, (row) => steps([from(row), to(row), by(row)], type));
};

function steps([from = null, to = null, by = null]: readonly (bigint | null)[], type: KqlType): Value {
  if (from === null || to === null || by === null) return null;
  if (by === 0n || (to - from) / by > 1_048_576n) return refuse('range() of so many elements');
  const values: Value[] = [];
  for (let at = from; by > 0n ? at <= to : at >= to; at += by) values.push(toDynamic(at, type));
  return values;
}

function zip(values: readonly Value[]): Value {
  const lists = values.map((value) => (isList(value) ? value : refuse('zip() of something that is no array')));
  const length = Math.max(...lists.map((each) => each.length));
  return Array.from({ length }, (_, index) => lists.map((each) => each[index] ?? null));
}

/** The text of elements with a delimiter between them. */
function joined(values: List, delimiter: string): string {
  const isNested = values.some((value) => isList(value) || isBag(value));
  return isNested ? refuse('strcat_array() of nested values') : values.map(dynamicText).join(delimiter);
}

export const arrays: Builtins = {
  array_length: of1(any, (value) => (isList(value) ? BigInt(value.length) : null)),
  array_concat: concat,
  array_slice: of3([list, whole, whole], slice),
  array_reverse: of1(list, (values) => [...values].reverse()),
  array_sum: of1(list, sum),
  array_index_of: indexOf,
  array_sort_asc: sorted(1),
  array_sort_desc: sorted(-1),
  array_iff: choose,
  array_iif: choose,
  pack_array: ofElements((values) => values),
  strcat_array: of2(list, text, joined),
  range,
  zip: ofElements(zip),
  repeat: byCount({
    2: (given, call) => {
      const [element, count] = [asElement(argument(given, 0, call)), whole(argument(given, 1, call))];
      return result(call, given, (row) => {
        const times = count(row);
        return times === null || times < 0n ? null : Array.from({ length: Number(times) }, () => element(row));
      });
    },
  }),
};
