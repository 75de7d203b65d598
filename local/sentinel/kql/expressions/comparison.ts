import { refuse } from '../refusal.ts';
import type { KqlType } from '../types.ts';
import { compareText } from '../values/compare.ts';
import { isBag, isList, isMoment, type Row, type Value } from '../values/value.ts';
import { derived, type Scalar } from './expression.ts';

/** Below, at or above zero; NaN when the two have no order. */
type Order = (a: Value, b: Value) => number;

const outcomes: Readonly<Record<string, (order: number) => boolean>> = {
  '==': (order) => order === 0,
  '!=': (order) => order !== 0,
  '<>': (order) => order !== 0,
  '<': (order) => order < 0,
  '<=': (order) => order <= 0,
  '>': (order) => order > 0,
  '>=': (order) => order >= 0,
};

export function isComparison(operator: string): boolean {
  return Object.hasOwn(outcomes, operator);
}

/** `==`, `!=`, `<` … of two scalars. */
export function comparison(operator: string, left: Scalar, right: Scalar): Scalar {
  const order = orderOf(left.type, right.type);
  const outcome = outcomes[operator] ?? refuse(`the operator ${operator}`);
  const onNull = nullOutcome(operator);
  return derived('bool', [left, right], (row: Row) => {
    const a = left.of(row);
    const b = right.of(row);
    return a === null || b === null ? onNull(a, b) : outcome(order(a, b));
  });
}

/** Equality of a null and a value is known; that of two nulls, and any order of a null, is not. */
function nullOutcome(operator: string): (a: Value, b: Value) => boolean | null {
  if (operator === '==') return (a, b) => (a === b ? null : false);
  if (operator === '!=' || operator === '<>') return (a, b) => (a === b ? null : true);
  return () => null;
}

const numeric: ReadonlySet<KqlType> = new Set(['int', 'long', 'real']);

/** How values of two types are ordered. @throws Refusal when they are not comparable */
export function orderOf(left: KqlType, right: KqlType): Order {
  if (left === 'string' && right === 'string') return textOrder;
  if (numeric.has(left) && numeric.has(right)) return left === 'real' || right === 'real' ? realOrder : wholeOrder;
  if (left === 'dynamic' && right !== 'dynamic') return dynamicOrder(right);
  if (right === 'dynamic' && left !== 'dynamic') return (a, b) => -dynamicOrder(left)(b, a);
  if (left !== right || left === 'dynamic' || left === 'unknown') return refuse(`a comparison of ${left} and ${right}`);
  return left === 'guid' ? textOrder : wholeOrder;
}

function textOrder(a: Value, b: Value): number {
  return typeof a === 'string' && typeof b === 'string' ? compareText(a, b) : Number.NaN;
}

/** Whole numbers, times and booleans. */
function wholeOrder(a: Value, b: Value): number {
  if (a === b) return 0;
  return a !== null && b !== null && a < b ? -1 : 1;
}

function realOrder(a: Value, b: Value): number {
  const [x, y] = [Number(a), Number(b)];
  if (x === y) return 0;
  if (Number.isNaN(x) || Number.isNaN(y)) return Number.NaN;
  return x < y ? -1 : 1;
}

/** A dynamic value against one of a known type: its inside must be of that kind. */
function dynamicOrder(type: KqlType): Order {
  return (a, b) => {
    if (isMoment(a) && a.is === type) return wholeOrder(a.ticks, b);
    if (type === 'string' && typeof a === 'string') return textOrder(a, b);
    if (type === 'bool' && typeof a === 'boolean') return wholeOrder(a, b);
    if (numeric.has(type) && (typeof a === 'bigint' || typeof a === 'number')) return realOrder(a, b);
    return refuse(`a comparison of ${kindOf(a)} in a dynamic value and ${type}`);
  };
}

function kindOf(value: Value): string {
  if (isList(value)) return 'an array';
  if (isBag(value)) return 'a property bag';
  return isMoment(value) ? value.is : `a ${typeof value}`;
}
