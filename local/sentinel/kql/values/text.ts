import type { KqlType } from '../types.ts';
import { realText } from './real-text.ts';
import { datetimeText, timespanText } from './time-text.ts';
import { isBag, isList, isMoment, type Moment, type Value } from './value.ts';

/** A value as `tostring` gives it; null is the empty string. */
export function toText(value: Value, type: KqlType): string {
  if (typeof value === 'string') return value;
  if (value === null) return '';
  if (type === 'datetime' && typeof value === 'bigint') return datetimeText(value);
  if (type === 'timespan' && typeof value === 'bigint') return timespanText(value);
  if (type === 'bool') return value === true ? 'True' : 'False';
  return jsonText(value);
}

/** A dynamic value as JSON text without spaces, save that a bare string stands without quotes in `toText`. */
export function jsonText(value: Value): string {
  if (value === null) return 'null';
  if (typeof value === 'string') return quoted(value);
  if (typeof value === 'number') return realText(value);
  if (isList(value)) return `[${value.map(jsonText).join(',')}]`;
  if (isBag(value)) return `{${[...value].map(([key, item]) => `${quoted(key)}:${jsonText(item)}`).join(',')}}`;
  if (isMoment(value)) return quoted(momentText(value));
  return String(value);
}

export function momentText({ is, ticks }: Moment): string {
  return is === 'datetime' ? datetimeText(ticks) : timespanText(ticks);
}

const escapes: Readonly<Record<string, string>> = {
  '"': '\\"',
  '\\': '\\\\',
  '\b': '\\b',
  '\f': '\\f',
  '\n': '\\n',
  '\r': '\\r',
  '\t': '\\t',
};

function quoted(text: string): string {
  return `"${text.replace(/["\\\p{Cc}]/gu, escaped)}"`;
}

/** Of the control characters JSON escapes those before the space. */
function escaped(character: string): string {
  const code = character.charCodeAt(0);
  const plain = code < 32 ? `\\u${code.toString(16).toUpperCase().padStart(4, '0')}` : character;
  return escapes[character] ?? plain;
}
