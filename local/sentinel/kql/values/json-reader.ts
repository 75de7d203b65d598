import { refuse } from '../refusal.ts';
import type { Value } from './value.ts';

/**
 * The dynamic value of JSON text, undefined when it is not JSON. Whole numbers stay exact and bags keep the order of
 * their keys, which JSON.parse does not promise.
 */
export function readJson(text: string): Value | undefined {
  const reader: Reader = { text, at: 0 };
  const value = readValue(reader);
  skipSpace(reader);
  return value === undefined || reader.at < text.length ? undefined : value;
}

interface Reader {
  readonly text: string;
  at: number;
}

function skipSpace(reader: Reader): void {
  while (/[ \t\r\n]/.test(reader.text.charAt(reader.at))) reader.at++;
}

/** The match of a sticky pattern at the reader's place, which moves behind it. */
function take(reader: Reader, pattern: RegExp): string | undefined {
  pattern.lastIndex = reader.at;
  const found = pattern.exec(reader.text)?.[0];
  if (found !== undefined) reader.at += found.length;
  return found;
}

function takes(reader: Reader, character: string): boolean {
  skipSpace(reader);
  if (reader.text.charAt(reader.at) !== character) return false;
  reader.at++;
  return true;
}

function readValue(reader: Reader): Value | undefined {
  if (takes(reader, '{')) return readBag(reader);
  if (takes(reader, '[')) return readList(reader);
  if (reader.text.charAt(reader.at) === '"') return readString(reader);
  const word = take(reader, /true|false|null/y);
  if (word !== undefined) return word === 'null' ? null : word === 'true';
  return readNumber(reader);
}

function readString(reader: Reader): string | undefined {
  skipSpace(reader);
  const quoted = take(reader, /"(?:[^"\\]|\\.)*"/sy);
  if (quoted === undefined) return undefined;
  try {
    const value: unknown = JSON.parse(quoted);
    return typeof value === 'string' ? value : undefined;
  } catch {
    return undefined;
  }
}

function readNumber(reader: Reader): Value | undefined {
  const digits = take(reader, /-?(?:0|[1-9]\d*)(?:\.\d+)?(?:e[+-]?\d+)?/iy);
  if (digits === undefined) return undefined;
  const isWhole = /^-?\d+$/.test(digits);
  const fits = isWhole ? BigInt.asIntN(64, BigInt(digits)) === BigInt(digits) : Number.isFinite(Number(digits));
  if (!fits) return refuse(`the number ${digits.slice(0, 40)} in JSON`);
  return isWhole ? BigInt(digits) : Number(digits);
}

function readList(reader: Reader): Value | undefined {
  const list: Value[] = [];
  if (takes(reader, ']')) return list;
  do {
    const item = readValue(reader);
    if (item === undefined) return undefined;
    list.push(item);
  } while (takes(reader, ','));
  return takes(reader, ']') ? list : undefined;
}

function readBag(reader: Reader): Value | undefined {
  const bag = new Map<string, Value>();
  if (takes(reader, '}')) return bag;
  do {
    const key = readString(reader);
    if (key === undefined || !takes(reader, ':')) return undefined;
    const value = readValue(reader);
    if (value === undefined) return undefined;
    bag.set(key, value);
  } while (takes(reader, ','));
  return takes(reader, '}') ? bag : undefined;
}
