import { tables } from '../functions/tables/index.ts';
import { mimecastHealth } from '../functions/tables/mimecast-health.ts';
import { mimecastRejected } from '../functions/tables/mimecast-rejected.ts';
import { startApp } from './app-process.ts';
import { settleMs } from './feed-count.ts';
import { type LedgerLine, openLedger } from './ledger.ts';
import { readContent } from './sentinel/content/read-files.ts';
import { bindContent, replayRules } from './sentinel/rules/replay.ts';
import { openStore, type RowStore } from './sentinel/store.ts';
import { runOfLog } from './server/feed-run.ts';
import { runLine } from './server/run-line.ts';
import { arrivals, simulatedHealth } from './simulated-past.ts';
import { startSurroundings } from './surroundings.ts';
import { type Fill, type Filling, startTenantLife } from './tenant-life.ts';

const dayMs = 86_400_000;
/** A first run reads what it can in its budget; the next ones go on. */
const mostRounds = 10;

/** What `npm start -- --once` has to say. */
export interface OnceReport {
  /** Rows by table. */
  readonly tables: Readonly<Record<string, number>>;
  /** Alerts by rule. */
  readonly alerts: Readonly<Record<string, number>>;
  readonly rejected: number;
  /** The tenant's events that are neither in a table nor in Rejected; null for a real tenant, whose events nobody counts. */
  readonly lost: number | null;
  readonly seconds: number;
  readonly ledger: readonly LedgerLine[];
}

/** Which tenant is read, and what to do with progress lines. */
interface OnceOptions {
  /** Where the built app is. */
  readonly folder: string;
  readonly simulated: Omit<Filling, 'now'> & { readonly fill: Fill };
  /** The settings of a real Mimecast application, which is read instead. */
  readonly realMimecast?: Readonly<Record<string, string>> | undefined;
  readonly onProgress: (line: string) => void;
}

/** Takes a tenant through the built app into the tables, once. @throws Error when a function fails or does not catch up */
export async function collectOnce({ folder, simulated, realMimecast, onProgress }: OnceOptions): Promise<OnceReport> {
  const started = Date.now();
  const store = openStore(':memory:');
  const startDate = new Date(started - (simulated.days + 1) * dayMs).toISOString().slice(0, 10);
  const ledger = openLedger();
  const past = { startDate, startedAt: started, arrival: arrivals(ledger) };
  const surroundings = await startSurroundings({ store, realMimecast, ...(!realMimecast && past) });
  try {
    if (!realMimecast) {
      const { fill, ...rest } = simulated;
      const filling = { ...rest, now: started };
      startTenantLife({ tenant: surroundings.tenant, ledger, fill, filling, extras: [], onExtra: () => undefined });
      store.insert(mimecastHealth.name, simulatedHealth(started, simulated.days));
      onProgress(`A simulated tenant of ${simulated.users} people and ${simulated.days} days is ready.`);
    }
    // What came later may not have settled when the app ran: the next run reads it.
    const settled = Date.now() - settleMs;
    await runUntilSettled(folder, surroundings.environment, store, onProgress);
    for (const table of store.tables()) for (const { row } of store.rows(table)) ledger.land(table, [row]);
    ledger.close();
    onProgress('Running the rules over what has arrived.');
    const alerts = alertsByRule(store, Date.now());
    const lines = realMimecast ? [] : ledger.lines(settled);
    return {
      tables: Object.fromEntries(tables.map(({ name }) => [name, store.count(name)])),
      alerts,
      rejected: store.count(mimecastRejected.name),
      lost: realMimecast ? null : lines.reduce((sum, line) => sum + line.lost, 0),
      seconds: Math.round((Date.now() - started) / 100) / 10,
      ledger: lines,
    };
  } finally {
    await surroundings.close();
    store.close();
  }
}

/** How many alerts each rule raises while the rows arrive, until a time (epoch milliseconds). @throws Error when one cannot run */
function alertsByRule(store: RowStore, until: number): Readonly<Record<string, number>> {
  const content = readContent();
  const replay = replayRules({ content: bindContent(content) });
  for (const table of store.tables()) replay.add(table, [...store.rows(table)]);
  const counts = new Map(content.rules.map(({ name }) => [name, 0]));
  for (const { rule, alerts, fault } of replay.due(until)) {
    if (fault !== undefined) throw new Error(`The rule ${rule.name} cannot run: ${fault}`);
    counts.set(rule.name, (counts.get(rule.name) ?? 0) + alerts.length);
  }
  return Object.fromEntries(counts);
}

async function runUntilSettled(
  folder: string,
  environment: Readonly<Record<string, string>>,
  store: RowStore,
  onProgress: (line: string) => void,
): Promise<void> {
  for (let round = 1; !isSettled(store); round++) {
    if (round > mostRounds) throw new Error('The feeds did not catch up; the lines above say why.');
    const app = startApp(folder, environment, [], (line) => {
      const run = runOfLog(line.replace(/^\w+: /, ''), Date.now());
      if (run) onProgress(runLine(run));
    });
    if ((await app.ended) !== 0)
      throw new Error(`A function failed. ${app.output.filter((line) => line.includes('failed')).join(' ')}`);
  }
}

/** Whether every feed has caught up, or is not licensed, by its latest Health row. */
function isSettled(store: RowStore): boolean {
  const settled = new Map<unknown, boolean>();
  for (const { row } of store.rows(mimecastHealth.name)) {
    if (row['Message'] !== 'simulated') settled.set(row['Feed'], row['CaughtUp'] === true || row['Fault'] === 'denied');
  }
  return settled.size > 0 && [...settled.values()].every(Boolean);
}
