import { RestError } from '@azure/core-rest-pipeline';
import type { TableClient } from '@azure/data-tables';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { checkpointTable } from '../../functions/azure/checkpoint-table.ts';
import { type CheckpointsOptions, tableCheckpoints } from '../../functions/azure/checkpoints.ts';
import { type Credential, managedIdentity } from '../../functions/azure/credential.ts';
import type { Cursor } from '../../functions/collect/cursor.ts';
import { ConnectorError } from '../../functions/collect/fault.ts';
import type { Lease } from '../../functions/collect/ports.ts';
import { type Tables, startTables } from '../../local/azure/tables.ts';
import { type FakeClock, fakeClock } from '../fakes/clock.ts';
import { type Stage, stage } from '../local/azure/stage.ts';

let set: Stage;
let credential: Credential;
let tables: Tables;
let client: TableClient;
let clock: FakeClock;

const { signal } = new AbortController();
const key = ['mimecast', 'Audit'] as const;
const table = 'MimecastCheckpoints';
const minuteMs = 60_000;
const until = (token: string): Cursor => ({
  kind: 'window',
  until: '2026-01-15T12:00:00.000Z',
  open: { from: '2026-01-15T12:00:00Z', to: '2026-01-15T13:00:00Z', token },
  recent: new Uint8Array(),
  seen: new Uint8Array(),
});

beforeAll(async () => {
  set = await stage();
  credential = managedIdentity({ clock: fakeClock() });
});
afterAll(async () => set.identity.close());
beforeEach(async () => {
  tables = await startTables({ ...set, name: 'contoso' });
  client = checkpointTable({ kind: 'url', url: tables.url, table }, credential);
  clock = fakeClock();
});
afterEach(async () => tables.close());

function checkpoints(changes: Partial<CheckpointsOptions> = {}) {
  return tableCheckpoints({ client, account: 'mimecast', clock, random: () => 0, ...changes });
}

function take(runId: string, changes?: Partial<CheckpointsOptions>, within = signal): Promise<Lease> {
  return checkpoints(changes).take('Audit', runId, clock.now() + 5 * minuteMs, within);
}

async function failure(promise: Promise<unknown>): Promise<ConnectorError> {
  const error = await promise.catch((reason: unknown) => reason);
  if (!(error instanceof ConnectorError)) throw new Error('expected a ConnectorError', { cause: error });
  return error;
}

const stored = () => client.getEntity<Record<string, unknown>>(...key);

describe('a checkpoint', () => {
  it('is not there at first, then what was saved last', async () => {
    const first = await take('run 1');
    expect(first).toMatchObject({ checkpoint: undefined, keepsakes: { unsentHealth: [] } });
    await first.save(until('a'), signal);
    clock.advance(minuteMs);
    await first.save(until('b'), signal);
    const savedAt = clock.now();
    clock.advance(minuteMs);
    await first.release({ unsentHealth: ['{"Feed":"Audit"}'], forbiddenSince: 1_700_000_000_000 }, signal);
    const second = await take('run 2');
    expect(second.checkpoint).toEqual({ cursor: until('b'), savedAt });
    expect(second.keepsakes).toEqual({ unsentHealth: ['{"Feed":"Audit"}'], forbiddenSince: 1_700_000_000_000 });
  });

  it('keeps cursor and keepsakes of earlier runs through a run that saves nothing', async () => {
    const first = await take('run 1');
    await first.save(until('a'), signal);
    await first.release({ unsentHealth: ['1'] }, signal);
    const second = await take('run 2');
    await second.release(second.keepsakes, signal);
    expect(await take('run 3')).toMatchObject({
      checkpoint: { cursor: until('a') },
      keepsakes: { unsentHealth: ['1'] },
    });
  });

  it('can be read by a person', async () => {
    const lease = await take('run 1');
    await lease.save(until('a'), signal);
    expect(await stored()).toMatchObject({
      Version: 1,
      RunId: 'run 1',
      SavedAt: new Date(clock.now()),
      LeaseUntil: new Date(lease.until),
      Cursor:
        '{"kind":"window","until":"2026-01-15T12:00:00.000Z","open":{"from":"2026-01-15T12:00:00Z","to":"2026-01-15T13:00:00Z","token":"a"}}',
    });
  });

  it('is kept for each account and feed apart, also with a connection string', async () => {
    const settings = { kind: 'connectionString', connectionString: tables.connectionString, table } as const;
    await (await take('run 1')).save(until('a'), signal);
    const changes = { client: checkpointTable(settings, credential), account: 'other' };
    expect((await take('run 2', changes)).checkpoint).toBeUndefined();
    const other = await checkpoints().take('Seg_Cg', 'run 3', clock.now() + 1, signal);
    expect(other.checkpoint).toBeUndefined();
  });
});

describe('a lease', () => {
  it('keeps other runs out until it is released', async () => {
    const lease = await take('run 1');
    const error = await failure(take('run 2'));
    expect(error.fault).toBe('superseded');
    expect(error.message).toBe('The run run 1 holds the checkpoint of Audit until 2026-01-15T12:05:00.000Z.');
    await lease.release({ unsentHealth: [] }, signal);
    await take('run 2');
  });

  it('ends by the clock when its run was killed, and says so', async () => {
    const warn = vi.fn<(message: string, fields?: object) => void>();
    await take('run 1');
    clock.advance(5 * minuteMs - 1);
    expect(await failure(take('run 2'))).toMatchObject({ fault: 'superseded' });
    clock.advance(1);
    await take('run 2', { log: { warn } });
    expect(warn).toHaveBeenCalledExactlyOnceWith(expect.any(String), { feed: 'Audit', runId: 'run 1' });
  });

  it('lets a run that outlived it save nothing once another has taken it', async () => {
    const late = await take('run 1');
    clock.advance(5 * minuteMs);
    const next = await take('run 2');
    const error = await failure(late.save(until('late'), signal));
    expect(error).toMatchObject({ fault: 'superseded', message: expect.stringContaining('run 2') });
    expect(await failure(late.release({ unsentHealth: ['late'] }, signal))).toMatchObject({ fault: 'superseded' });
    await next.save(until('next'), signal);
    await next.release({ unsentHealth: [] }, signal);
    expect(await take('run 3')).toMatchObject({
      checkpoint: { cursor: { open: { token: 'next' } } },
      keepsakes: { unsentHealth: [] },
    });
  });

  it('goes to one of several runs that start at once', async () => {
    for (const round of [1, 2]) {
      const runs = ['a', 'b', 'c', 'd', 'e'].map((name) => take(`${name} ${round}`));
      const taken = await Promise.allSettled(runs);
      const won = taken.filter(({ status }) => status === 'fulfilled');
      const lost = taken.filter((each) => each.status === 'rejected').map(({ reason }) => reason);
      expect(won).toHaveLength(1);
      expect(lost).toEqual(Array(4).fill(expect.objectContaining({ fault: 'superseded' })));
      clock.advance(5 * minuteMs);
    }
  });

  it('is lost when the entity is removed', async () => {
    const lease = await take('run 1');
    await client.deleteEntity(...key);
    expect(await failure(lease.save(until('a'), signal))).toMatchObject({ fault: 'superseded' });
  });
});

describe('a write whose reply is lost', () => {
  it.for(['busyAfterAccept', 'resetAfterAccept'] as const)('is taken as done after %s', async (kind) => {
    for (const runId of ['run 1', 'run 2']) {
      tables.trouble({ kind, writes: true, times: 1 });
      const lease = await take(runId);
      tables.trouble({ kind, writes: true, times: 2 });
      await lease.save(until(runId), signal);
      tables.trouble({ kind, writes: true, times: 1 });
      await lease.release({ unsentHealth: [runId] }, signal);
    }
    expect(await take('run 3')).toMatchObject({
      checkpoint: { cursor: until('run 2') },
      keepsakes: { unsentHealth: ['run 2'] },
    });
  });

  it('does not shut its own run out when it is done only after it was given up', async () => {
    const lease = await take('run 1');
    const { requests } = tables;
    const abort = new AbortController();
    tables.trouble({ kind: 'slow', ms: 100, writes: true, times: 1 });
    const saving = failure(lease.save(until('a'), abort.signal));
    await vi.waitFor(() => expect(tables.requests).toBeGreaterThan(requests));
    abort.abort();
    expect(await saving).toMatchObject({ fault: 'unavailable', code: 'aborted' });
    await vi.waitFor(async () => expect(await stored()).toMatchObject({ Write: 2 }));
    await lease.save(until('b'), signal);
    expect(await stored()).toMatchObject({ Write: 3, Cursor: expect.stringContaining('"token":"b"') });
  });
});

describe('a store in trouble', () => {
  it.for(['status503', 'status500', 'throttled', 'resetBefore'] as const)('is waited for on %s', async (kind) => {
    tables.trouble({ kind, times: 3 });
    const lease = await take('run 1');
    tables.trouble({ kind, times: 3 });
    await lease.save(until('a'), signal);
    expect((await stored())['Cursor']).toContain('"token":"a"');
  });

  it('is unavailable when it stays so, and the run can try again later', async () => {
    const lease = await take('run 1');
    tables.trouble({ kind: 'status503' });
    expect(await failure(lease.save(until('a'), signal))).toMatchObject({ fault: 'unavailable', code: 'ServerBusy' });
    expect(await failure(take('run 2'))).toMatchObject({ fault: 'unavailable' });
    await tables.calm();
    await lease.save(until('a'), signal);
  });

  it('is given up when it hangs, after its time-out or when the signal aborts', async () => {
    tables.trouble({ kind: 'hang', times: 1 });
    await take('run 1', { timeoutMs: 100 });
    tables.trouble({ kind: 'hang' });
    const abort = new AbortController();
    const { requests } = tables;
    const taking = failure(take('run 2', {}, abort.signal));
    await vi.waitFor(() => expect(tables.requests).toBeGreaterThan(requests));
    abort.abort();
    expect(await taking).toMatchObject({ fault: 'unavailable', code: 'aborted' });
  });
});

describe('a store that is set up wrong', () => {
  const wrong = { fault: 'denied', message: expect.stringMatching(/CHECKPOINT_STORAGE/) };

  it('is denied without the role', async () => {
    tables.trouble({ kind: 'forbidden' });
    const { requests } = tables;
    const error = await failure(take('run 1'));
    expect(error).toMatchObject(wrong);
    expect(error.message).toContain('Storage Table Data Contributor');
    expect(tables.requests - requests).toBe(1);
  });

  it('gets over one refused token and is denied at the second', async () => {
    tables.trouble({ kind: 'unauthorized', times: 1 });
    await take('run 1');
    tables.trouble({ kind: 'unauthorized' });
    expect(await failure(take('run 2'))).toMatchObject(wrong);
  });

  it('is denied when the account does not exist', async () => {
    client.pipeline.addPolicy({
      name: 'noSuchHost',
      sendRequest: () => Promise.reject(new RestError('getaddrinfo ENOTFOUND', { code: 'ENOTFOUND' })),
    });
    expect(await failure(take('run 1'))).toMatchObject(wrong);
  });

  it('is denied when the URL is another service’s', async () => {
    tables.trouble({ kind: 'partial', every: 1, status: 404 });
    expect(await failure(take('run 1'))).toMatchObject(wrong);
  });

  it('is denied for something that is no connection string, without showing it', () => {
    const settings = { kind: 'connectionString', connectionString: 'AccountKey=abc', table } as const;
    expect(() => checkpointTable(settings, credential)).toThrow(expect.objectContaining(wrong));
    expect(() => checkpointTable(settings, credential)).not.toThrow('abc');
  });
});

describe('a checkpoint that cannot be read', () => {
  const entity = { partitionKey: key[0], rowKey: key[1], Version: 1, RunId: 'run 0', Write: 7, SavedAt: new Date(0) };

  it.for([
    ['{"kind":"batch"', /no JSON/],
    ['{"kind":"stream"}', /kind/],
    ['{"kind":"window","until":"yesterday"}', /until: expected an ISO time/],
    ['{"kind":"batch","listing":{"from":"15.1.2026"},"done":[],"failed":{},"line":-1}', /listing\.from.*line/],
    ['{"kind":"snapshot","takenAt":"2026-01-15T00:00:00Z","done":true,"tokn":"x"}', /tokn/],
  ] as const)('stops the feed and stays as it is: %s', async ([Cursor, reason]) => {
    await client.createTable();
    const { etag } = await client.createEntity({ ...entity, Cursor });
    const error = await failure(take('run 1'));
    expect(error.fault).toBe('malformed');
    expect(error.message).toMatch(reason);
    expect(error.message).toMatch(/checkpoint of Audit .*`npm run rewind -- --feed Audit --to yyyy-mm-dd`/);
    expect((await stored()).etag).toBe(etag);
  });

  it('can be set anew where that is asked for', async () => {
    await client.createTable();
    await client.createEntity({ ...entity, Cursor: '{' });
    const lease = await take('rewind', { replaceUnreadable: true });
    expect(lease.checkpoint).toBeUndefined();
    await lease.save(until('a'), signal);
    await lease.release({ unsentHealth: [] }, signal);
    expect((await take('run 1')).checkpoint?.cursor).toEqual(until('a'));
  });

  it('is left alone when a newer connector wrote it', async () => {
    await client.createTable();
    await client.createEntity({ ...entity, Version: 2, Cursor: '{}' });
    const error = await failure(take('run 1', { replaceUnreadable: true }));
    expect(error).toMatchObject({ fault: 'malformed', message: expect.stringMatching(/version 2.*newer connector/) });
  });
});
