import type { KqlType } from '../types.ts';
import { jsonText } from './text.ts';
import type { Value } from './value.ts';

/** Orders two values of one type, neither null: below zero when the first comes first. */
export function compareValues(a: Value, b: Value): number {
  if (typeof a === 'string' && typeof b === 'string') return compareText(a, b);
  if (typeof a === 'bigint' && typeof b === 'bigint') return a < b ? -1 : a > b ? 1 : 0;
  return compareNumbers(Number(a), Number(b));
}

function compareNumbers(a: number, b: number): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

/** Orders text by code point, as UTF-8 does. */
export function compareText(a: string, b: string): number {
  if (a === b) return 0;
  let at = 0;
  while (at < a.length && a.charCodeAt(at) === b.charCodeAt(at)) at++;
  return (a.codePointAt(at) ?? -1) - (b.codePointAt(at) ?? -1);
}

/** What equal values have in common, fit as the key of a Map. */
export type Key = null | boolean | bigint | number | string;

/** Makes the key of one or more cells, by their types. */
export function keyOf(types: readonly KqlType[]): (cells: readonly Value[]) => Key {
  const [only] = types;
  if (types.length === 1 && only !== undefined && only !== 'dynamic') return ([cell = null]) => scalarKey(cell);
  return (cells) => {
    let key = '';
    for (const cell of cells) key += part(cell);
    return key;
  };
}

function scalarKey(cell: Value): Key {
  return typeof cell === 'object' && cell !== null ? jsonText(cell) : cell;
}

/** A part of a key says how long it is, so that no two lists of cells share one. */
function part(cell: Value): string {
  if (typeof cell === 'string') return `${cell.length}:${cell}`;
  if (typeof cell === 'bigint') return `${cell};`;
  return `!${jsonText(cell)};`;
}

/** A key that tells a dynamic value's type as well: 1 and "1" differ. */
export function dynamicKey(value: Value): string {
  return jsonText(value);
}
