import { coerced, constant, derived } from '../expressions/expression.ts';
import { any, text, whole } from '../expressions/readers.ts';
import { refuse } from '../refusal.ts';
import type { KqlType } from '../types.ts';
import { convert, dynamicText, parseDynamic } from '../values/convert.ts';
import { jsonText } from '../values/text.ts';
import { isBag, isList, isMoment, type Value } from '../values/value.ts';
import { argument, type Builtin, type Builtins, of1, refused, result } from './builtin.ts';

/** `tolong` and its like. A constant real beyond the range takes another path in the real engine than one in a row. */
function to(type: KqlType): Builtin {
  return (given, call) => {
    const of = argument(given, 0, call);
    if (given.length !== 1) return refuse(`${call.name}() with ${given.length} arguments`);
    if (of.type === 'real' && of.isConstant && (type === 'long' || type === 'int'))
      return derived(type, given, (row) => inRange(of.of(row), type));
    return derived(type, given, (row) => convert(of.of(row), of.type, type));
  };
}

function inRange(value: Value, type: KqlType): Value {
  if (typeof value !== 'number') return null;
  if (Math.abs(value) < (type === 'int' ? 2 ** 31 : 2 ** 63)) return BigInt(Math.trunc(value));
  return type === 'long' && !Number.isNaN(value) ? -(2n ** 63n) : refuse('a constant real beyond the range of int');
}

const toText: Builtin = (given, call) => {
  const read = text(argument(given, 0, call));
  return result(call, given, read);
};

const parsed: Builtin = (given, call) => {
  const of = argument(given, 0, call);
  if (of.type !== 'string') return coerced(of, 'dynamic');
  const read = text(of);
  return result(call, given, (row) => parseDynamic(read(row)));
};

const typeOf: Builtin = (given, call) => {
  const of = argument(given, 0, call);
  return result(call, given, (row) => (of.type === 'dynamic' ? insideType(of.of(row)) : of.type));
};

function insideType(value: Value): string {
  if (value === null) return 'null';
  if (isList(value)) return 'array';
  if (isBag(value)) return 'dictionary';
  if (isMoment(value)) return value.is;
  if (typeof value === 'number') return refuse('gettype() of a real in a dynamic value');
  if (typeof value === 'bigint') return 'long';
  return typeof value === 'boolean' ? 'bool' : 'string';
}

/** The digits of the two's complement, as wide as the type. */
const hex: Builtin = (given, call) => {
  const of = argument(given, 0, call);
  const [read, width] = [whole(of), whole(given[1] ?? constant('long', 0n))];
  return result(call, given, (row) => {
    const value = read(row);
    const digits = value === null ? null : BigInt.asUintN(of.type === 'int' ? 32 : 64, value).toString(16);
    return digits === null ? null : digits.padStart(Number(width(row) ?? 0n), '0');
  });
};

export const conversions: Builtins = {
  tobool: to('bool'),
  toboolean: to('bool'),
  toint: to('int'),
  tolong: to('long'),
  todouble: to('real'),
  toreal: to('real'),
  todatetime: to('datetime'),
  totimespan: to('timespan'),
  toguid: to('guid'),
  tostring: toText,
  todecimal: refused('decimal numbers'),
  todynamic: parsed,
  toobject: parsed,
  parse_json: parsed,
  parsejson: parsed,
  dynamic_to_json: of1(any, (value) => (typeof value === 'string' ? jsonText(value) : dynamicText(value))),
  gettype: typeOf,
  tohex: hex,
};
