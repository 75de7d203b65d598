import { fileURLToPath } from 'node:url';
import { Worker } from 'node:worker_threads';
import * as z from 'zod';
import type { FromWorker, ToWorker } from './worker-messages.ts';

/** A thread that answers one query at a time. */
export interface QueryThread {
  /** @throws Error when the thread died over the query or took too long; the next query gets a new one */
  ask(message: ToWorker): Promise<FromWorker>;
  close(): Promise<void>;
}

const answered = z.object({ answer: z.string(), tables: z.record(z.string(), z.number()) });
const entry = fileURLToPath(new URL('./query-worker.ts', import.meta.url));
/** Whoever waits so long for one query has asked too much of this machine. */
const longestMs = 120_000;

/** @param of the store's file and the folder of the parsers */
export function startQueryThread(of: { readonly rows: string; readonly parsers: string }): QueryThread {
  let worker: Worker | undefined;
  const running = (): Worker => (worker ??= new Worker(entry, { workerData: of }));
  const end = async (): Promise<void> => {
    const ended = worker?.terminate();
    worker = undefined;
    await ended;
  };
  return {
    async ask(message) {
      const thread = running();
      const done = Promise.withResolvers<FromWorker>();
      const timer = setTimeout(
        () => done.reject(new Error(`The query was given up after ${longestMs / 1000} s.`)),
        longestMs,
      );
      const onExit = (): void => done.reject(new Error('The query ended its thread, most likely for want of memory.'));
      const onMessage = (reply: unknown): void => done.resolve(answered.parse(reply));
      thread.once('message', onMessage);
      thread.once('error', done.reject);
      thread.once('exit', onExit);
      thread.postMessage(message);
      try {
        return await done.promise;
      } catch (error) {
        await end();
        throw error;
      } finally {
        clearTimeout(timer);
        thread.off('message', onMessage).off('error', done.reject).off('exit', onExit);
      }
    },
    close: end,
  };
}
