import { Refusal, refuse } from '../refusal.ts';
import { datetimeOrNull, dayNumber, dayOf, daysInMonth, ticks, ticksOfDay } from './ticks.ts';

function padded(value: number | bigint, width: number): string {
  return String(value).padStart(width, '0');
}

/** As Kusto prints a datetime: `2020-06-15T13:45:09.1234567Z`. */
export function datetimeText(datetime: bigint): string {
  const { year, month, day } = dayOf(dayNumber(datetime));
  return `${padded(year, 4)}-${padded(month, 2)}-${padded(day, 2)}T${clockText(datetime % ticks.day)}.${fraction(datetime)}Z`;
}

/** As Kusto prints a timespan: `-1.02:03:04.5000000`, without days or fraction when they are zero. */
export function timespanText(timespan: bigint): string {
  const size = timespan < 0n ? -timespan : timespan;
  const days = size / ticks.day;
  const parts = size % ticks.second === 0n ? '' : `.${fraction(size)}`;
  return `${timespan < 0n ? '-' : ''}${days === 0n ? '' : `${days}.`}${clockText(size % ticks.day)}${parts}`;
}

function clockText(ofDay: bigint): string {
  const seconds = Number(ofDay / ticks.second);
  return [seconds / 3600, (seconds / 60) % 60, seconds % 60].map((part) => padded(Math.floor(part), 2)).join(':');
}

function fraction(value: bigint): string {
  return padded(value % ticks.second, 7);
}

const isoTime =
  /^\s*(\d{4})-(\d\d?)-(\d\d?)(?:(?:[T ]|\s+)(\d\d?):(\d\d)(?::(\d\d)(?:\.(\d{1,7})0*)?)?)?\s*(?:(Z)|([+-])(\d\d):?(\d\d))?\s*$/i;

/**
 * The datetime that ISO 8601 text stands for, null for text that stands for none.
 * @throws Refusal for text in another of the many forms that Kusto reads
 */
export function parseDatetime(text: string): bigint | null {
  const match = isoTime.exec(text);
  if (match) return fromParts(match);
  if (!/\d/.test(text)) return null;
  throw new Refusal(`the local KQL engine reads datetimes in ISO 8601 alone, not '${text.slice(0, 40)}'`);
}

function fromParts(match: RegExpExecArray): bigint | null {
  const [year = 0, month = 0, day = 0, hour = 0, minute = 0, second = 0] = match
    .slice(1, 7)
    .map((part) => Number(part ?? 0));
  if (year < 1 || month < 1 || month > 12 || day < 1 || day > daysInMonth(year, month)) return null;
  if (hour > 23 || minute > 59 || second > 59) return null;
  const offset = BigInt(Number(match[10] ?? 0) * 60 + Number(match[11] ?? 0)) * ticks.minute;
  const time = BigInt(hour * 3600 + minute * 60 + second) * ticks.second + BigInt((match[7] ?? '').padEnd(7, '0'));
  return datetimeOrNull(ticksOfDay({ year, month, day }) + time - (match[9] === '-' ? -offset : offset));
}

const units: Readonly<Record<string, bigint>> = {
  d: ticks.day,
  day: ticks.day,
  days: ticks.day,
  h: ticks.hour,
  hour: ticks.hour,
  hours: ticks.hour,
  m: ticks.minute,
  min: ticks.minute,
  minute: ticks.minute,
  minutes: ticks.minute,
  s: ticks.second,
  second: ticks.second,
  seconds: ticks.second,
  ms: ticks.millisecond,
  millisecond: ticks.millisecond,
  milliseconds: ticks.millisecond,
  microsecond: ticks.microsecond,
  microseconds: ticks.microsecond,
  tick: ticks.tick,
  ticks: ticks.tick,
};

const clockTime = /^(-)?(?:(\d+)\.)?(\d{1,2}):(\d{1,2})(?::(\d{1,2})(?:\.(\d{1,7}))?)?$/;
const quantity = /^(-)?(\d+)(?:\.(\d+))?([a-z]+)$/i;

/** The timespan that text such as `1.02:03:04.5` or `90s` stands for, else null. */
export function parseTimespan(text: string): bigint | null {
  const trimmed = text.trim();
  if (/^-?\d+$/.test(trimmed)) return refuse(`the timespan '${trimmed}', which names no unit`);
  return parseClock(trimmed) ?? parseQuantity(trimmed);
}

function parseClock(text: string): bigint | null {
  const match = clockTime.exec(text);
  if (!match) return null;
  const [hour = 0, minute = 0, second = 0] = match.slice(3, 6).map((part) => Number(part ?? 0));
  if (hour > 23 || minute > 59 || second > 59) return refuse(`the timespan '${text}'`);
  const time = BigInt(hour * 3600 + minute * 60 + second) * ticks.second + BigInt((match[6] ?? '').padEnd(7, '0'));
  const size = BigInt(match[2] ?? 0) * ticks.day + time;
  return match[1] === undefined ? size : -size;
}

function parseQuantity(text: string): bigint | null {
  const [, sign, whole = '', decimals = '', unit = ''] = quantity.exec(text) ?? [];
  const unitTicks = Object.hasOwn(units, unit.toLowerCase()) ? units[unit.toLowerCase()] : undefined;
  if (unitTicks === undefined) return null;
  const size = (BigInt(whole + decimals) * unitTicks) / 10n ** BigInt(decimals.length);
  return sign === undefined ? size : -size;
}
