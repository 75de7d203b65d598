import { tables } from '../functions/tables/index.ts';
import { mimecastHealth } from '../functions/tables/mimecast-health.ts';
import { mimecastRejected } from '../functions/tables/mimecast-rejected.ts';
import { startApp } from './app-process.ts';
import { type LedgerLine, ledger } from './ledger.ts';
import { fillPlainTenant } from './mimecast/fill-plain-tenant.ts';
import { openStore, type RowStore } from './sentinel/store.ts';
import { arrivals, simulatedHealth } from './simulated-past.ts';
import { startSurroundings } from './surroundings.ts';

const dayMs = 86_400_000;
/** A first run reads what it can in its budget; the next ones go on. */
const mostRounds = 10;

/** What `npm start -- --once` has to say; `lost` counts the tenant's events that are neither in a table nor in Rejected. */
export interface OnceReport {
  readonly tables: Readonly<Record<string, number>>;
  /** Alerts by rule. */
  readonly alerts: Readonly<Record<string, number>>;
  readonly rejected: number;
  readonly lost: number;
  readonly seconds: number;
  readonly ledger: readonly LedgerLine[];
}

/** How the simulated tenant is filled, and what to do with progress lines. */
interface OnceOptions {
  readonly folder: string;
  readonly days: number;
  readonly seed: number;
  readonly perDay: number;
  readonly onProgress: (line: string) => void;
}

/** Takes a simulated tenant through the built app into the tables, once. @throws Error when a run fails or does not catch up */
export async function collectOnce({ folder, days, seed, perDay, onProgress }: OnceOptions): Promise<OnceReport> {
  const started = Date.now();
  const store = openStore(':memory:');
  const startDate = new Date(started - (days + 1) * dayMs).toISOString().slice(0, 10);
  let arrival: ReturnType<typeof arrivals> = () => undefined;
  const surroundings = await startSurroundings({
    store,
    startDate,
    startedAt: started,
    arrival: (table, row) => arrival(table, row),
  });
  try {
    fillPlainTenant(surroundings.tenant, { seed, now: started, days, perDay });
    arrival = arrivals(surroundings.tenant);
    store.insert(mimecastHealth.name, simulatedHealth(started, days));
    const filled = Date.now();
    onProgress(`A tenant of ${days} days with about ${perDay} events a day is ready.`);
    for (let round = 1; !isCaughtUp(store); round++) {
      if (round > mostRounds) throw new Error('The feeds did not catch up; the lines above say why.');
      const app = startApp(folder, surroundings.environment, [], (line) => onProgress(line));
      if ((await app.ended) !== 0) throw new Error('A function failed; the lines above say why.');
    }
    const lines = ledger(surroundings.tenant, store, filled);
    return {
      tables: Object.fromEntries(tables.map(({ name }) => [name, store.count(name)])),
      alerts: {},
      rejected: store.count(mimecastRejected.name),
      lost: lines.reduce((sum, line) => sum + line.lost, 0),
      seconds: Math.round((Date.now() - started) / 100) / 10,
      ledger: lines,
    };
  } finally {
    await surroundings.close();
    store.close();
  }
}

/** Whether the latest Health row of every feed says so. */
function isCaughtUp(store: RowStore): boolean {
  const latest = new Map<unknown, unknown>();
  for (const { row } of store.rows(mimecastHealth.name)) {
    if (row['Message'] !== 'simulated') latest.set(row['Feed'], row['CaughtUp']);
  }
  return latest.size > 0 && [...latest.values()].every((caughtUp) => caughtUp === true);
}
