import type { Json } from '../../../functions/tables/json.ts';
import type { KqlType } from '../kql/types.ts';
import { momentText, toText } from '../kql/values/text.ts';
import { isBag, isList, isMoment, type Value } from '../kql/values/value.ts';

/**
 * A cell of an answer as JSON: datetimes and timespans as Kusto prints them, whole numbers as numbers where those are
 * exact and as text elsewhere, NaN and infinities as text.
 */
export function jsonCell(value: Value, type: KqlType): Json {
  if (typeof value === 'bigint') return type === 'datetime' || type === 'timespan' ? toText(value, type) : whole(value);
  if (typeof value === 'number') return Number.isFinite(value) ? value : String(value);
  if (value === null || typeof value !== 'object') return value;
  if (isMoment(value)) return momentText(value);
  if (isBag(value)) return Object.fromEntries([...value].map(([key, inner]) => [key, jsonCell(inner, 'dynamic')]));
  return isList(value) ? value.map((inner) => jsonCell(inner, 'dynamic')) : null;
}

function whole(value: bigint): Json {
  const number = Number(value);
  return Number.isSafeInteger(number) ? number : String(value);
}
