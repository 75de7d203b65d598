import { text, whole } from '../expressions/readers.ts';
import { refuse } from '../refusal.ts';
import { compareText } from '../values/compare.ts';
import type { List } from '../values/value.ts';
import { argument, type Builtin, type Builtins, byCount, of1, of2, of3, ofAll, result } from './builtin.ts';

/** Strings are counted in characters of Unicode, not in UTF-16 units. */
const isPlain = (value: string): boolean => !/[\ud800-\udfff]/.test(value);

function lengthOf(value: string): number {
  return isPlain(value) ? value.length : Array.from(value).length;
}

function slice(value: string, start: number, end: number): string {
  return isPlain(value) ? value.slice(start, end) : Array.from(value).slice(start, end).join('');
}

/** From a place on; a negative one counts from the end, and one before the beginning gives nothing. */
function substring(value: string, start: bigint, length = BigInt(value.length)): string {
  const from = Number(start) < 0 ? Number(start) + lengthOf(value) : Number(start);
  if (length < 0n) return refuse('substring() of a negative length');
  return from < 0 ? '' : slice(value, from, from + Number(length));
}

/** The place of one text in another, -1 when it is not there; null for an empty one. */
function indexOf(value: string, sought: string, start = 0n): bigint | null {
  if (sought === '') return null;
  if (!isPlain(value) || Number(start) < -value.length) return refuse('indexof() in such a text');
  const from = start < 0n ? Number(start) + value.length : Number(start);
  return BigInt(value.indexOf(sought, from));
}

function indexWithin(value: string, sought: string, range: readonly bigint[]): bigint | null {
  const [start = 0n, length = -1n, occurrence = 1n] = range;
  if (sought === '' || occurrence < 0n || length < -1n) return null;
  if (start < 0n || !isPlain(value) || occurrence === 0n || (occurrence > 1n && length !== -1n))
    return refuse('indexof() from the end or in such a text');
  const end = length === -1n ? value.length : Number(start + length);
  let at = Number(start) - 1;
  for (let count = 0n; count < occurrence; count++) {
    at = value.indexOf(sought, at + 1);
    if (at < 0) return -1n;
  }
  return at + sought.length <= end ? BigInt(at) : -1n;
}

const indexWithRange: Builtin = (given, call) => {
  const [value, sought] = [text(argument(given, 0, call)), text(argument(given, 1, call))];
  const range = given.slice(2).map(whole);
  return result(call, given, (row) =>
    indexWithin(
      value(row),
      sought(row),
      range.map((read) => read(row) ?? 0n),
    ),
  );
};

/** Splits at every occurrence of a text. */
function split(value: string, by: string): List {
  return by === '' ? refuse('split() by nothing') : value.split(by);
}

function splitAt(value: string, by: string, index: bigint): List {
  const part = split(value, by)[Number(index)];
  return index < 0n || part === undefined ? refuse('split() at an index that is not there') : [part];
}

/** Occurrences, overlapping ones too. */
export function countOf(value: string, sought: string): bigint {
  if (sought === '') return refuse('countof() of nothing');
  let count = 0n;
  for (let at = value.indexOf(sought); at >= 0; at = value.indexOf(sought, at + 1)) count++;
  return count;
}

function repeat(value: string, times: bigint, delimiter = ''): string {
  if (times < 1n || times > 1024n) return refuse('strrep() of so many');
  return Array.from({ length: Number(times) }, () => value).join(delimiter);
}

/** Replaces each character of one list by the one at its place in another; beyond its end by the last. */
function translate(from: string, by: string, value: string): string {
  const [sources, targets] = [Array.from(from), Array.from(by)];
  return Array.from(value)
    .map((character) => {
      const at = sources.indexOf(character);
      return at < 0 ? character : (targets[at] ?? targets.at(-1) ?? '');
    })
    .join('');
}

export const strings: Builtins = {
  strlen: of1(text, (value) => BigInt(lengthOf(value))),
  string_size: of1(text, (value) => BigInt(Buffer.byteLength(value))),
  toupper: of1(text, (value) => value.toUpperCase()),
  tolower: of1(text, (value) => value.toLowerCase()),
  substring: byCount({ 2: of2(text, whole, substring), 3: of3([text, whole, whole], substring) }),
  strcat: ofAll(text, (values) => values.join('')),
  strcat_delim: ofAll(text, ([delimiter, ...values]) => values.join(delimiter ?? '')),
  strrep: byCount({ 2: of2(text, whole, repeat), 3: of3([text, whole, text], repeat) }),
  replace_string: of3([text, text, text], (value, sought, by) =>
    sought === '' ? value : value.replaceAll(sought, () => by),
  ),
  split: byCount({ 2: of2(text, text, split), 3: of3([text, text, whole], splitAt) }),
  indexof: byCount({
    2: of2(text, text, (value, sought) => indexOf(value, sought)),
    3: of3([text, text, whole], indexOf),
    4: indexWithRange,
    5: indexWithRange,
  }),
  reverse: of1(text, (value) => Array.from(value).reverse().join('')),
  strcmp: of2(text, text, (a, b) => BigInt(Math.sign(compareText(a, b)))),
  translate: of3([text, text, text], translate),
};
