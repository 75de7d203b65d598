import type { Row } from '../values/value.ts';
import { derived, type Scalar } from './expression.ts';
import { flag } from './readers.ts';

/** `and`: false wins over null. The right side is not looked at when the left is false. */
export function conjunction(left: Scalar, right: Scalar): Scalar {
  const [a, b] = [flag(left), flag(right)];
  return derived('bool', [left, right], (row: Row) => {
    const first = a(row);
    if (first === false) return false;
    const second = b(row);
    return second === false ? false : first === null || second === null ? null : true;
  });
}

/** `or`: true wins over null. The right side is not looked at when the left is true. */
export function disjunction(left: Scalar, right: Scalar): Scalar {
  const [a, b] = [flag(left), flag(right)];
  return derived('bool', [left, right], (row: Row) => {
    const first = a(row);
    if (first === true) return true;
    const second = b(row);
    return second === true ? true : first === null || second === null ? null : false;
  });
}
