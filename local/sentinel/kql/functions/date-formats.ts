import { datetime, text, timespan } from '../expressions/readers.ts';
import { refuse } from '../refusal.ts';
import { dayNumber, dayOf, ticks } from '../values/ticks.ts';
import { type Builtins, of2 } from './builtin.ts';

const token = /yyyy|yy|y|MM|M|dd|d|HH|H|hh|h|mm|m|ss|s|tt|f{1,7}|F{1,7}|[ \-/:,._[\]]/gy;
const spanToken = /d{1,8}|HH|H|hh|h|mm|m|ss|s|f{1,7}|F{1,7}|[ \-/:,._[\]]/gy;

/** The parts of a format. @throws Refusal for what is not part of Kusto's formats */
function tokens(format: string, pattern: RegExp): string[] {
  const found = format.match(pattern) ?? [];
  return found.join('') === format ? found : refuse(`the format '${format}'`);
}

/** The tokens of .NET that Kusto knows; it has no names of days or months: `ddd` is `dd` and `d`. */
function formatDatetime(time: bigint, format: string): string {
  const { year, month, day } = dayOf(dayNumber(time));
  const hour = Number((time / ticks.hour) % 24n);
  const values: Readonly<Record<string, number>> = { y: year, M: month, d: day, H: hour, h: hour % 12 || 12 };
  return tokens(format, token)
    .map((part) => {
      if (part === 'tt') return hour < 12 ? 'AM' : 'PM';
      if (part === 'yy' || part === 'y') return String(year % 100).padStart(part.length, '0');
      const value = values[part.charAt(0)];
      return value === undefined ? clockPart(time, part, format) : String(value).padStart(part.length, '0');
    })
    .join('');
}

function clockPart(time: bigint, part: string, format: string): string {
  const minute = (time / ticks.minute) % 60n;
  const second = (time / ticks.second) % 60n;
  if (part.startsWith('m')) return String(minute).padStart(part.length, '0');
  if (part.startsWith('s')) return String(second).padStart(part.length, '0');
  if (!/^f/i.test(part)) return part;
  const digits = String(time % ticks.second)
    .padStart(7, '0')
    .slice(0, part.length);
  if (part.startsWith('f')) return digits;
  const shortened = digits.replace(/0+$/, '');
  return shortened === '' && format.includes('.F') ? refuse(`the format '${format}' of a whole second`) : shortened;
}

function formatTimespan(span: bigint, format: string): string {
  if (span < 0n) return refuse('format_timespan() of a negative timespan');
  return tokens(format, spanToken)
    .map((part) => {
      if (part.startsWith('d')) return String(span / ticks.day).padStart(part.length, '0');
      if (/^h/i.test(part)) return String((span / ticks.hour) % 24n).padStart(part.length, '0');
      return clockPart(span, part, format);
    })
    .join('');
}

export const dateFormats: Builtins = {
  format_datetime: of2(datetime, text, formatDatetime),
  format_timespan: of2(timespan, text, formatTimespan),
};
