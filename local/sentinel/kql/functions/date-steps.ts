import { datetime, text, whole } from '../expressions/readers.ts';
import { refuse } from '../refusal.ts';
import { datetimeOrNull, dayNumber, dayOf, daysInMonth, floorDivide, ticks, ticksOfDay } from '../values/ticks.ts';
import { type Builtins, of3 } from './builtin.ts';

/** Units of a fixed length. */
const lengths: Readonly<Record<string, bigint>> = {
  week: 7n * ticks.day,
  day: ticks.day,
  hour: ticks.hour,
  minute: ticks.minute,
  second: ticks.second,
  millisecond: ticks.millisecond,
  microsecond: ticks.microsecond,
};

/** Units that count in months. */
const months: Readonly<Record<string, number>> = { year: 12, quarter: 3, month: 1 };

function lengthOf(unit: string): bigint {
  const length = Object.hasOwn(lengths, unit) ? lengths[unit] : undefined;
  return length ?? refuse(`the unit '${unit}' of a datetime`);
}

/** A time some units later; in a shorter month the last day stands for a later one. */
function add(unit: string, amount: bigint, time: bigint): bigint | null {
  const name = unit.toLowerCase();
  const inMonths = Object.hasOwn(months, name) ? months[name] : undefined;
  if (inMonths === undefined) return datetimeOrNull(time + amount * lengthOf(name));
  const { year, month, day } = dayOf(dayNumber(time));
  const count = year * 12 + month - 1 + Number(amount) * inMonths;
  const later = { year: Math.floor(count / 12), month: (count % 12) + 1 };
  if (later.year < 1 || later.year > 9999) return null;
  const last = Math.min(day, daysInMonth(later.year, later.month));
  return ticksOfDay({ ...later, day: last }) + (time % ticks.day);
}

/** How many borders of a unit lie between two times; negative when the first is earlier. Weeks begin on Sunday. */
function difference(unit: string, later: bigint, earlier: bigint): bigint {
  const name = unit.toLowerCase();
  const inMonths = Object.hasOwn(months, name) ? months[name] : undefined;
  if (inMonths !== undefined) return BigInt(periods(later, inMonths) - periods(earlier, inMonths));
  if (name === 'nanosecond') return (later - earlier) * 100n;
  const shift = name === 'week' ? ticks.day : 0n;
  const borders = (time: bigint): bigint => floorDivide(time + shift, lengthOf(name));
  return borders(later) - borders(earlier);
}

function periods(time: bigint, inMonths: number): number {
  const { year, month } = dayOf(dayNumber(time));
  return Math.floor((year * 12 + month - 1) / inMonths);
}

export const dateSteps: Builtins = {
  datetime_add: of3([text, whole, datetime], add),
  datetime_diff: of3([text, datetime, datetime], difference),
};
