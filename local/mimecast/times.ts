import type { Json } from '../../functions/tables/json.ts';

const dayMs = 86_400_000;
const legacyTime = /^(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d)(?:Z|([+-]\d\d):?(\d\d))$/;

/** A time as the old endpoints read and write it, in epoch seconds; undefined when it is none. */
export function secondOf(value: Json | undefined): number | undefined {
  const match = typeof value === 'string' ? legacyTime.exec(value) : null;
  if (!match) return undefined;
  const [, clock, hours, minutes] = match;
  const ms = Date.parse(`${clock}${hours === undefined ? 'Z' : `${hours}:${minutes}`}`);
  return Number.isNaN(ms) ? undefined : ms / 1000;
}

/** An epoch time (ms) as the old endpoints write it: `2011-12-03T10:15:30+0000`. */
export function legacyTimeText(time: number): string {
  return new Date(time).toISOString().replace(/\.\d+Z$/, '+0000');
}

/** The start of the UTC day of a time, both in epoch ms. */
export function startOfDay(time: number): number {
  return Math.floor(time / dayMs) * dayMs;
}
