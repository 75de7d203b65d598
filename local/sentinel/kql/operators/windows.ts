import { argumentsOf, nameOf } from '../expressions/calls.ts';
import { coerced, constant, type Scalar } from '../expressions/expression.ts';
import { constantWhole, flag, real, whole } from '../expressions/readers.ts';
import { descendants, type Node, syntax } from '../kusto.ts';
import { refuse } from '../refusal.ts';
import type { Scope } from '../scope.ts';
import type { KqlType } from '../types.ts';
import type { Row, Value } from '../values/value.ts';
import type { Relation } from './relation.ts';

/** The rows of a relation, one of them the current one. */
interface Window {
  all: readonly Row[];
  index: number;
}

/** What a window function makes of the rows so far; `isFirst` starts it anew. */
type Advance = (row: Row, isFirst: boolean) => void;

/** A scope in which window functions are known, and the rows to run what is compiled there over. */
export interface Frame {
  readonly scope: Scope;
  readonly rows: (input: Relation) => Iterable<Row>;
}

/** @param isSerialized the rows have a set order; without one the real engine refuses window functions */
export function windowed(scope: Scope, isSerialized: boolean): Frame {
  const window: Window = { all: [], index: 0 };
  const advances: Advance[] = [];
  let isUsed = false;
  const call: Scope['call'] = (node, inner) => {
    const make = Object.hasOwn(makers, nameOf(node)) ? makers[nameOf(node)] : undefined;
    if (make === undefined) return undefined;
    if (!isSerialized) return refuse(`${nameOf(node)}() on rows without an order`);
    isUsed = true;
    const given = argumentsOf(node).map((each) => inner.compiler.scalar(each, inner));
    return make(given, { window, advances, name: nameOf(node) });
  };
  return {
    scope: { ...scope, call },
    rows: (input) => (isUsed ? walk(input, window, advances) : input.rows()),
  };
}

/** Whether expressions call window functions, which depend on all the rows there are. */
export function usesWindow(nodes: readonly Node[]): boolean {
  const calls = nodes.flatMap((node) => descendants(node, syntax.FunctionCallExpression));
  return calls.some((call) => Object.hasOwn(makers, nameOf(call)));
}

function* walk(input: Relation, window: Window, advances: readonly Advance[]): Iterable<Row> {
  window.all = [...input.rows()];
  for (const [index, row] of window.all.entries()) {
    window.index = index;
    for (const advance of advances) advance(row, index === 0);
    yield row;
  }
}

interface Making {
  readonly window: Window;
  readonly advances: Advance[];
  readonly name: string;
}

type Maker = (given: readonly Scalar[], making: Making) => Scalar;

function first(given: readonly Scalar[], name: string): Scalar {
  return given[0] ?? refuse(`${name}() without an argument`);
}

/** `prev` and `next`: the value of an expression so many rows away. */
function neighbour(direction: number): Maker {
  return (given, { window, name }) => {
    const { type, of } = first(given, name);
    const offset = given[1] ? Number(constantWhole(given[1], `the offset of ${name}()`)) : 1;
    const otherwise = coerced(given[2] ?? constant(type, type === 'string' ? '' : null), type);
    return computed(type, (row) => {
      const other = window.all[window.index + direction * offset];
      return other === undefined ? otherwise.of(row) : of(other);
    });
  };
}

function computed(type: KqlType, of: (row: Row) => Value): Scalar {
  return { type, isConstant: false, of };
}

function restartOf(scalar: Scalar | undefined): (row: Row) => boolean {
  if (scalar === undefined) return () => false;
  const read = flag(scalar);
  return (row) => read(row) === true;
}

const rowNumber: Maker = (given, { advances }) => {
  const start = given[0] ? constantWhole(given[0], 'the start of row_number()') : 1n;
  const restart = restartOf(given[1]);
  let count = start;
  advances.push((row, isFirst) => {
    count = isFirst || restart(row) ? start : count + 1n;
  });
  return computed('long', () => count);
};

const cumulativeSum: Maker = (given, { advances, name }) => {
  const of = first(given, name);
  return of.type === 'real' ? realSum(of, given[1], advances) : wholeSum(of, given[1], advances);
};

function realSum(of: Scalar, restartAt: Scalar | undefined, advances: Advance[]): Scalar {
  const [read, restart] = [real(of), restartOf(restartAt)];
  let sum = 0;
  advances.push((row, isFirst) => {
    sum = (isFirst || restart(row) ? 0 : sum) + (read(row) ?? refuse('row_cumsum() of null'));
  });
  return computed('real', () => sum);
}

function wholeSum(of: Scalar, restartAt: Scalar | undefined, advances: Advance[]): Scalar {
  const [read, restart] = [whole(of), restartOf(restartAt)];
  let sum = 0n;
  advances.push((row, isFirst) => {
    const value = read(row) ?? refuse('row_cumsum() of null');
    sum = BigInt.asIntN(64, (isFirst || restart(row) ? 0n : sum) + value);
  });
  return computed(of.type === 'int' ? 'long' : of.type, () => sum);
}

/** The rank of a value among sorted ones: dense ranks leave no gap after equal values. */
function rank(isDense: boolean): Maker {
  return (given, { advances, name }) => {
    const { of } = first(given, name);
    const restart = restartOf(given[1]);
    let [current, seen]: [bigint, bigint] = [0n, 0n];
    let last: Value = null;
    advances.push((row, isFirst) => {
      const value = of(row);
      const isNew = isFirst || restart(row);
      seen = isNew ? 1n : seen + 1n;
      if (isNew) current = 1n;
      else if (value !== last) current = isDense ? current + 1n : seen;
      last = value;
    });
    return computed('long', () => current);
  };
}

/** Where the session of a row began: a new one begins too far from its first or from the row before. */
const session: Maker = (given, { advances, name }) => {
  const [of, fromFirst, between, restartAt] = given;
  if (!of || !fromFirst || !between) return refuse(`${name}() with ${given.length} arguments`);
  const [read, restart] = [whole(of), restartOf(restartAt)];
  const [mostFromFirst, mostBetween] = [constantWhole(fromFirst, name), constantWhole(between, name)];
  let [start, last]: [bigint | null, bigint | null] = [null, null];
  advances.push((row, isFirst) => {
    const value = read(row);
    const goesOn =
      !isFirst &&
      !restart(row) &&
      value !== null &&
      start !== null &&
      last !== null &&
      value < start + mostFromFirst &&
      value < last + mostBetween;
    if (!goesOn) start = value;
    last = value;
  });
  return computed('datetime', () => start);
};

const makers: Readonly<Record<string, Maker>> = {
  prev: neighbour(-1),
  next: neighbour(1),
  row_number: rowNumber,
  row_cumsum: cumulativeSum,
  row_rank_dense: rank(true),
  row_rank_min: rank(false),
  row_window_session: session,
};
