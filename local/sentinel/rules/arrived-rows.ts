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
  hasArrived(table: string, matches: readonly Match[], between: Between): boolean;
  /** Whether a row has its TimeGenerated after `after` and not after `until`. */
  hasTime(table: string, between: Between): boolean;
}

interface Between {
  readonly after: number;
  readonly until: number;
}

/** The column that tells copies of one event. */
const copyColumn = 'EventId';

interface Table {
  readonly all: SourceRow[];
  readonly selections: Map<string, Selection>;
  /** The first row of each event. */
  readonly events: Map<string, SourceRow['row']>;
  /** The columns in which copies of an event differ. */
  readonly differing: Set<string>;
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
  const tables = new Map<string, Table>();
  const tableOf = (name: string): Table => {
    const table = tables.get(name) ?? { all: [], selections: new Map(), events: new Map(), differing: new Set() };
    tables.set(name, table);
    return table;
  };
  const selected = (name: string, given: readonly Match[]): Selection => {
    const { all, selections, differing } = tableOf(name);
    const matches = given.filter(
      ({ column, copiesBy }) => copiesBy === undefined || (copiesBy === copyColumn && !differing.has(column)),
    );
    const key = matches.map(keyOf).join();
    if (selections.size > mostSelections && !selections.has(key)) selections.clear();
    let selection = selections.get(key);
    if (selection === undefined) {
      selections.set(key, (selection = { matches, byTime: [], arrivals: [], isSorted: true }));
      select(selection, all);
    }
    return inOrder(selection);
  };
  return {
    add(name, rows) {
      const table = tableOf(name);
      const { all, selections } = table;
      for (const row of rows) {
        all.push(row);
        compareCopies(table, row);
      }
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
    hasTime(name, { after, until }) {
      const { byTime } = selected(name, []);
      const next = byTime[firstFrom(byTime.length, (at) => (byTime[at]?.timeGenerated ?? 0) > after)];
      return next !== undefined && next.timeGenerated <= until;
    },
  };
}

/** Some selections are asked for once, such as those of certain messages. */
const mostSelections = 60;

function keyOf({ column, texts, isIn, ignoresCase }: Match): string {
  return JSON.stringify([column, isIn, ignoresCase, ...texts]);
}

/** Notes in which columns a row differs from the first one of its event. */
function compareCopies({ events, differing }: Table, { row }: SourceRow): void {
  const id = row[copyColumn];
  if (typeof id !== 'string' || id === '') return;
  const first = events.get(id);
  events.set(id, first ?? row);
  if (first === undefined) return;
  for (const column of new Set([...Object.keys(first), ...Object.keys(row)]))
    if (JSON.stringify(first[column]) !== JSON.stringify(row[column])) differing.add(column);
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
function holds({ column, texts, isIn, ignoresCase }: Match, { row }: SourceRow): boolean {
  const cell = row[column] ?? '';
  return typeof cell !== 'string' || texts.has(ignoresCase ? cell.toLowerCase() : cell) === isIn;
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
