import type { Json } from '../tables/json.ts';

/** Text as it is; numbers, booleans, lists and objects as their JSON text; null and absent as no value. */
export function text(value: Json | undefined): string | undefined {
  if (typeof value === 'string') return value;
  return value === null || value === undefined ? undefined : JSON.stringify(value);
}

const decimal = /^\s*[+-]?(?:\d+(?:\.\d*)?|\.\d+)(?:e[+-]?\d+)?\s*$/i;

/** A finite number, also when Mimecast sends it as a decimal string; anything else is no value. */
export function real(value: Json | undefined): number | undefined {
  if (typeof value === 'number') return Number.isFinite(value) ? value : undefined;
  if (typeof value !== 'string' || !decimal.test(value)) return undefined;
  const number = Number(value);
  // Digits that a double would round away stay text.
  return Number.isFinite(number) && Math.abs(number) <= Number.MAX_SAFE_INTEGER ? number : undefined;
}

/** A boolean, also when Mimecast sends it as "true" or "false" in any case; anything else is no value. */
export function flag(value: Json | undefined): boolean | undefined {
  if (typeof value === 'boolean') return value;
  if (typeof value !== 'string') return undefined;
  const lower = value.toLowerCase();
  return lower === 'true' ? true : lower === 'false' ? false : undefined;
}

/** Any JSON value that is not null. */
export function dynamic(value: Json | undefined): Json | undefined {
  return value ?? undefined;
}

const isoTime = /^(\d{4}-\d\d-\d\d)[T ](\d\d:\d\d(?::\d\d(?:\.\d+)?)?) ?(?:(Z)|([+-]\d\d):?(\d\d))?$/i;
// Log Analytics refuses times outside .NET's range; before 1970 no Mimecast event exists.
const latestTime = Date.UTC(9999, 11, 31);

/**
 * A time: epoch milliseconds (number or digits) or ISO 8601 with any offset, `+0000` included; without offset UTC.
 * Anything else, or a time outside 1970–9999, is no value.
 */
export function time(value: Json | undefined): Date | undefined {
  const ms = typeof value === 'number' ? value : typeof value === 'string' ? parseTime(value.trim()) : Number.NaN;
  return ms >= 1 && ms < latestTime ? new Date(ms) : undefined;
}

function parseTime(value: string): number {
  if (/^\d{10,16}$/.test(value)) return Number(value);
  const match = isoTime.exec(value);
  if (!match) return Number.NaN;
  const [, day, clock, , hours, minutes] = match;
  if (day === undefined || !isDay(day)) return Number.NaN;
  return Date.parse(`${day}T${clock}${hours === undefined ? 'Z' : `${hours}:${minutes}`}`);
}

// Date.parse takes February 30 for March 2.
function isDay(day: string): boolean {
  const midnight = Date.parse(`${day}T00:00Z`);
  return !Number.isNaN(midnight) && new Date(midnight).toISOString().startsWith(day);
}
