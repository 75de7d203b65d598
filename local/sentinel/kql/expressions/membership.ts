import { refuse } from '../refusal.ts';
import type { KqlType } from '../types.ts';
import type { Relation } from '../operators/relation.ts';
import { isList, type Row, type Value } from '../values/value.ts';
import { dynamicText } from '../values/convert.ts';
import { orderOf } from './comparison.ts';
import { derived, type Scalar } from './expression.ts';

/** An item of a list after `in`: a scalar, or a table whose first column counts. */
export type Listed = { readonly scalar: Scalar } | { readonly table: () => Relation };

/** One value of a list and its type. */
interface Candidate {
  readonly value: Value;
  readonly type: KqlType;
}

/** `in`, `!in`, `in~`, `!in~`. */
export function membership(operator: string, left: Scalar, listed: readonly Listed[]): Scalar {
  const ignoresCase = operator.endsWith('~');
  const isNegated = operator.startsWith('!');
  const isIn = listed.every(isFixed) ? fixedTest(left, listed, ignoresCase) : rowTest(left, listed, ignoresCase);
  return derived('bool', [left, ...scalarsOf(listed)], (row) => isIn(row) !== isNegated);
}

function isFixed(item: Listed): boolean {
  return 'table' in item || item.scalar.isConstant;
}

function scalarsOf(listed: readonly Listed[]): Scalar[] {
  return listed.flatMap((item) => ('scalar' in item ? [item.scalar] : []));
}

/** What a list holds for a row; a dynamic array stands for its elements. */
function candidates(listed: readonly Listed[], row: Row): Candidate[] {
  return listed.flatMap((item) => {
    if ('table' in item) return ofTable(item.table());
    const { type, of } = item.scalar;
    const value = of(row);
    return isList(value) ? value.map((element) => ({ value: element, type })) : [{ value, type }];
  });
}

function ofTable({ columns, rows }: Relation): Candidate[] {
  const type = columns[0]?.type ?? 'unknown';
  return Array.from(rows(), ([value = null]) => ({ value, type }));
}

function fixedTest(left: Scalar, listed: readonly Listed[], ignoresCase: boolean): (row: Row) => boolean {
  const keyed = keyMaker(left.type, ignoresCase);
  let keys: Set<Value> | undefined;
  return (row) => {
    keys ??= new Set(candidates(listed, []).flatMap(keyed));
    const value = left.of(row);
    if (value === null) return false;
    const [key] = keyed({ value, type: left.type });
    return key !== undefined && keys.has(key);
  };
}

function rowTest(left: Scalar, listed: readonly Listed[], ignoresCase: boolean): (row: Row) => boolean {
  const keyed = keyMaker(left.type, ignoresCase);
  return (row) => {
    const value = left.of(row);
    if (value === null) return false;
    const [key] = keyed({ value, type: left.type });
    return candidates(listed, row).some((candidate) => keyed(candidate).includes(key ?? null));
  };
}

/** A key that equal candidates share; none for a null, which equals nothing. */
function keyMaker(leftType: KqlType, ignoresCase: boolean): (candidate: Candidate) => Value[] {
  return ({ value, type }) => {
    if (value === null) return [];
    if (type !== 'dynamic' && leftType !== 'dynamic') orderOf(leftType, type);
    if (typeof value === 'string') return [ignoresCase ? value.toLowerCase() : value];
    if (typeof value === 'bigint') return [wholeKey(value)];
    return typeof value === 'object' ? refuse('`in` with arrays, bags or times in dynamic values') : [value];
  };
}

/** Whole numbers and reals that are equal share a key. */
function wholeKey(value: bigint): Value {
  const number = Number(value);
  return Number.isSafeInteger(number) ? number : value;
}

/** The texts of a list, for `has_any`. */
export function listedTexts(listed: readonly Listed[]): () => readonly string[] {
  if (!listed.every(isFixed)) return refuse('has_any or has_all with a list that differs from row to row');
  let texts: readonly string[] | undefined;
  return () => (texts ??= candidates(listed, []).map(({ value }) => dynamicText(value)));
}

/** `between` and `!between`, both ends included; after a datetime the second end may be a timespan. */
export function between(operator: string, value: Scalar, first: Scalar, last: Scalar): Scalar {
  const [aboveFirst, belowLast] = [orderOf(value.type, first.type), orderOf(value.type, last.type)];
  const isNegated = operator.startsWith('!');
  return derived('bool', [value, first, last], (row) => {
    const [at, low, high] = [value.of(row), first.of(row), last.of(row)];
    if (at === null || low === null || high === null) return null;
    return (aboveFirst(at, low) >= 0 && belowLast(at, high) <= 0) !== isNegated;
  });
}
