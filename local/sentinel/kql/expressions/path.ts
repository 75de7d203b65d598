import { refuse } from '../refusal.ts';
import { isBag, isList, type Value } from '../values/value.ts';
import { constant, derived, type Scalar } from './expression.ts';

/** `bag.name`, `bag["name"]` and `array[index]`, a negative index counting from the end; null where there is nothing. */
export function member(of: Scalar, selector: Scalar): Scalar {
  if (of.type !== 'dynamic') return refuse(`a member of ${of.type}`);
  return derived('dynamic', [of, selector], (row) => select(of.of(row), selector.of(row)));
}

/** `bag.name`. */
export function property(of: Scalar, name: string): Scalar {
  return member(of, constant('string', name));
}

function select(value: Value, by: Value): Value {
  if (typeof by === 'string' && isBag(value)) return value.get(by) ?? null;
  if (typeof by === 'bigint' && isList(value)) return value.at(Number(by)) ?? null;
  return null;
}
