import type { Hint, Match, SourceRow } from '../kql/scope.ts';

/** What is needed of a table's rows, and the last TimeGenerated that is (epoch milliseconds). */
export interface Span extends Hint {
  readonly untilMs?: number | undefined;
}

/** Rows kept in memory, to be read by table, time and what some of their columns hold. Times are epoch milliseconds. */
export interface ArrivedRows {
  add(table: string, rows: readonly SourceRow[]): void;
  /** The rows that are needed, in the order of TimeGenerated. */
  readonly rows: (table: string, span: Span) => Iterable<SourceRow>;
  /** Whether a row that is needed arrived after `after` and not after `until`. */
  hasArrived(table: string, matches: readonly Match[], { after, until }: { after: number; until: number }): boolean;
}

/** The rows of a table that match, by time and by arrival. */
interface Selection {
  readonly matches: readonly Match[];
  readonly byTime: SourceRow[];
  readonly arrivals: number[];
  isSorted: boolean;
}

/** Starts without rows. */
export function keepRows(): ArrivedRows {
  const tables = new Map<string, { readonly all: SourceRow[]; readonly selections: Map<string, Selection> }>();
  const tableOf = (name: string) => {
    const table = tables.get(name) ?? { all: [], selections: new Map<string, Selection>() };
    tables.set(name, table);
    return table;
  };
  const selected = (name: string, matches: readonly Match[]): Selection => {
    const { all, selections } = tableOf(name);
    const key = matches.map(({ column, texts, isIn }) => JSON.stringify([column, isIn, ...texts])).join();
    let selection = selections.get(key);
    if (selection === undefined) {
      selections.set(key, (selection = { matches, byTime: [], arrivals: [], isSorted: true }));
      select(selection, all);
    }
    return inOrder(selection);
  };
  return {
    add(name, rows) {
      const { all, selections } = tableOf(name);
      for (const row of rows) all.push(row);
      for (const selection of selections.values()) select(selection, rows);
    },
    *rows(name, { sinceMs = Number.NEGATIVE_INFINITY, untilMs = Number.POSITIVE_INFINITY, matches = [] }) {
      const { byTime } = selected(name, matches);
      const timeAt = (index: number): number => byTime[index]?.timeGenerated ?? 0;
      for (let index = firstFrom(byTime.length, (at) => timeAt(at) >= sinceMs); index < byTime.length; index++) {
        const row = byTime[index];
        if (row === undefined || row.timeGenerated > untilMs) return;
        yield row;
      }
    },
    hasArrived(name, matches, { after, until }) {
      const { arrivals } = selected(name, matches);
      const next = arrivals[firstFrom(arrivals.length, (at) => (arrivals[at] ?? 0) > after)];
      return next !== undefined && next <= until;
    },
  };
}

function select(selection: Selection, rows: readonly SourceRow[]): void {
  for (const row of rows) {
    if (!selection.matches.every((match) => holds(match, row))) continue;
    selection.byTime.push(row);
    selection.arrivals.push(row.arrival);
    selection.isSorted = false;
  }
}

/** A cell that is no text may become one that matches. */
function holds({ column, texts, isIn }: Match, { row }: SourceRow): boolean {
  const cell = row[column] ?? '';
  return typeof cell !== 'string' || texts.has(cell) === isIn;
}

function inOrder(selection: Selection): Selection {
  if (selection.isSorted) return selection;
  selection.byTime.sort((a, b) => a.timeGenerated - b.timeGenerated);
  selection.arrivals.sort((a, b) => a - b);
  selection.isSorted = true;
  return selection;
}

/** The first index for which something holds that holds for all later ones; `length` when there is none. */
function firstFrom(length: number, test: (index: number) => boolean): number {
  let [low, high] = [0, length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (test(middle)) high = middle;
    else low = middle + 1;
  }
  return low;
}
