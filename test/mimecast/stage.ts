import { onTestFinished } from 'vitest';
import type { BatchCursor, Cursor } from '../../functions/collect/cursor.ts';
import type { ConnectorError } from '../../functions/collect/fault.ts';
import type { Feed } from '../../functions/collect/feed.ts';
import { axiosHttp } from '../../functions/mimecast/http.ts';
import { mimecastClient } from '../../functions/mimecast/client.ts';
import { mimecastRead } from '../../functions/mimecast/read.ts';
import type { Read } from '../../functions/collect/ports.ts';
import { isJsonObject, type JsonObject, parseJson } from '../../functions/tables/json.ts';
import type { Row } from '../../functions/tables/table.ts';
import { identityOfEvent, identityOfRow } from '../../local/mimecast/identity.ts';
import { type Tenant, type TenantOptions, startTenant } from '../../local/mimecast/tenant.ts';
import { type FakeClock, fakeClock } from '../fakes/clock.ts';
import { tenantName } from '../fakes/feed-name.ts';
import { type MemoryCheckpoints, type MemoryLogs, memoryCheckpoints, memoryLogs } from '../fakes/memory.ts';
import { type RunOptions, runOnce } from '../fakes/run.ts';

/** What a test may change about the stage. */
export interface StageOptions extends Omit<TenantOptions, 'clock'> {
  /** Longest silence of the tenant that is waited out. */
  readonly timeoutMs?: number;
}

/** How a run ended. */
interface Ended {
  readonly error: ConnectorError | undefined;
  readonly health: JsonObject;
}

/** What a test may change about one run; with a time-out of its own it reads through a client of its own. */
interface Changes extends Pick<RunOptions, 'budgetMs' | 'startDate' | 'stop'> {
  readonly timeoutMs?: number | undefined;
}

export interface Stage {
  readonly tenant: Tenant;
  readonly clock: FakeClock;
  readonly logs: MemoryLogs;
  readonly checkpoints: MemoryCheckpoints;
  readonly read: Read;
  readonly run: (feed: Feed, changes?: Changes) => Promise<Ended>;
  readonly rows: (feed: Feed) => readonly JsonObject[];
  /** The rows of Rejected. */
  readonly rejected: () => readonly JsonObject[];
  /** The tenant's own ids of the feed's rows, one for each row. */
  readonly landed: (feed: Feed) => readonly string[];
  /** The tenant's own ids of the events it could serve by now that stand neither in a row nor in Rejected. */
  readonly lost: (feed: Feed) => readonly string[];
}

/** A tenant, the product's reader over real HTTP, and memory for rows and cursors, all on one clock. It ends with the test. */
export async function stage(options: StageOptions = {}): Promise<Stage> {
  const clock = fakeClock();
  const tenant = await startTenant({ clock, ...options });
  onTestFinished(() => tenant.close());
  const logs = memoryLogs();
  const checkpoints = memoryCheckpoints(() => clock.now());
  const secrets = { get: async () => ({ clientId: tenant.clientId, clientSecret: tenant.clientSecret }), expire() {} };
  const readWith = (timeoutMs: number) =>
    mimecastRead(mimecastClient(tenant.origin, axiosHttp(timeoutMs), secrets, clock));
  const read = readWith(options.timeoutMs ?? 5_000);
  const rowsOf = (table: string) => logs.rows(table).map(asJson);
  const rejected = () => rowsOf('Mimecast_Rejected_CL');
  const landed = (feed: Feed) => rowsOf(feed.table.name).map((row) => identityOfRow(tenantName(feed), row));
  return {
    tenant,
    clock,
    logs,
    checkpoints,
    read,
    async run(feed, { timeoutMs, ...changes } = {}) {
      const reader = timeoutMs === undefined ? read : readWith(timeoutMs);
      const { error } = await runOnce(feed, { read: reader, logs, checkpoints, clock, ...changes });
      return { error, health: rowsOf('Mimecast_Health_CL').at(-1) ?? {} };
    },
    rows: (feed) => rowsOf(feed.table.name),
    rejected,
    landed,
    lost(feed) {
      const name = tenantName(feed);
      const kept = new Set([...landed(feed), ...rejected().flatMap((row) => identityIn(feed, row))]);
      const served = tenant.events(name).filter(({ availableAt }) => availableAt <= clock.now());
      return served.map(({ event }) => identityOfEvent(name, event)).filter((id) => !kept.has(id));
    },
  };
}

// Columns keep their types in memory; the tenant's ids are read from rows as they travel.
function asJson(row: Row): JsonObject {
  const json = parseJson(JSON.stringify(row));
  return isJsonObject(json) ? json : {};
}

function identityIn(feed: Feed, { RawText }: JsonObject): readonly string[] {
  if (typeof RawText !== 'string') return [];
  try {
    const event = parseJson(RawText);
    return isJsonObject(event) ? [identityOfEvent(tenantName(feed), event)] : [];
  } catch {
    return [];
  }
}

/** A batch feed's cursor. */
export function batchCursor(cursor: Cursor | undefined): BatchCursor {
  if (cursor?.kind !== 'batch') throw new Error('It is no cursor of a batch feed.');
  return cursor;
}

/** The values that stand more than once. */
export function repeated(values: readonly string[]): readonly string[] {
  return values.filter((value, index) => values.indexOf(value) !== index);
}
