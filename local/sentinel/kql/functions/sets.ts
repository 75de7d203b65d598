import { list, type Reader } from '../expressions/readers.ts';
import { refuse } from '../refusal.ts';
import { dynamicKey } from '../values/compare.ts';
import type { List, Value } from '../values/value.ts';
import { asElement } from './arrays.ts';
import { argument, type Builtin, type Builtins, ofAll, result } from './builtin.ts';

/** Elements by what tells them apart, in the order they first come. */
function keyed(values: List): Map<string, Value> {
  const found = new Map<string, Value>();
  for (const value of values) if (!found.has(dynamicKey(value))) found.set(dynamicKey(value), value);
  return found;
}

const lists: Reader<List> = (scalar) => {
  const read = list(scalar);
  return (row) => read(row) ?? refuse('a set function on something that is no array');
};

function onSets(apply: (first: Map<string, Value>, others: readonly Map<string, Value>[]) => List): Builtin {
  return ofAll(lists, (values) => {
    const [first = new Map<string, Value>(), ...others] = values.map((value) => keyed(value ?? []));
    return apply(first, others);
  });
}

const hasElement: Builtin = (given, call) => {
  const [values, sought] = [list(argument(given, 0, call)), asElement(argument(given, 1, call))];
  return result(call, given, (row) => {
    const array = values(row);
    const key = dynamicKey(sought(row));
    return array === null ? null : array.some((value) => dynamicKey(value) === key);
  });
};

export const sets: Builtins = {
  set_union: onSets((first, others) => [...keyed([first, ...others].flatMap((set) => [...set.values()])).values()]),
  set_intersect: onSets((first, others) =>
    [...first].filter(([key]) => others.every((set) => set.has(key))).map(([, value]) => value),
  ),
  set_difference: onSets((first, others) =>
    [...first].filter(([key]) => !others.some((set) => set.has(key))).map(([, value]) => value),
  ),
  set_has_element: hasElement,
};
