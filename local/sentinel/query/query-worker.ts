import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parentPort, workerData } from 'node:worker_threads';
import * as z from 'zod';
import { parsersOf } from '../content/parser-file.ts';
import { workspace } from '../content/workspace.ts';
import { keepCalls } from '../kql/kept-calls.ts';
import { openKeptRows } from './kept-rows.ts';
import { assist } from './assistance.ts';
import type { QueryAnswer, QueryRequest } from './query.ts';
import { queryRunner } from './run-query.ts';
import { simulatedGeo } from './simulated-geo.ts';
import { type QuerySource, sourcesOf } from './sources.ts';
import { type FromWorker, workerRequest } from './worker-messages.ts';

/** A thread that answers queries one after the other; it exists so that no query stalls the page or the collecting. */
const { rows: path, parsers: folder } = z.object({ rows: z.string(), parsers: z.string() }).parse(workerData);
const asked = z.object({ request: workerRequest, stop: z.instanceof(Int32Array), nowMs: z.number() });
const files = readdirSync(folder).map((name) => ({ path: name, text: readFileSync(join(folder, name), 'utf8') }));
const globals = workspace(parsersOf(files));
const run = queryRunner(globals);
const rows = openKeptRows(path);
let knownSources: readonly QuerySource[] | undefined;
const calls = keepCalls();

type Asked = z.output<typeof asked>;

function answerOf({ request, stop, nowMs }: Asked): FromWorker {
  if ('query' in request) return answerTo(request, stop, nowMs);
  const answer = 'writing' in request ? assist(request, globals) : (knownSources ??= sourcesOf(globals));
  return { answer: JSON.stringify(answer), tables: {} };
}

function answerTo(request: QueryRequest, stop: Asked['stop'], nowMs: number): FromWorker {
  const read = new Map<string, number>();
  const geoInfo = (address: string): Readonly<Record<string, string | number>> | undefined => {
    const found = simulatedGeo(address);
    return found && { ...found };
  };
  const onProgress = (): void => {
    if (Atomics.load(stop, 0) !== 0) throw new Error('The query was stopped.');
  };
  const kept = (table: string) => {
    const { kept: found, newest } = rows.table(table);
    read.set(table, newest);
    return found;
  };
  const answer = tried(() =>
    run(request, { rows: () => [], kept, calls, nowMs: request.nowMs ?? nowMs, geoInfo, onProgress }),
  );
  return { answer: JSON.stringify(answer), tables: Object.fromEntries(read) };
}

function tried(work: () => QueryAnswer): QueryAnswer {
  try {
    return work();
  } catch (error) {
    return { problem: error instanceof Error ? error.message : String(error) };
  }
}

parentPort?.on('message', (message: unknown) => parentPort?.postMessage(answerOf(asked.parse(message))));
