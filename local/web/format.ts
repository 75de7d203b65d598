const numbers = new Intl.NumberFormat('en');
const times = new Intl.DateTimeFormat('en-GB', { dateStyle: 'medium', timeStyle: 'medium', timeZone: 'UTC' });
const clocks = new Intl.DateTimeFormat('en-GB', { timeStyle: 'medium', timeZone: 'UTC' });

/** A whole number with separators; a dash for one that nobody knows. */
export function numberText(value: number | null): string {
  return value === null ? '–' : numbers.format(value);
}

/** A number of things: `1 row`, `2 rows`. */
export function countText(value: number, one: string, many = `${one}s`): string {
  return `${numbers.format(value)} ${value === 1 ? one : many}`;
}

/** Day and time in UTC of epoch milliseconds. */
export function timeText(ms: number): string {
  return times.format(ms);
}

/** The time of day in UTC of epoch milliseconds. */
export function clockText(ms: number): string {
  return clocks.format(ms);
}

/** A length of time in its largest whole units: `45 s`, `12 min`, `3 h 20 min`, `2 d 5 h`. */
export function durationText(seconds: number): string {
  const whole = Math.max(0, Math.round(seconds));
  if (whole < 60) return `${whole} s`;
  const minutes = Math.floor(whole / 60);
  if (minutes < 60) return `${minutes} min`;
  const hours = Math.floor(minutes / 60);
  if (hours < 24) return minutes % 60 === 0 ? `${hours} h` : `${hours} h ${minutes % 60} min`;
  return hours % 24 === 0 ? `${Math.floor(hours / 24)} d` : `${Math.floor(hours / 24)} d ${hours % 24} h`;
}

/** How long ago a time was, both epoch milliseconds. */
export function agoText(ms: number, now: number): string {
  return now - ms < 5000 ? 'Just now' : `${durationText((now - ms) / 1000)} ago`;
}

/** The start of a text that is too long to be shown among others. */
export function shortText(text: string, length = 240): string {
  return text.length <= length ? text : `${text.slice(0, length)}…`;
}
