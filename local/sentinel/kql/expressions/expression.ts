import type { KqlType } from '../types.ts';
import { convert, toDynamic } from '../values/convert.ts';
import type { Row, Value } from '../values/value.ts';

/** A scalar expression made ready to run: its type, and its value for a row of the relation it was made for. */
export interface Scalar {
  readonly type: KqlType;
  /** It is the same for every row. */
  readonly isConstant: boolean;
  readonly of: (row: Row) => Value;
}

export const noRow: Row = [];

/** A scalar that is the same for every row. */
export function constant(type: KqlType, value: Value): Scalar {
  return { type, isConstant: true, of: () => value };
}

/** A scalar made of others: computed once, on first use, when they are all constant. */
export function derived(type: KqlType, from: readonly Scalar[], of: (row: Row) => Value): Scalar {
  if (!from.every(({ isConstant }) => isConstant)) return { type, isConstant: false, of };
  let known: { readonly value: Value } | undefined;
  return { type, isConstant: true, of: () => (known ??= { value: of(noRow) }).value };
}

/** The same scalar as another type: whole numbers widen to real, anything becomes dynamic. */
export function coerced(scalar: Scalar, to: KqlType): Scalar {
  const { type, of } = scalar;
  if (type === to || to === 'unknown' || (to === 'long' && type === 'int')) return scalar;
  if (to === 'dynamic') return derived(to, [scalar], (row) => toDynamic(of(row), type));
  return derived(to, [scalar], (row) => convert(of(row), type, to));
}

/** The value of a constant. */
export function valueOf(scalar: Scalar): Value {
  return scalar.of(noRow);
}
