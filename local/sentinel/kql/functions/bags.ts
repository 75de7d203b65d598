import { arrivalColumn } from './arrival.ts';
import type { Scalar } from '../expressions/expression.ts';
import { any, bag, list, text } from '../expressions/readers.ts';
import { refuse } from '../refusal.ts';
import { dynamicText } from '../values/convert.ts';
import { isBag, isList, type Bag, type List, type Row, type Value } from '../values/value.ts';
import { asElement, ofElements } from './arrays.ts';
import { argument, type Builtin, type Builtins, of1, of2, result } from './builtin.ts';

/** `bag_pack("key", value, …)`. */
const pack: Builtin = (given, call) => {
  if (given.length % 2 !== 0) return refuse(`${call.name}() with ${given.length} arguments`);
  const pairs: [(row: Row) => string, (row: Row) => Value][] = [];
  for (let at = 0; at < given.length; at += 2)
    pairs.push([text(argument(given, at, call)), asElement(argument(given, at + 1, call))]);
  return result(call, given, (row) => new Map(pairs.map(([key, value]) => [keyOf(key(row)), value(row)])));
};

function keyOf(key: string): string {
  return key === '' ? refuse('a property bag with an empty key') : key;
}

/** All columns as a bag; with `true`, nulls and empty texts are left out. */
const packAll: Builtin = (given, call) => {
  const [ignores] = given;
  const leaveOut = ignores !== undefined && constantFlag(ignores);
  const cells = call.columns
    .map(({ name, type }, index) => ({
      name,
      read: asElement({ type, isConstant: false, of: (row) => row[index] ?? null }),
    }))
    .filter(({ name }) => name !== arrivalColumn);
  const made = (row: Row): Bag =>
    new Map(
      cells
        .map(({ name, read }): [string, Value] => [name, read(row)])
        .filter(([, value]) => !leaveOut || isThere(value)),
    );
  return { type: 'dynamic', isConstant: false, of: made };
};

function constantFlag(scalar: Scalar): boolean {
  return scalar.isConstant ? scalar.of([]) === true : refuse('pack_all() with an argument that is not constant');
}

function isThere(value: Value): boolean {
  return value !== null && value !== '';
}

/** One bag of many; of equal keys the first one counts. */
export function merged(bags: Iterable<Value>): Map<string, Value> {
  const all = new Map<string, Value>();
  for (const each of bags) {
    if (!isBag(each)) continue;
    for (const [key, value] of each) if (!all.has(key)) all.set(key, value);
  }
  return all;
}

function keysOf(value: Bag): List {
  return [...value.keys()];
}

/** A name of the root; a path into it is refused. */
function rootKey(key: string): string {
  return key.startsWith('$') ? refuse(`the path ${key} into a property bag`) : key;
}

function withoutKeys(from: Bag, keys: List): Bag {
  const gone = new Set(keys.map((key) => rootKey(dynamicText(key))));
  return new Map([...from].filter(([key]) => !gone.has(key)));
}

const setKey: Builtin = (given, call) => {
  const [read, key] = [bag(argument(given, 0, call)), text(argument(given, 1, call))];
  const value = asElement(argument(given, 2, call));
  return result(call, given, (row) => {
    const from = read(row);
    return from === null ? null : new Map([...from, [rootKey(key(row)), value(row)]]);
  });
};

/** Every path in a value, as `['a']['b'][0]`; the elements of an array share one. */
function paths(value: Value, prefix = ''): string[] {
  if (isBag(value))
    return [...value].flatMap(([key, inner]) => [`${prefix}['${key}']`, ...paths(inner, `${prefix}['${key}']`)]);
  if (!isList(value)) return [];
  return [...new Set(value.flatMap((inner) => [`${prefix}[0]`, ...paths(inner, `${prefix}[0]`)]))];
}

export const bags: Builtins = {
  bag_pack: pack,
  pack,
  pack_dictionary: pack,
  pack_all: packAll,
  bag_merge: ofElements((values) => merged(values)),
  bag_keys: of1(bag, keysOf),
  bag_has_key: of2(bag, text, (from, key) => from.has(rootKey(key))),
  bag_remove_keys: of2(bag, list, withoutKeys),
  bag_set_key: setKey,
  treepath: of1(any, (value) => paths(value)),
};
