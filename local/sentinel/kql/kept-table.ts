import type { Json } from '../../../functions/tables/json.ts';
import type { SourceRow } from './scope.ts';
import type { Value } from './values/value.ts';

/** Rows of a table kept column by column, each cell decoded once: a query touches only the columns it names. */
export interface KeptTable {
  readonly length: number;
  /** Adds rows behind those there are. */
  add(rows: Iterable<SourceRow>): void;
  /** The TimeGenerated of each row, epoch milliseconds. */
  readonly times: readonly number[];
  /** When each row arrived, epoch milliseconds. */
  readonly arrivals: readonly number[];
  /** The cells of a column as `decode` makes them, remembered under `key`; undefined: the row has no such cell. */
  decoded(key: string, column: string, decode: (cell: Json | undefined) => Value): readonly Value[];
  /** What is computed from the number of a row, remembered under `key`. */
  computed(key: string, compute: (index: number) => Value): readonly Value[];
}

/** Keeps no rows yet. */
export function keepTable(): KeptTable {
  const times: number[] = [];
  const arrivals: number[] = [];
  const stored = new Map<string, Json[]>();
  const known = new Map<string, Value[]>();
  const computed = (key: string, compute: (index: number) => Value): readonly Value[] => {
    const cells = known.get(key) ?? [];
    known.set(key, cells);
    while (cells.length < times.length) cells.push(compute(cells.length));
    return cells;
  };
  const add = (index: number, { timeGenerated, arrival, row }: SourceRow): void => {
    times.push(timeGenerated);
    arrivals.push(arrival);
    for (const name in row) {
      const cell = row[name];
      if (cell === undefined || cell === null) continue;
      const cells = stored.get(name) ?? [];
      if (cells.length === 0) stored.set(name, cells);
      // A hole would make the array slow to read.
      while (cells.length < index) cells.push(null);
      cells.push(cell);
    }
  };
  return {
    times,
    arrivals,
    get length() {
      return times.length;
    },
    add(rows) {
      for (const row of rows) add(times.length, row);
    },
    decoded(key, column, decode) {
      const cells = stored.get(column);
      return computed(key, (index) => decode(cells?.[index] ?? undefined));
    },
    computed,
  };
}
