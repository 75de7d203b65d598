import type { QueryRequest } from '../../sentinel/query/query.ts';
import { spanOf } from '../../sentinel/workbook/time-span.ts';
import type { TimeChoice } from '../../sentinel/workbook/values.ts';

/** Which rows a query sees by TimeGenerated; undefined: all, so that the query alone decides. */
export type QueryTime = TimeChoice | undefined;

/** A time as the address carries it: milliseconds before now, or from and to; nothing for any time. */
export function timeParameter(time: QueryTime): Readonly<Record<string, string>> {
  if (time === undefined) return {};
  return { time: 'durationMs' in time ? String(time.durationMs) : `${time.fromMs}-${time.toMs}` };
}

/** The time that an address carries; any time for what is none. */
export function timeFrom(parameter: string | null): QueryTime {
  const [, duration, from, to] = /^(?:(\d{1,15})|(\d{1,15})-(\d{1,15}))$/.exec(parameter ?? '') ?? [];
  if (duration !== undefined) return { durationMs: Number(duration) };
  return from === undefined ? undefined : { fromMs: Number(from), toMs: Number(to) };
}

/** The range of a request at a time now. */
export function rangeOf(time: QueryTime, nowMs: number): QueryRequest['range'] {
  return time && spanOf(time, nowMs);
}
