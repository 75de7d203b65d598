import { orderOf } from '../expressions/comparison.ts';
import type { Scalar } from '../expressions/expression.ts';
import { refuse } from '../refusal.ts';
import { isList, type Row, type Value } from '../values/value.ts';
import type { Aggregate } from './aggregate.ts';

/** Keeps the row with the greatest (`sign` 1) or least (-1) value, the first of equal ones; a row without one is kept last of all. */
export function bestRow({ type, of }: Scalar, sign: number, name: string): Aggregate {
  if (type === 'dynamic') return refuse(`${name}() of a dynamic value`);
  const order = orderOf(type, type);
  const isBetter = (value: Value, best: Value): boolean => {
    if (value === null || best === null) return best === null && value !== null;
    if (Number.isNaN(value) || Number.isNaN(best)) return nanWins(value, best, sign, name);
    return order(value, best) * sign > 0;
  };
  return {
    type: 'dynamic',
    start: () => {
      let kept: Row | null = null;
      let best: Value = null;
      return {
        add: (row) => {
          const value = of(row);
          if (kept !== null && !isBetter(value, best)) return;
          kept = row;
          best = value;
        },
        result: () => kept,
      };
    },
  };
}

/** NaN counts as the greatest; as the least it is known only when it comes first. */
function nanWins(value: Value, best: Value, sign: number, name: string): boolean {
  if (Number.isNaN(best)) return false;
  return sign > 0 ? Number.isNaN(value) : refuse(`${name}() with NaN`);
}

/** Keeps any row: the first. */
export const anyRow: Aggregate = {
  type: 'dynamic',
  start: () => {
    let kept: Row | null = null;
    return {
      add: (row) => {
        kept ??= row;
      },
      result: () => kept,
    };
  },
};

/** A scalar over the row that an aggregate kept, itself at a place among the aggregates' results. */
export function ofKept(place: number, { type, of }: Scalar): Scalar {
  const missing = type === 'string' ? '' : null;
  return {
    type,
    isConstant: false,
    of: (results) => {
      const kept = results[place] ?? null;
      return isList(kept) ? of(kept) : missing;
    },
  };
}
