import { tables } from '../../functions/tables/index.ts';
import type { StoredRow } from '../sentinel/store.ts';

/** Which time of a row counts: the event's own (TimeGenerated), or when it arrived. */
export type TimeKind = 'event' | 'arrival';
export type Span = 'hour' | 'day' | 'fortnight';

/** Rows per table over time: `starts` are the beginnings of the bars (epoch milliseconds). */
export interface HistoryAnswer {
  readonly bucketMs: number;
  readonly starts: readonly number[];
  readonly series: readonly { readonly table: string; readonly rows: readonly number[] }[];
}

/** Counts rows by minute and by hour as they land. */
export interface History {
  land(table: string, rows: readonly StoredRow[]): void;
  /** The last hour by minutes, the last day by half hours or the last 14 days by six hours, until `now` (epoch milliseconds). */
  read(kind: TimeKind, span: Span, now: number): HistoryAnswer;
}

const minuteMs = 60_000;
const hourMs = 60 * minuteMs;
const spans = {
  hour: { bucketMs: minuteMs, buckets: 60 },
  day: { bucketMs: 30 * minuteMs, buckets: 48 },
  fortnight: { bucketMs: 6 * hourMs, buckets: 60 },
} as const;
/** Finer than this is counted only for as long as it is shown. */
const fineForMs = 25 * hourMs;

/** Starts with no rows. */
export function openHistory(): History {
  const counts = { event: new Map<string, Counts>(), arrival: new Map<string, Counts>() };
  const countsOf = (kind: TimeKind, table: string): Counts => {
    const known = counts[kind].get(table) ?? { fine: new Map(), coarse: new Map() };
    counts[kind].set(table, known);
    return known;
  };
  return {
    land(table, rows) {
      const [byEvent, byArrival] = [countsOf('event', table), countsOf('arrival', table)];
      for (const { timeGenerated, arrival } of rows) {
        count(byEvent, timeGenerated);
        count(byArrival, arrival);
      }
    },
    read(kind, span, now) {
      const { bucketMs, buckets } = spans[span];
      const first = Math.floor(now / bucketMs) * bucketMs - (buckets - 1) * bucketMs;
      const starts = Array.from({ length: buckets }, (_, index) => first + index * bucketMs);
      const series = tables.map(({ name }) => {
        const known = countsOf(kind, name);
        forget(known.fine, now - fineForMs);
        return { table: name, rows: sums(bucketMs < hourMs ? known.fine : known.coarse, first, bucketMs, buckets) };
      });
      return { bucketMs, starts, series };
    },
  };
}

interface Counts {
  /** Rows by the beginning of their minute, and of their hour. */
  readonly fine: Map<number, number>;
  readonly coarse: Map<number, number>;
}

function count({ fine, coarse }: Counts, time: number): void {
  const minute = Math.floor(time / minuteMs) * minuteMs;
  const hour = Math.floor(time / hourMs) * hourMs;
  fine.set(minute, (fine.get(minute) ?? 0) + 1);
  coarse.set(hour, (coarse.get(hour) ?? 0) + 1);
}

function forget(fine: Map<number, number>, before: number): void {
  for (const minute of fine.keys()) if (minute < before) fine.delete(minute);
}

function sums(counts: ReadonlyMap<number, number>, first: number, bucketMs: number, buckets: number): number[] {
  const rows = Array.from({ length: buckets }, () => 0);
  for (const [time, n] of counts) {
    const index = Math.floor((time - first) / bucketMs);
    if (index >= 0 && index < buckets) rows[index] = (rows[index] ?? 0) + n;
  }
  return rows;
}
