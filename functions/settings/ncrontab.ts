interface Field {
  readonly name: string;
  readonly first: number;
  readonly last: number;
  /** English names of the values from `first` on; three letters of one are enough. */
  readonly names?: readonly string[];
}

const months = 'January February March April May June July August September October November December'.split(' ');
const weekdays = 'Sunday Monday Tuesday Wednesday Thursday Friday Saturday'.split(' ');
const daysInMonth = [31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];

const fields: readonly Field[] = [
  { name: 'second', first: 0, last: 59 },
  { name: 'minute', first: 0, last: 59 },
  { name: 'hour', first: 0, last: 23 },
  { name: 'day', first: 1, last: 31 },
  { name: 'month', first: 1, last: 12, names: months },
  { name: 'day of week', first: 0, last: 6, names: weekdays },
];

/**
 * The values at which each of the six fields of an NCRONTAB expression fires: second, minute, hour, day, month, day of week.
 * https://learn.microsoft.com/azure/azure-functions/functions-bindings-timer#ncrontab-expressions
 * @throws RangeError saying which field is wrong and what it may hold; also for a date that no year has
 */
export function parseNcrontab(expression: string): readonly (readonly number[])[] {
  const parts = expression.trim().split(/\s+/);
  if (parts.length !== fields.length) throw new RangeError(`it has ${parts.length} of the six fields`);
  const values = fields.map((field, i) => [
    ...new Set((parts[i] ?? '').split(',').flatMap((part) => parsePart(part, field))),
  ]);
  const firstDay = Math.min(...(values[3] ?? []));
  const exists = values[4]?.some((month) => firstDay <= (daysInMonth[month - 1] ?? 0));
  if (!exists) throw new RangeError(`day ${firstDay} is in none of its months`);
  return values;
}

// One of `*`, `a` or `a-b`, each also with a step: `*/n`, `a/n` (from a on), `a-b/n`.
function parsePart(part: string, field: Field): number[] {
  const match = /^(?:\*|(\w+)(?:-(\w+))?)(?:\/(\d+))?$/.exec(part);
  if (!match)
    throw new RangeError(`the ${field.name} ${JSON.stringify(part)} is neither *, a value, a range nor a step`);
  const [, from, to, step] = match;
  const first = from === undefined ? field.first : parseValue(from, field);
  const isOpen = from === undefined || (to === undefined && step !== undefined);
  const last = isOpen ? field.last : to === undefined ? first : parseValue(to, field);
  // The host would swap the ends of a reversed range, so that 22-2 fired by day.
  if (first > last) throw new RangeError(`the ${field.name} range ${part} runs backwards`);
  const every = step === undefined ? 1 : Number(step);
  if (every < 1 || every > field.last)
    throw new RangeError(`the ${field.name} step ${step} is not from 1 to ${field.last}`);
  return Array.from({ length: Math.floor((last - first) / every) + 1 }, (_, i) => first + i * every);
}

function parseValue(text: string, field: Field): number {
  const value = /^\d+$/.test(text) ? Number(text) : valueNamed(text, field);
  if (value >= field.first && value <= field.last) return value;
  throw new RangeError(`the ${field.name} ${text} is not from ${field.first} to ${field.last}`);
}

function valueNamed(text: string, { names = [], first }: Field): number {
  const index = text.length < 3 ? -1 : names.findIndex((name) => name.toLowerCase().startsWith(text.toLowerCase()));
  return index < 0 ? Number.NaN : first + index;
}
