import { makeAdapters } from '../../functions/adapters.ts';
import { checkpointTable } from '../../functions/azure/checkpoint-table.ts';
import { managedIdentity } from '../../functions/azure/credential.ts';
import type { ConnectorError } from '../../functions/collect/fault.ts';
import type { Checkpoints, Logs, Run } from '../../functions/collect/ports.ts';
import { runFeed } from '../../functions/collect/run-feed.ts';
import { connectors } from '../../functions/connectors.ts';
import { feeds } from '../../functions/feeds/index.ts';
import { readSettings } from '../../functions/settings.ts';
import { tables } from '../../functions/tables/index.ts';
import { type Columns, allColumns } from '../../functions/tables/table.ts';
import { type Tables, startTables } from '../../local/azure/tables.ts';
import { type LedgerLine, ledger } from '../../local/ledger.ts';
import { fillPlainTenant } from '../../local/mimecast/fill-plain-tenant.ts';
import { type Tenant, type TenantOptions, startTenant } from '../../local/mimecast/tenant.ts';
import { type Ingestion, startIngestion } from '../../local/sentinel/ingestion.ts';
import { type FakeClock, fakeClock } from '../fakes/clock.ts';
import { type Stage, hosts } from '../local/azure/stage.ts';
import { cutHere } from '../fakes/bodies.ts';
import { type OneRule, oneRule } from './one-rule.ts';

/** The app's own adapters in this process, against local servers over https, by a clock that waits in no time. */
export interface InProcess {
  readonly clock: FakeClock;
  readonly tenant: Tenant;
  readonly ingestion: Ingestion;
  readonly checkpoints: Tables;
  readonly rule: OneRule;
  /** Runs feeds (none: all) side by side. @returns the error that ended each, by feed */
  run(options?: RunOptions): Promise<ReadonlyMap<string, ConnectorError | undefined>>;
  /** Runs all feeds, a minute between, until a run sends no event. @throws Error when a run fails */
  runUntilQuiet(): Promise<void>;
  /** Fills the tenant with `perDay` events on the last day. */
  fill(perDay: number): void;
  ledger(): readonly LedgerLine[];
  /** The readable part of a feed's saved cursor. */
  cursor(feed: string): Promise<unknown>;
  readonly logs: Logs;
  close(): Promise<void>;
}

interface RunOptions extends Partial<Pick<Run, 'stop' | 'abort'>> {
  readonly only?: readonly string[] | undefined;
  readonly budgetMs?: number | undefined;
  /** What happens while the first cursor of the run waits to be saved. */
  readonly beforeSave?: (() => Promise<void>) | undefined;
}

const rules = [
  { rule: 'dcr-1', tables: tables.slice(0, 7).map(({ name }) => name) },
  { rule: 'dcr-2', tables: tables.slice(7).map(({ name }) => name) },
];
const never = new AbortController().signal;
const minuteMs = 60_000;
const dayMs = 86_400_000;
const mostRounds = 10;
let runs = 0;

/** Starts the servers; the stage is shared by all of a file. */
export async function startInProcess(set: Stage, options: Partial<TenantOptions> = {}): Promise<InProcess> {
  const clock = fakeClock();
  const rule = oneRule();
  const tenant = await startTenant({ tls: set.tls, clock, ...options });
  const checkpoints = await startTables({ ...set, name: 'contoso' });
  const ingestion = await startIngestion({
    ...set,
    store: rule.store,
    clock,
    rules: rules.map(({ rule: id, tables: of }) => ({ id, tables: of })),
    columns: columnsOf,
  });
  const endpoint = ingestion.endpoint(hosts.ingestion);
  const environment = {
    MIMECAST_BASE_URL: tenant.origin,
    MIMECAST_CLIENT_ID: tenant.clientId,
    MIMECAST_CLIENT_SECRET: tenant.clientSecret,
    LOGS_INGESTION: JSON.stringify(rules.map((each) => ({ endpoint, ...each }))),
    CHECKPOINT_STORAGE: checkpoints.url,
    START_DATE: new Date(clock.now() - dayMs).toISOString().slice(0, 10),
  };
  const settings = readSettings(environment, connectors, clock.now());
  const adapters = makeAdapters(settings, clock, 'no thread');
  const table = checkpointTable(settings.checkpoints, managedIdentity({ clock }));
  const world = {
    cut: cutHere,
    logs: adapters.logs,
    read: rule.watchRead(adapters.read),
    checkpoints: rule.watchCheckpoints(adapters.checkpoints),
    account: settings.account,
    log: { info() {}, warn() {}, error() {} },
  };

  const run: InProcess['run'] = async (wanted = {}) => {
    const { only, budgetMs = 240_000, stop = never, abort = never, beforeSave } = wanted;
    const signals = { stop, abort, abortHealth: abort, abortRelease: never };
    const shared = { ...signals, runId: `run-${++runs}`, connector: 'Test', appVersion: '0', clock, random: () => 0 };
    const of = { ...shared, deadline: clock.now() + budgetMs, startDate: settings.startDate };
    const checkpoints = beforeSave ? interrupted(world.checkpoints, beforeSave) : world.checkpoints;
    const chosen = feeds.filter(({ name }) => only === undefined || only.includes(name));
    const outcomes = await Promise.all(chosen.map((feed) => runFeed(feed, { ...world, checkpoints }, of)));
    return new Map(outcomes.map(({ feed, error }) => [feed, error]));
  };

  return {
    clock,
    tenant,
    ingestion,
    checkpoints,
    rule,
    run,
    async runUntilQuiet() {
      for (let round = 1, before = -1; before !== rule.pagesSaved; round++) {
        if (round > mostRounds) throw new Error('The feeds do not come to an end.');
        before = rule.pagesSaved;
        for (const [feed, error] of await run()) if (error) throw new Error(feed, { cause: error });
        clock.advance(minuteMs);
      }
    },
    fill: (perDay) => fillPlainTenant(tenant, { seed: 1, now: clock.now(), days: 1, perDay }),
    ledger: () => ledger(tenant, rule.store, clock.now()),
    cursor: async (feed) => (await table.getEntity<Record<string, unknown>>(settings.account, feed))['Cursor'],
    logs: adapters.logs,
    async close() {
      await Promise.all([tenant.close(), checkpoints.close(), ingestion.close()]);
      rule.store.close();
    },
  };
}

function columnsOf(name: string): Columns {
  const table = tables.find((each) => each.name === name);
  return table ? allColumns(table) : {};
}

function interrupted(checkpoints: Checkpoints, beforeSave: () => Promise<void>): Checkpoints {
  let happened: Promise<void> | undefined;
  return {
    async take(...taken) {
      const lease = await checkpoints.take(...taken);
      return {
        ...lease,
        async save(...saved) {
          await (happened ??= beforeSave());
          await lease.save(...saved);
        },
      };
    },
  };
}
