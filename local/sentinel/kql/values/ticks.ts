/** Ticks are 100 ns; a datetime counts them from 0001-01-01. */
export const ticks = {
  tick: 1n,
  microsecond: 10n,
  millisecond: 10_000n,
  second: 10_000_000n,
  minute: 600_000_000n,
  hour: 36_000_000_000n,
  day: 864_000_000_000n,
} as const;

/** The last datetime there is: 9999-12-31 23:59:59.9999999. */
export const lastDatetime = 3_155_378_975_999_999_999n;

const daysTo1970 = 719_162;
const ticksTo1970 = BigInt(daysTo1970) * ticks.day;
const dayMs = 86_400_000;

/** A datetime within year 1 to 9999, else null. */
export function datetimeOrNull(value: bigint): bigint | null {
  return value >= 0n && value <= lastDatetime ? value : null;
}

/** @param ms epoch milliseconds, whole */
export function ticksOfMs(ms: number): bigint {
  return BigInt(ms) * ticks.millisecond + ticksTo1970;
}

/** Epoch milliseconds, rounded down. */
export function msOfTicks(datetime: bigint): number {
  return Number(floorDivide(datetime - ticksTo1970, ticks.millisecond));
}

/** The quotient rounded towards minus infinity. @param by positive */
export function floorDivide(value: bigint, by: bigint): bigint {
  const quotient = value / by;
  return value < 0n && quotient * by !== value ? quotient - 1n : quotient;
}

/** A calendar day: month and day count from 1. */
export interface Day {
  readonly year: number;
  readonly month: number;
  readonly day: number;
}

/** Days since 0001-01-01. */
export function dayNumber(datetime: bigint): number {
  return Number(datetime / ticks.day);
}

/** The day that is so many days after 0001-01-01. */
export function dayOf(days: number): Day {
  const date = new Date((days - daysTo1970) * dayMs);
  return { year: date.getUTCFullYear(), month: date.getUTCMonth() + 1, day: date.getUTCDate() };
}

/** Days from 0001-01-01 to a day; months and days beyond their range carry over. */
export function daysTo({ year, month, day }: Day): number {
  // Date.UTC takes the years 0 to 99 for 1900 to 1999; 400 years are a whole number of weeks and of leap cycles.
  return Date.UTC(year + 400, month - 1, day) / dayMs + daysTo1970 - 146_097;
}

/** Midnight of a day. */
export function ticksOfDay(of: Day): bigint {
  return BigInt(daysTo(of)) * ticks.day;
}

export function daysInMonth(year: number, month: number): number {
  return daysTo({ year, month: month + 1, day: 1 }) - daysTo({ year, month, day: 1 });
}
