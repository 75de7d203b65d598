import type { Json } from '../../functions/tables/json.ts';
import type { ColumnType } from '../../functions/tables/table.ts';

/** Longest value of a cell in UTF-8 bytes; Azure cuts what is longer. */
export const maxCellBytes = 64 * 1024;

/**
 * A value as a column of that type stores it, times in ISO 8601 UTC; undefined when it does not convert.
 * Assumed, as no source tells: text in a dynamic column stays text, and a number is neither a time nor a boolean.
 */
export function convert(value: Json, type: ColumnType): Json | undefined {
  switch (type) {
    case 'string':
      return typeof value === 'string' ? value : JSON.stringify(value);
    case 'real':
      return number(value);
    case 'long':
      return integer(number(value));
    case 'boolean':
      return boolean(value);
    case 'dateTime':
      return time(value);
    case 'dynamic':
      return value;
  }
}

/** A cell within the limit; a dynamic value that is cut is left as the text it was cut to. */
export function truncate(value: Json): { readonly value: Json; readonly isCut: boolean } {
  if (typeof value !== 'string' && typeof value !== 'object') return { value, isCut: false };
  const text = typeof value === 'string' ? value : JSON.stringify(value);
  if (text.length * 3 <= maxCellBytes || Buffer.byteLength(text) <= maxCellBytes) return { value, isCut: false };
  const bytes = Buffer.from(text);
  let end = maxCellBytes;
  // A byte 10xxxxxx goes on with a character that began before it.
  while (end > 0 && (bytes[end] ?? 0) >> 6 === 0b10) end--;
  return { value: bytes.toString('utf8', 0, end), isCut: true };
}

function number(value: Json): number | undefined {
  if (typeof value === 'number') return value;
  if (typeof value !== 'string' || !/^\s*[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?\s*$/i.test(value)) return undefined;
  const parsed = Number(value);
  return Number.isFinite(parsed) ? parsed : undefined;
}

function integer(value: number | undefined): number | undefined {
  return value !== undefined && Number.isInteger(value) && Math.abs(value) < 2 ** 63 ? value : undefined;
}

function boolean(value: Json): boolean | undefined {
  if (typeof value === 'boolean') return value;
  if (typeof value !== 'string') return undefined;
  const text = value.toLowerCase();
  return text === 'true' ? true : text === 'false' ? false : undefined;
}

const isoTime = /^(\d{4}-\d\d-\d\d)(?:[T ](\d\d:\d\d(?::\d\d(?:\.\d{1,9})?)?) ?(Z|[+-]\d\d:\d\d)?)?$/i;

function time(value: Json): string | undefined {
  const match = typeof value === 'string' ? isoTime.exec(value.trim()) : null;
  if (!match) return undefined;
  const [, day, clock = '00:00', zone = 'Z'] = match;
  const ms = Date.parse(`${day}T${clock}${zone.toUpperCase()}`);
  return Number.isNaN(ms) ? undefined : new Date(ms).toISOString();
}
