import type { SourceRow, Surroundings } from '../kql/scope.ts';

/** Rows kept in memory, to be read by table and time. Times are epoch milliseconds. */
export interface ArrivedRows {
  add(table: string, rows: readonly SourceRow[]): void;
  /** The rows whose TimeGenerated is not before `sinceMs`, in its order. */
  readonly rows: Surroundings['rows'];
  /** Whether a row of a table arrived after `after` and not after `until`. */
  hasArrived(table: string, after: number, until: number): boolean;
  /** Names of the tables that have rows. */
  tables(): readonly string[];
}

interface Kept {
  byTime: SourceRow[];
  arrivals: number[];
  isSorted: boolean;
}

/** Starts without rows. */
export function keepRows(): ArrivedRows {
  const kept = new Map<string, Kept>();
  const sorted = (table: string): Kept | undefined => {
    const of = kept.get(table);
    if (of && !of.isSorted) {
      of.byTime.sort((a, b) => a.timeGenerated - b.timeGenerated);
      of.arrivals.sort((a, b) => a - b);
      of.isSorted = true;
    }
    return of;
  };
  return {
    add(table, rows) {
      const of = kept.get(table) ?? { byTime: [], arrivals: [], isSorted: true };
      kept.set(table, of);
      for (const row of rows) {
        of.byTime.push(row);
        of.arrivals.push(row.arrival);
      }
      of.isSorted = false;
    },
    *rows(table, { sinceMs = Number.NEGATIVE_INFINITY }) {
      const { byTime } = sorted(table) ?? { byTime: [] };
      const start = firstFrom(byTime.length, (index) => (byTime[index]?.timeGenerated ?? 0) >= sinceMs);
      for (let index = start; index < byTime.length; index++) {
        const row = byTime[index];
        if (row) yield row;
      }
    },
    hasArrived(table, after, until) {
      const { arrivals } = sorted(table) ?? { arrivals: [] };
      const next = arrivals[firstFrom(arrivals.length, (index) => (arrivals[index] ?? 0) > after)];
      return next !== undefined && next <= until;
    },
    tables: () => [...kept.keys()],
  };
}

/** The first index for which something holds that holds for all later ones; `length` when there is none. */
function firstFrom(length: number, holds: (index: number) => boolean): number {
  let [low, high] = [0, length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (holds(middle)) high = middle;
    else low = middle + 1;
  }
  return low;
}
