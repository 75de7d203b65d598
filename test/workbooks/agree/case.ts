import type { Json, JsonObject } from '../../../functions/tables/json.ts';

/** A number of a tile, and the same number counted straight from the rows of tables. */
export interface Agreement {
  /** A sentence. */
  readonly name: string;
  /** The file in `workbooks/`. */
  readonly workbook: string;
  /** The name of the tile's item. */
  readonly tile: string;
  /** What somebody has typed, clicked or picked; the other parameters stay as they are at first. */
  readonly chosen?: Readonly<Record<string, string>>;
  /** What the tile shows, as counts by name. */
  readonly shown: (rows: readonly JsonObject[]) => Counts;
  /** The same without a query. */
  readonly counted: () => Counts;
}

export type Counts = Readonly<Record<string, number>>;

/** The numbers of one column by the texts of another. */
export function column(name: string, by: string): (rows: readonly JsonObject[]) => Counts {
  return (rows) => Object.fromEntries(rows.map((row) => [text(row, by), Number(row[name])]));
}

/** The numbers of a column of series, all points together, by the texts of another. */
export function summed(name: string, by: string): (rows: readonly JsonObject[]) => Counts {
  const total = (points: Json | undefined): number =>
    Array.isArray(points) ? points.reduce<number>((sum, count) => sum + Number(count), 0) : 0;
  return (rows) => Object.fromEntries(rows.map((row) => [text(row, by), total(row[name])]));
}

/** How many rows there are. */
export function rowCount(rows: readonly JsonObject[]): Counts {
  return { rows: rows.length };
}

/** How many there are of each; those without a name are left out. */
export function tally(names: Iterable<string | undefined>): Counts {
  const counts = new Map<string, number>();
  for (const name of names) if (name !== undefined) counts.set(name, (counts.get(name) ?? 0) + 1);
  return Object.fromEntries(counts);
}

/** A cell as text; empty when it is neither text nor number. */
export function text(row: JsonObject, name: string): string {
  const value = row[name];
  return typeof value === 'string' || typeof value === 'number' ? String(value) : '';
}
