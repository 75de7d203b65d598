import { DatabaseSync } from 'node:sqlite';
import { keepAnswers } from './answers-kept.ts';
import { type QueryThread, startQueryThread } from './query-thread.ts';
import type { WorkerRequest } from './worker-messages.ts';

/** Answers queries over a store's rows in threads of their own. */
export interface Queries {
  /**
   * @param signal aborted: nobody waits for the answer, which is not computed any further
   * @returns a QueryAnswer, Assistance or the QuerySources as JSON text
   * @throws Error when the query was too much for this machine, or is stopped
   */
  ask(request: WorkerRequest, signal: AbortSignal): Promise<string>;
  /** Reads the rows and prepares the binder, so that the first query need not wait for it. */
  warm(): void;
  close(): Promise<void>;
}

interface Options {
  /** The store's file. */
  readonly rows: string;
  /** The folder of the parsers. */
  readonly parsers: string;
  readonly threads: number;
  /** The time, epoch milliseconds. */
  readonly now: () => number;
}

/** A thread and the queries that wait for it, the oldest first. */
interface Lane {
  readonly thread: QueryThread;
  readonly waiting: Waiting[];
  isBusy: boolean;
}

interface Waiting {
  readonly run: (thread: QueryThread) => Promise<void>;
  readonly signal: AbortSignal;
}

/** The largest table and its parser: their queries share a thread, so that no other one decodes the table as well. */
const largest = /\b(?:MimecastCG|Seg_Cg_CL)\b/;

/** Opens the store's file for reading; threads start with the first query. */
export function openQueries({ rows, parsers, threads, now }: Options): Queries {
  const database = new DatabaseSync(rows, { readOnly: true });
  const newest = database.prepare(
    'SELECT max(id) AS n FROM rows WHERE tableId = (SELECT id FROM tables WHERE name = ?)',
  );
  const kept = keepAnswers((table) => Number(newest.get(table)?.['n'] ?? 0));
  const all = Array.from({ length: threads }, () => startQueryThread({ rows, parsers }));
  const lanes = all.map((thread): Lane => ({ thread, waiting: [], isBusy: false }));
  const laneOf = (asked: string): Lane | undefined => (largest.test(asked) ? lanes[0] : lanes.at(-1));

  const serve = async (lane: Lane): Promise<void> => {
    lane.isBusy = true;
    for (let next = lane.waiting.shift(); next; next = lane.waiting.shift()) {
      if (!next.signal.aborted) await next.run(lane.thread);
    }
    lane.isBusy = false;
  };
  const ask: Queries['ask'] = (request, signal) => {
    const key = JSON.stringify(request);
    const known = kept.find(key, now());
    if (known !== undefined) return Promise.resolve(known);
    const done = Promise.withResolvers<string>();
    const stop = new Int32Array(new SharedArrayBuffer(4));
    const onAbort = (): void => {
      Atomics.store(stop, 0, 1);
      done.reject(new Error('Nobody waits for this query any more.'));
    };
    signal.addEventListener('abort', onAbort, { once: true });
    const run = async (thread: QueryThread): Promise<void> => {
      try {
        const given = await thread.ask({ request, stop, nowMs: now() });
        if (!signal.aborted) kept.keep(key, given, now());
        done.resolve(given.answer);
      } catch (error) {
        done.reject(error);
      }
      signal.removeEventListener('abort', onAbort);
    };
    const lane = laneOf(key);
    lane?.waiting.push({ run, signal });
    if (lane?.isBusy === false) void serve(lane);
    return done.promise;
  };
  return {
    ask,
    warm() {
      for (const query of warmingQueries)
        ask({ query, rowLimit: 1 }, new AbortController().signal).catch(() => undefined);
    },
    async close() {
      for (const { waiting } of lanes) waiting.length = 0;
      await Promise.all(all.map((thread) => thread.close()));
      database.close();
    },
  };
}

/** One a thread; the first decodes the largest table. */
const warmingQueries = ['MimecastCG | summarize count() by Type', 'MimecastAudit | summarize count() by Category'];
