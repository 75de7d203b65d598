import * as z from 'zod';
import { assistanceRequest } from './assistance.ts';
import { queryRequest } from './query.ts';
import { sourcesRequest } from './sources.ts';

/** A query, or a question about queries. */
export const workerRequest = z.union([queryRequest, assistanceRequest, sourcesRequest]);

export type WorkerRequest = z.output<typeof workerRequest>;

/** What a query thread is asked: `stop` becomes 1 when nobody waits for the answer any more. */
export interface ToWorker {
  readonly request: WorkerRequest;
  readonly stop: Int32Array;
  /** What `now()` is, epoch milliseconds. */
  readonly nowMs: number;
}

/** A QueryAnswer, Assistance or the sources as JSON text, and for each table that was read for it the number of its newest row. */
export interface FromWorker {
  readonly answer: string;
  readonly tables: Readonly<Record<string, number>>;
}
