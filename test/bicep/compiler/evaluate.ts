import { isJsonObject, type Json } from '../../../functions/tables/json.ts';
import type { Argument } from './functions.ts';
import { keyIn } from './functions.ts';
import type { Expression, Loop } from './syntax.ts';

/** What the names of an expression stand for. */
export interface Names {
  readonly valueOf: (name: string) => Json;
  readonly call: (name: string, args: readonly Argument[]) => Json;
}

/** Names with one more, which hides another of that name. */
function withName(names: Names, name: string | undefined, value: Json): Names {
  return { ...names, valueOf: (wanted) => (wanted === name ? value : names.valueOf(wanted)) };
}

/** The value of an expression. @throws Error when it has none */
export function evaluate(of: Expression, names: Names): Json {
  switch (of.kind) {
    case 'literal':
      return of.value;
    case 'text':
      return of.parts.map((part) => (typeof part === 'string' ? part : interpolated(evaluate(part, names)))).join('');
    case 'name':
      return names.valueOf(of.name);
    case 'array':
      return of.items.map((item) => evaluate(item, names));
    case 'object':
      return Object.fromEntries(
        of.properties.map(({ key, value }) => [interpolated(evaluate(key, names)), evaluate(value, names)]),
      );
    case 'member':
      return member(of, names);
    case 'call':
      return names.call(
        of.name,
        of.args.map((arg) => argument(arg, names)),
      );
    case 'not':
      return !truth(evaluate(of.of, names));
    case 'binary':
      return binary(of, names);
    case 'ternary':
      return evaluate(truth(evaluate(of.test, names)) ? of.yes : of.no, names);
    case 'for':
      return loopNames(of, names).map((each) => evaluate(of.body, each));
    case 'if':
    case 'lambda':
      throw new SyntaxError(`${of.kind} is no value`);
  }
}

/** The names in each turn of a loop. */
export function loopNames(loop: Loop, names: Names): readonly Names[] {
  const list = evaluate(loop.of, names);
  if (!Array.isArray(list)) throw new TypeError('a loop over no list');
  return list.map((item: Json, index) => withName(withName(names, loop.item, item), loop.index, index));
}

/** A condition's value. @throws TypeError when it is neither true nor false */
export function truth(value: Json): boolean {
  if (typeof value === 'boolean') return value;
  throw new TypeError(`neither true nor false: ${JSON.stringify(value)}`);
}

function interpolated(value: Json): string {
  return typeof value === 'string' ? value : JSON.stringify(value);
}

function argument(of: Expression, names: Names): Argument {
  if (of.kind !== 'lambda') return evaluate(of, names);
  return (value) => evaluate(of.body, withName(names, of.name, value));
}

function member(of: Extract<Expression, { kind: 'member' }>, names: Names): Json {
  const object = evaluate(of.of, names);
  const key = evaluate(of.key, names);
  if (object === null && isSafe(of)) return null;
  const found = Array.isArray(object) && typeof key === 'number' ? object[key] : inObject(object, key);
  if (found !== undefined) return found;
  if (of.isSafe) return null;
  throw new RangeError(`there is no ${JSON.stringify(key)} in ${JSON.stringify(object).slice(0, 200)}`);
}

function inObject(object: Json, key: Json): Json | undefined {
  if (!isJsonObject(object) || typeof key !== 'string') return undefined;
  const spelt = keyIn(object, key);
  return spelt === undefined ? undefined : object[spelt];
}

// After a `.?` that found nothing, the rest of the chain is not read.
function isSafe(of: Expression): boolean {
  return of.kind === 'member' && (of.isSafe || isSafe(of.of));
}

function binary({ sign, left, right }: Extract<Expression, { kind: 'binary' }>, names: Names): Json {
  const first = evaluate(left, names);
  if (sign === '&&') return truth(first) && truth(evaluate(right, names));
  if (sign === '||') return truth(first) || truth(evaluate(right, names));
  if (sign === '??') return first ?? evaluate(right, names);
  const second = evaluate(right, names);
  if (sign === '==') return JSON.stringify(first) === JSON.stringify(second);
  if (sign === '!=') return JSON.stringify(first) !== JSON.stringify(second);
  if (typeof first !== 'number' || typeof second !== 'number') throw new TypeError(`${sign} of no numbers`);
  if (sign === '+') return first + second;
  if (sign === '-') return first - second;
  if (sign === '>') return first > second;
  throw new SyntaxError(`${sign} is not used`);
}
