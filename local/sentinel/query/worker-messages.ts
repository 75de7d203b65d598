import type { QueryRequest } from './query.ts';

/** What a query thread is asked: `stop` becomes 1 when nobody waits for the answer any more. */
export interface ToWorker {
  readonly request: QueryRequest;
  readonly stop: Int32Array;
  /** What `now()` is, epoch milliseconds. */
  readonly nowMs: number;
}

/** A QueryAnswer as JSON text, and for each table that was read for it the number of its newest row. */
export interface FromWorker {
  readonly answer: string;
  readonly tables: Readonly<Record<string, number>>;
}
