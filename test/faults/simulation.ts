import { readFile } from 'node:fs/promises';
import { TableClient } from '@azure/data-tables';
import { inject } from 'vitest';
import { trust } from '../../local/azure/certificate.ts';
import { type AppProcess, startApp } from '../../local/app-process.ts';
import { type Surroundings, startSurroundings } from '../../local/surroundings.ts';
import type { TenantOptions } from '../../local/mimecast/tenant.ts';
import { mimecastHealth } from '../../functions/tables/mimecast-health.ts';
import type { JsonObject } from '../../functions/tables/json.ts';
import { type AcceptedRows, acceptedRows } from './accepted-rows.ts';
import { type Seen, watchRequests } from './requests.ts';

/** The built app in processes of its own, its surroundings, and a clock that all of them share. */
export interface Simulation extends Surroundings {
  readonly accepted: AcceptedRows;
  /** Epoch milliseconds. */
  now(): number;
  /** Moves the clock on, for processes started from then on too. */
  advance(ms: number): void;
  /** Fires functions of the app (none: all) in a new process. */
  start(
    settings?: Readonly<Record<string, string>>,
    functions?: readonly string[],
    onLine?: (line: string) => void,
  ): AppProcess;
  /** Fires all functions until every feed has caught up and its last run sent no event. @throws Error when a process fails */
  runUntilQuiet(): Promise<void>;
  /** The Health rows so far, in the order they came. */
  health(): readonly JsonObject[];
  /** The checkpoint of a feed as it is stored. */
  checkpoint(feed: string): Promise<Readonly<Record<string, unknown>>>;
  /** Tells of every request from now on. @returns what ends it */
  watch(onSeen: (seen: Seen) => void): () => void;
}

const dayMs = 86_400_000;
const mostRounds = 10;

/** Starts the surroundings at noon, so that no day ends meanwhile; batch listings take as many requests as come. */
export async function startSimulation(options: Partial<TenantOptions> = {}): Promise<Simulation> {
  const machineNow = Date.now();
  let clockMs = Math.floor(machineNow / dayMs) * dayMs + dayMs / 2 - machineNow;
  const now = () => Date.now() + clockMs;
  const accepted = acceptedRows();
  const manyRequests = { limit: 100_000, windowMs: 60_000 };
  const surroundings = await startSurroundings({
    store: accepted.store,
    startDate: new Date(now() - 2 * dayMs).toISOString().slice(0, 10),
    tenant: { clock: { now }, quota: { cgBatch: manyRequests, ciBatch: manyRequests }, ...options },
  });
  const unwatch = watchRequests((seen) => accepted.note(seen));

  const start: Simulation['start'] = (settings = {}, functions = [], onLine) =>
    startApp(
      inject('dist'),
      { ...surroundings.environment, LOCAL_CLOCK_MS: String(clockMs), ...settings },
      functions,
      onLine,
    );
  const health = () => [...accepted.store.rows(mimecastHealth.name)].map(({ row }) => row);

  return {
    ...surroundings,
    accepted,
    now,
    advance: (ms) => void (clockMs += ms),
    start,
    async runUntilQuiet() {
      for (let round = 1; ; round++) {
        const before = health().length;
        const app = start();
        if ((await app.ended) !== 0) throw new Error(app.output.join('\n'));
        const rows = health().slice(before);
        if (rows.every((row) => row['CaughtUp'] === true && row['RowsSent'] === 0)) return;
        if (round === mostRounds) throw new Error(`No quiet after ${round} rounds: ${JSON.stringify(rows)}`);
      }
    },
    health,
    async checkpoint(feed) {
      trust(await readFile(surroundings.environment['NODE_EXTRA_CA_CERTS'] ?? '', 'utf8'));
      const client = TableClient.fromConnectionString(surroundings.checkpoints.connectionString, 'MimecastCheckpoints');
      return client.getEntity<Record<string, unknown>>('mimecast', feed);
    },
    watch: watchRequests,
    async close() {
      unwatch();
      await surroundings.close();
      accepted.store.close();
    },
  };
}
