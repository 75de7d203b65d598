import { datetime, real, text, timespan, whole } from '../expressions/readers.ts';
import { derived } from '../expressions/expression.ts';
import { refuse } from '../refusal.ts';
import {
  datetimeOrNull,
  dayNumber,
  dayOf,
  daysInMonth,
  daysTo,
  floorDivide,
  ticks,
  ticksOfDay,
  ticksOfMs,
} from '../values/ticks.ts';
import type { Value } from '../values/value.ts';
import { argument, type Builtin, type Builtins, byCount, of1, of2 } from './builtin.ts';

/** Midnight of a day given by its number. */
function midnight(days: number): bigint {
  return BigInt(days) * ticks.day;
}

/** When the day, week, month or year of a time begins, some of them later. Weeks begin on Sunday. */
type Start = (time: bigint, later: number) => bigint;

const starts: Readonly<Record<string, Start>> = {
  day: (time, later) => midnight(dayNumber(time) + later),
  // 0001-01-01 was a Monday.
  week: (time, later) => midnight(dayNumber(time) - ((dayNumber(time) + 1) % 7) + 7 * later),
  month: (time, later) => {
    const { year, month } = dayOf(dayNumber(time));
    return ticksOfDay({ year, month: month + later, day: 1 });
  },
  year: (time, later) => ticksOfDay({ year: dayOf(dayNumber(time)).year + later, month: 1, day: 1 }),
};

function startOf(unit: string): Builtin {
  const start = starts[unit] ?? refuse(unit);
  return byCount({
    1: of1(datetime, (time) => datetimeOrNull(start(time, 0))),
    2: of2(datetime, whole, (time, later) => datetimeOrNull(start(time, Number(later)))),
  });
}

function endOf(unit: string): Builtin {
  const start = starts[unit] ?? refuse(unit);
  return byCount({
    1: of1(datetime, (time) => datetimeOrNull(start(time, 1) - 1n)),
    2: of2(datetime, whole, (time, later) => datetimeOrNull(start(time, Number(later) + 1) - 1n)),
  });
}

/** The week of the year by ISO 8601. */
function weekOfYear(time: bigint): number {
  const day = dayNumber(time);
  const thursday = day - (day % 7) + 3;
  const { year } = dayOf(thursday);
  return Math.floor((thursday - daysTo({ year, month: 1, day: 1 })) / 7) + 1;
}

/** The older `weekofyear` counts from the first Wednesday: it differs in years that begin on a Thursday. */
function olderWeekOfYear(time: bigint): bigint {
  const day = dayNumber(time);
  const { year } = dayOf(day - (day % 7) + 3);
  const isSure = daysTo({ year, month: 1, day: 1 }) % 7 !== 3;
  return isSure ? BigInt(weekOfYear(time)) : refuse('weekofyear() in a year that begins on a Thursday');
}

type Part = (time: bigint) => number | bigint;

const parts: Readonly<Record<string, Part>> = {
  year: (time) => dayOf(dayNumber(time)).year,
  quarter: (time) => Math.ceil(dayOf(dayNumber(time)).month / 3),
  month: (time) => dayOf(dayNumber(time)).month,
  week_of_year: weekOfYear,
  day: (time) => dayOf(dayNumber(time)).day,
  dayofyear: (time) => dayNumber(time) - daysTo({ year: dayOf(dayNumber(time)).year, month: 1, day: 1 }) + 1,
  hour: (time) => (time / ticks.hour) % 24n,
  minute: (time) => (time / ticks.minute) % 60n,
  second: (time) => (time / ticks.second) % 60n,
  millisecond: (time) => (time / ticks.millisecond) % 1000n,
  microsecond: (time) => (time / ticks.microsecond) % 1_000_000n,
  nanosecond: (time) => (time % ticks.second) * 100n,
};

function part(name: string, time: bigint): bigint {
  const read = Object.hasOwn(parts, name.toLowerCase()) ? parts[name.toLowerCase()] : undefined;
  return BigInt((read ?? refuse(`datetime_part() of '${name}'`))(time));
}

function partOf(name: string): Builtin {
  return of1(datetime, (time) => part(name, time));
}

const now: Builtin = (given, call) => {
  const at = ticksOfMs(call.surroundings.nowMs);
  const [offset] = given.map(timespan);
  return derived('datetime', given, (row) => {
    const by = offset ? offset(row) : 0n;
    return by === null ? null : datetimeOrNull(at + by);
  });
};

const ago: Builtin = (given, call) => {
  const before = timespan(argument(given, 0, call));
  return derived('datetime', given, (row) => {
    const by = before(row);
    return by === null ? null : datetimeOrNull(ticksOfMs(call.surroundings.nowMs) - by);
  });
};

function makeDatetime(given: readonly (number | null)[]): Value {
  const [year = null, month = null, day = null, hour = 0, minute = 0, second = 0] = given;
  if (year === null || month === null || day === null || hour === null || minute === null || second === null)
    return null;
  if (year < 1 || year > 9999 || month < 1 || month > 12 || day < 1 || day > daysInMonth(year, month)) return null;
  if (hour < 0 || hour > 23 || minute < 0 || minute > 59 || second < 0 || second >= 60) return null;
  return ticksOfDay({ year, month, day }) + clock(hour, minute, second);
}

function clock(hour: number, minute: number, second: number): bigint {
  return BigInt(hour * 3600 + minute * 60) * ticks.second + BigInt(Math.round(second * 1e7));
}

function makeTimespan(given: readonly (number | null)[]): Value {
  const [days, hour, minute, second] = given.length === 4 ? given : [0, ...given, ...(given.length === 2 ? [0] : [])];
  if (days === null || hour === null || minute === null || second === null) return null;
  if (days === undefined || hour === undefined || minute === undefined || second === undefined) return null;
  if (hour < 0 || hour > 23 || minute < 0 || minute > 59 || second < 0 || second >= 60 || days < 0) return null;
  return BigInt(days) * ticks.day + clock(hour, minute, second);
}

/** The numbers that are given, most of them whole. */
function ofNumbers(apply: (given: readonly (number | null)[]) => Value, counts: readonly number[]): Builtin {
  return (given, call) => {
    if (!counts.includes(given.length)) return refuse(`${call.name}() with ${given.length} arguments`);
    if (given.some(({ type }) => type === 'string')) return refuse(`${call.name}() of text`);
    const reads = given.map(real);
    return derived(call.type, given, (row) => apply(reads.map((read) => read(row))));
  };
}

/** @param perSecond how many of the unit there are in a second */
function fromUnix(perSecond: bigint): Builtin {
  const unit = ticks.second / (perSecond > ticks.second ? ticks.second : perSecond);
  const divisor = perSecond > ticks.second ? perSecond / ticks.second : 1n;
  return of1(whole, (count) => datetimeOrNull(ticksOfMs(0) + floorDivide(count * unit, divisor)));
}

const unix =
  (perSecond: bigint): Builtin =>
  (given, call) =>
    argument(given, 0, call).type === 'real' ? fromRealUnix(perSecond)(given, call) : fromUnix(perSecond)(given, call);

/** A real number of units must be whole, as it is not known how the real engine rounds it. */
function fromRealUnix(perSecond: bigint): Builtin {
  return of1(real, (count) => {
    if (!Number.isSafeInteger(count)) return refuse('unixtime_…_todatetime() of a number with a fraction');
    return datetimeOrNull(ticksOfMs(0) + floorDivide(BigInt(count) * ticks.second, perSecond));
  });
}

export const dates: Builtins = {
  now,
  ago,
  startofday: startOf('day'),
  startofweek: startOf('week'),
  startofmonth: startOf('month'),
  startofyear: startOf('year'),
  endofday: endOf('day'),
  endofweek: endOf('week'),
  endofmonth: endOf('month'),
  endofyear: endOf('year'),
  dayofweek: of1(datetime, (time) => BigInt((dayNumber(time) + 1) % 7) * ticks.day),
  dayofmonth: partOf('day'),
  dayofyear: partOf('dayofyear'),
  week_of_year: partOf('week_of_year'),
  weekofyear: of1(datetime, olderWeekOfYear),
  monthofyear: partOf('month'),
  getmonth: partOf('month'),
  getyear: partOf('year'),
  hourofday: partOf('hour'),
  datetime_part: of2(text, datetime, part),
  make_datetime: ofNumbers(makeDatetime, [3, 5, 6]),
  make_timespan: ofNumbers(makeTimespan, [2, 3, 4]),
  unixtime_seconds_todatetime: unix(1n),
  unixtime_milliseconds_todatetime: unix(1000n),
  unixtime_microseconds_todatetime: unix(1_000_000n),
  unixtime_nanoseconds_todatetime: unix(1_000_000_000n),
};
