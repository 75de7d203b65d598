import { createHash } from 'node:crypto';
import { isJsonObject, type Json, type JsonObject } from '../../../functions/tables/json.ts';

/** What a function is given: a value, or a lambda. */
export type Argument = Json | ((value: Json) => Json);
type Implementation = (...args: readonly Argument[]) => Json;

/** A value as text. @throws TypeError when it is none */
export function textOf(value: Argument | undefined): string {
  if (typeof value === 'string') return value;
  throw new TypeError(`no text: ${JSON.stringify(value)}`);
}

function numberOf(value: Argument | undefined): number {
  if (typeof value === 'number') return value;
  throw new TypeError(`no number: ${JSON.stringify(value)}`);
}

function listOf(value: Argument | undefined): readonly Json[] {
  if (Array.isArray(value)) return value;
  throw new TypeError(`no list: ${JSON.stringify(value)}`);
}

/** A value as an object. @throws TypeError when it is none */
export function objectOf(value: Argument | undefined): JsonObject {
  if (typeof value !== 'function' && isJsonObject(value)) return value;
  throw new TypeError(`no object: ${JSON.stringify(value)}`);
}

function lambdaOf(value: Argument | undefined): (value: Json) => Json {
  if (typeof value === 'function') return value;
  throw new TypeError('no lambda');
}

/** The key of an object as it is spelt there; Azure Resource Manager does not tell upper from lower case. */
export function keyIn(of: JsonObject, wanted: string): string | undefined {
  return Object.keys(of).find((key) => key.toLowerCase() === wanted.toLowerCase());
}

function merged(left: JsonObject, right: JsonObject): JsonObject {
  const result: Record<string, Json> = { ...left };
  for (const [key, value] of Object.entries(right)) {
    const before = result[key];
    result[key] = isJsonObject(before) && isJsonObject(value) ? merged(before, value) : value;
  }
  return result;
}

function hash(args: readonly Argument[]): string {
  return createHash('sha256').update(JSON.stringify(args)).digest('hex');
}

function contains(container: Argument | undefined, item: Argument | undefined): boolean {
  if (typeof container === 'string') return container.includes(textOf(item));
  if (Array.isArray(container)) return container.includes(item);
  return keyIn(objectOf(container), textOf(item)) !== undefined;
}

function plain(value: Argument | undefined): Json {
  if (value === undefined || typeof value === 'function') throw new TypeError('no value');
  return value;
}

const asText = (value: Argument | undefined) => (typeof value === 'string' ? value : JSON.stringify(value));
const lengthOf = (value: Argument | undefined) =>
  typeof value === 'string' ? value.length : Array.isArray(value) ? value.length : Object.keys(objectOf(value)).length;

/** The functions of Bicep that the project uses and that need nothing but their arguments. */
export const functions: Readonly<Record<string, Implementation>> = {
  any: plain,
  concat: (...args) => (Array.isArray(args[0]) ? args.flatMap(listOf) : args.map(asText).join('')),
  contains,
  distinct: (list) => [...new Set(listOf(list))],
  empty: (value) => value === null || lengthOf(value) === 0,
  endsWith: (text, end) => textOf(text).toLowerCase().endsWith(textOf(end).toLowerCase()),
  fail: (message) => {
    throw new RangeError(textOf(message));
  },
  filter: (list, keep) => listOf(list).filter((item) => lambdaOf(keep)(item) === true),
  first: (value) => (typeof value === 'string' ? value.slice(0, 1) : (listOf(value)[0] ?? null)),
  guid: (...args) => hash(args).replace(/^(.{8})(.{4})(.{4})(.{4})(.{12}).*$/, '$1-$2-$3-$4-$5'),
  indexOf: (text, part) => textOf(text).toLowerCase().indexOf(textOf(part).toLowerCase()),
  items: (of) => Object.entries(objectOf(of)).map(([key, value]) => ({ key, value })),
  join: (list, between) => listOf(list).map(asText).join(textOf(between)),
  last: (value) => (typeof value === 'string' ? value.slice(-1) : (listOf(value).at(-1) ?? null)),
  length: lengthOf,
  map: (list, change) => listOf(list).map((item) => lambdaOf(change)(item)),
  objectKeys: (of) => Object.keys(objectOf(of)),
  replace: (text, part, by) => textOf(text).replaceAll(textOf(part), textOf(by)),
  skip: (list, count) => listOf(list).slice(numberOf(count)),
  split: (text, at) => textOf(text).split(textOf(at)),
  startsWith: (text, start) => textOf(text).toLowerCase().startsWith(textOf(start).toLowerCase()),
  string: asText,
  substring: (text, from, length) => textOf(text).slice(numberOf(from), numberOf(from) + numberOf(length)),
  take: (list, count) => listOf(list).slice(0, numberOf(count)),
  toLower: (text) => textOf(text).toLowerCase(),
  toObject: (list, key, value) =>
    Object.fromEntries(listOf(list).map((item) => [textOf(lambdaOf(key)(item)), lambdaOf(value)(item)])),
  toUpper: (text) => textOf(text).toUpperCase(),
  trim: (text) => textOf(text).trim(),
  union: (...args) =>
    Array.isArray(args[0])
      ? [...new Set(args.flatMap(listOf))]
      : args.map((arg) => objectOf(plain(arg))).reduce(merged, {}),
  uniqueString: (...args) => `u${hash(args).slice(0, 12)}`,
};
