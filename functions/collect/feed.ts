import type { JsonObject } from '../tables/json.ts';
import type { Cells, Columns, Table } from '../tables/table.ts';

/** One record as Mimecast sent it. */
export type SourceEvent = JsonObject;

/** Gzip files of events, listed page by page behind a cursor (mimecast-api: `GET /siem/v1/batch/events/…`). */
export interface BatchSource {
  readonly kind: 'batch';
  readonly path: string;
  readonly types: readonly string[];
}

/** Events between two times, asked for window after window; `items` names the list inside `data[0]`, else `data` is it. */
export interface WindowSource {
  readonly kind: 'window';
  readonly path: string;
  readonly items?: string;
  readonly from: string;
  readonly to: string;
  readonly query?: JsonObject;
}

/** The whole state of a product, read once a day. */
export interface SnapshotSource {
  readonly kind: 'snapshot';
  readonly path: string;
  readonly items?: string;
  readonly query?: JsonObject;
  /** Where the list is read once for each campaign: the path that lists the campaigns. */
  readonly campaigns?: string;
}

export type Source = BatchSource | WindowSource | SnapshotSource;

/**
 * One kind of event: where it is read, where it lands and what its row says.
 * `columnOf` names the column of each source field whose name differs, so that what no column took is found; where
 * several fields share a column, all of them stand there, the one `toRow` prefers first.
 */
export interface Feed<C extends Columns = Columns, S extends Source = Source> {
  readonly name: string;
  readonly table: Table<C>;
  readonly source: S;
  /** What Mimecast wants granted for it, for the message of a denied feed. */
  readonly product: string;
  readonly columnOf: Readonly<Record<string, keyof C & string>>;
  /** The columns that `columnOf` fills: a source field that merely has such a column's name has not landed in it. */
  readonly renamed: ReadonlySet<string>;
  /** When the event happened; snapshots have none: their time is when they were taken. */
  readonly time?: (event: SourceEvent) => Date | undefined;
  /** What makes the event itself where that is not its whole content; empty or absent: the whole content. */
  readonly identity?: (event: SourceEvent) => string | undefined;
  readonly toRow: (event: SourceEvent) => Cells<C>;
}

/** Declares a feed; the columns are inferred from its table, so that a missing or misspelt one does not compile. */
export function feed<const C extends Columns, const S extends Source>(
  declared: Omit<Feed<C, S>, 'renamed'>,
): Feed<C, S> {
  return { ...declared, renamed: new Set(Object.values(declared.columnOf)) };
}
