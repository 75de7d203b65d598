import * as z from 'zod';
import type { Json } from '../../../functions/tables/json.ts';
import type { Render } from '../kql/evaluate.ts';
import type { Column } from '../kql/types.ts';

/** A query and what limits it. Times are epoch milliseconds. */
export const queryRequest = z.object({
  query: z.string().max(100_000),
  /** Only rows whose TimeGenerated lies in it are there; both ends included. */
  range: z.object({ fromMs: z.number(), toMs: z.number() }).optional(),
  /** What `now()` is; without it the time at which it is asked. */
  nowMs: z.number().optional(),
  /** At most so many rows are given. */
  rowLimit: z.number().int().min(1).max(30_000).default(10_000),
});

export type QueryRequest = z.output<typeof queryRequest>;

/** The rows of an answer, each cell as JSON. */
export interface QueryRows {
  readonly columns: readonly Column[];
  readonly rows: readonly (readonly Json[])[];
  /** How many rows there were before the limit. */
  readonly rowCount: number;
  readonly render?: Render | undefined;
  /** How long the evaluation took. */
  readonly elapsedMs: number;
}

/** What is wrong with a query; where it is known, the place in its text, both counted from 1. */
export interface QueryProblem {
  readonly problem: string;
  readonly line?: number | undefined;
  readonly column?: number | undefined;
}

export type QueryAnswer = QueryRows | QueryProblem;

/** Whether an answer says what is wrong rather than giving rows. */
export function isProblem(answer: QueryAnswer): answer is QueryProblem {
  return 'problem' in answer;
}
