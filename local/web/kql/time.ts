import type { QueryRequest } from '../../sentinel/query/query.ts';
import { spanOf } from '../../sentinel/workbook/time-span.ts';
import type { TimeChoice } from '../../sentinel/workbook/values.ts';
import { hrefOf } from '../route.ts';

/** Which rows a query sees by TimeGenerated; undefined: all, so that the query alone decides. */
export type QueryTime = TimeChoice | undefined;

/** A time as the address carries it: milliseconds before now, or from and to; nothing for any time. */
function timeParameter(time: QueryTime): Readonly<Record<string, string>> {
  if (time === undefined) return {};
  return { time: 'durationMs' in time ? String(time.durationMs) : `${time.fromMs}-${time.toMs}` };
}

/** The time that an address carries; any time for what is none. */
export function timeFrom(parameter: string | null): QueryTime {
  const [, duration, from, to] = /^(?:(\d{1,15})|(\d{1,15})-(\d{1,15}))$/.exec(parameter ?? '') ?? [];
  if (duration !== undefined) return { durationMs: Number(duration) };
  return from === undefined ? undefined : { fromMs: Number(from), toMs: Number(to) };
}

/** What `now()` is (epoch milliseconds) as the address carries it; undefined: the present. */
export function nowFrom(parameter: string | null): number | undefined {
  return /^\d{1,15}$/.test(parameter ?? '') ? Number(parameter) : undefined;
}

/** A query that is asked as the address carries it, and when. */
export interface Address {
  readonly query: string;
  readonly time?: QueryTime;
  /** What `now()` is, epoch milliseconds; undefined: the present. */
  readonly now?: number | undefined;
}

/** The address of a query. */
export function queryHref({ query, time, now }: Address): string {
  return hrefOf('kql', { query, ...timeParameter(time), ...(now !== undefined && { now: String(now) }) });
}

/** The time limits of a request. */
export function limitsOf({ time, now }: Address): Pick<QueryRequest, 'range' | 'nowMs'> {
  return { range: time && spanOf(time, now ?? Date.now()), nowMs: now };
}
