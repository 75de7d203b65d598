import { refuse } from '../refusal.ts';
import type { KqlType } from '../types.ts';
import { readJson } from './json-reader.ts';
import { jsonText, momentText, toText } from './text.ts';
import { datetimeOrNull } from './ticks.ts';
import { parseDatetime, parseTimespan } from './time-text.ts';
import { isBag, isList, isMoment, type Value } from './value.ts';

type Conversion = (value: Value, from: KqlType) => Value;

const conversions: Readonly<Record<KqlType, Conversion>> = {
  bool: toBool,
  int: toInt,
  long: toLong,
  real: toReal,
  string: toString,
  datetime: toDatetime,
  timespan: toTimespan,
  guid: toGuid,
  dynamic: toDynamic,
  decimal: () => refuse('decimal numbers'),
  unknown: () => refuse('a conversion to an unknown type'),
};

/** What `tobool`, `tolong` … make of a value: null (the empty string for strings) when it does not convert. */
export function convert(value: Value, from: KqlType, to: KqlType): Value {
  return from === to ? value : conversions[to](value, from);
}

/** The scalar inside a dynamic value with its type; a list or bag counts as null. */
function scalar(value: Value): { readonly value: Value; readonly from: KqlType } {
  if (isMoment(value)) return { value: value.ticks, from: value.is };
  return isList(value) || isBag(value) ? { value: null, from: 'dynamic' } : { value, from: scalarType(value) };
}

function scalarType(value: Value): KqlType {
  if (typeof value === 'string') return 'string';
  if (typeof value === 'boolean') return 'bool';
  return typeof value === 'bigint' ? 'long' : 'real';
}

function toString(value: Value, from: KqlType): string {
  return isMoment(value) ? momentText(value) : toText(value, from);
}

function toBool(value: Value, from: KqlType): Value {
  if (from === 'dynamic') return toBool(scalar(value).value, scalar(value).from);
  if (typeof value === 'bigint' && from !== 'int' && from !== 'long') return null;
  if (typeof value === 'bigint') return value !== 0n;
  if (typeof value === 'number') return value !== 0;
  if (typeof value !== 'string') return value;
  if (/^\s*(true|false)\s*$/i.test(value)) return /t/i.test(value);
  const number = wholeNumber(value);
  return number === null ? null : number !== 0n;
}

const longest = 2n ** 63n;

function toLong(value: Value, from: KqlType): Value {
  if (from === 'dynamic') return toLong(scalar(value).value, scalar(value).from);
  if (typeof value === 'string') return wholeNumber(value);
  if (typeof value === 'boolean') return value ? 1n : 0n;
  if (typeof value === 'number') return clamp(value, longest);
  return typeof value === 'bigint' ? value : null;
}

function toInt(value: Value, from: KqlType): Value {
  if (from === 'dynamic' && typeof value === 'bigint') return BigInt.asIntN(32, value);
  if (from === 'dynamic') return toInt(scalar(value).value, scalar(value).from);
  if (typeof value === 'number') return clamp(value, 2n ** 31n);
  const long = toLong(value, from);
  if (typeof long !== 'bigint') return null;
  return BigInt.asIntN(32, long) === long ? long : refuse('toint of a number that has more than 32 bits');
}

/** The whole part of a real, at the bounds of the type when it lies beyond them. */
function clamp(value: number, bound: bigint): bigint {
  if (Number.isNaN(value)) return refuse('a conversion of NaN to a whole number');
  if (value >= Number(bound)) return bound - 1n;
  return value <= -Number(bound) ? -bound : BigInt(Math.trunc(value));
}

function wholeNumber(text: string): bigint | null {
  const trimmed = text.trim();
  if (/^0x[0-9a-f]{1,16}$/i.test(trimmed)) return BigInt.asIntN(64, BigInt(trimmed));
  if (/^\+\d/.test(trimmed)) return refuse('the conversion of a number with a plus sign');
  if (!/^-?\d+$/.test(trimmed)) return null;
  const value = BigInt(trimmed);
  return value === BigInt.asIntN(64, value) ? value : null;
}

function finite(value: number): number {
  return Number.isFinite(value) ? value : refuse('a number beyond the range of real');
}

const realWords: Readonly<Record<string, number>> = {
  nan: Number.NaN,
  inf: Infinity,
  '+inf': Infinity,
  '-inf': -Infinity,
  infinity: Infinity,
  '-infinity': -Infinity,
};

function toReal(value: Value, from: KqlType): Value {
  if (from === 'dynamic') return toReal(scalar(value).value, scalar(value).from);
  if (typeof value === 'bigint') return Number(value);
  if (typeof value === 'boolean') return value ? 1 : 0;
  if (typeof value !== 'string') return typeof value === 'number' ? value : null;
  const text = value.trim().toLowerCase();
  if (/^\+\d/.test(text)) return refuse('the conversion of a number with a plus sign');
  if (/^-?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/.test(text)) return finite(Number(text));
  return Object.hasOwn(realWords, text) ? (realWords[text] ?? null) : null;
}

function toDatetime(value: Value, from: KqlType): Value {
  if (from === 'dynamic') return toDatetime(scalar(value).value, scalar(value).from);
  if (typeof value === 'string') return parseDatetime(value);
  if (typeof value === 'bigint') return datetimeOrNull(value);
  return typeof value === 'number' ? datetimeOrNull(clamp(value, longest)) : null;
}

function toTimespan(value: Value, from: KqlType): Value {
  if (from === 'dynamic') return toTimespan(scalar(value).value, scalar(value).from);
  if (typeof value === 'string') return parseTimespan(value);
  return value === null || from === 'timespan' ? value : refuse(`totimespan() of ${from}`);
}

function toGuid(value: Value, from: KqlType): Value {
  if (from === 'dynamic') return toGuid(scalar(value).value, scalar(value).from);
  if (typeof value !== 'string') return null;
  const digits = value.trim().toLowerCase().replaceAll('-', '');
  return /^[0-9a-f]{32}$/.test(digits) ? digits.replace(/^(.{8})(.{4})(.{4})(.{4})/, '$1-$2-$3-$4-') : null;
}

/** `parse_json`: text that is not JSON stays text. */
export function parseDynamic(text: string): Value {
  if (text.trim() === '') return null;
  const value = readJson(text);
  return value === undefined ? text : value;
}

/** A value of any type as a dynamic value; a string stays one. */
export function toDynamic(value: Value, from: KqlType): Value {
  if (typeof value === 'bigint' && (from === 'datetime' || from === 'timespan')) return { is: from, ticks: value };
  return value;
}

/** The JSON text of a list or bag, else the value as text. */
export function dynamicText(value: Value): string {
  return isList(value) || isBag(value) ? jsonText(value) : toString(value, 'dynamic');
}
