import { type Scalar, valueOf } from '../expressions/expression.ts';
import { refuse } from '../refusal.ts';
import { knownType, type KqlType } from '../types.ts';

/** The type that an argument `typeof(…)` names. */
export function literalType(of: Scalar, name: string): KqlType {
  const value = of.isConstant ? valueOf(of) : null;
  const type = typeof value === 'string' ? knownType(value) : undefined;
  return type ?? refuse(`${name}() with such a type`);
}
