import { DatabaseSync } from 'node:sqlite';
import { keepAnswers } from './answers-kept.ts';
import type { QueryRequest } from './query.ts';
import { type QueryThread, startQueryThread } from './query-thread.ts';

/** Answers queries over a store's rows in threads of their own. */
export interface Queries {
  /**
   * @param signal aborted: nobody waits for the answer, which is not computed any further
   * @returns a QueryAnswer as JSON text
   * @throws Error when the query was too much for this machine, or is stopped
   */
  ask(request: QueryRequest, signal: AbortSignal): Promise<string>;
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

interface Waiting {
  readonly run: (thread: QueryThread) => Promise<void>;
  readonly signal: AbortSignal;
}

/** Opens the store's file for reading; threads start with the first query. */
export function openQueries({ rows, parsers, threads, now }: Options): Queries {
  const database = new DatabaseSync(rows, { readOnly: true });
  const newest = database.prepare(
    'SELECT max(id) AS n FROM rows WHERE tableId = (SELECT id FROM tables WHERE name = ?)',
  );
  const kept = keepAnswers((table) => Number(newest.get(table)?.['n'] ?? 0));
  const all = Array.from({ length: threads }, () => startQueryThread({ rows, parsers }));
  const idle = [...all];
  const waiting: Waiting[] = [];

  const serve = async (thread: QueryThread): Promise<void> => {
    for (let next = waiting.shift(); next; next = waiting.shift()) {
      if (!next.signal.aborted) await next.run(thread);
    }
    idle.push(thread);
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
    waiting.push({ run, signal });
    const thread = idle.pop();
    if (thread) void serve(thread);
    return done.promise;
  };
  const warming = { query: warmingQuery, rowLimit: 1 };
  return {
    ask,
    warm() {
      for (const _ of all) ask(warming, new AbortController().signal).catch(() => undefined);
    },
    async close() {
      waiting.length = 0;
      await Promise.all(all.map((thread) => thread.close()));
      database.close();
    },
  };
}

/** It reads the largest table through its parser. */
const warmingQuery = 'MimecastCG | summarize count() by Type';
