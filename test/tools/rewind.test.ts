import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { checkpointTable } from '../../functions/azure/checkpoint-table.ts';
import { tableCheckpoints } from '../../functions/azure/checkpoints.ts';
import { managedIdentity } from '../../functions/azure/credential.ts';
import { systemClock } from '../../functions/clock.ts';
import { createCertificate, trust } from '../../local/azure/certificate.ts';
import { type Tables, startTables } from '../../local/azure/tables.ts';
import { readArguments, rewind } from '../../tools/rewind.ts';

const now = Date.UTC(2026, 10, 21, 12);
let tables: Tables;
beforeAll(async () => {
  const tls = await createCertificate([]);
  trust(tls.cert);
  tables = await startTables({ tls });
});
afterAll(() => tables.close());

function checkpoints() {
  const { connectionString } = tables;
  const storage = { kind: 'connectionString', connectionString, table: 'MimecastCheckpoints' } as const;
  const client = checkpointTable(storage, managedIdentity({ clock: systemClock }));
  return tableCheckpoints({ client, account: 'mimecast', clock: systemClock, random: () => 0 });
}

const take = (feed: string, run: string) =>
  checkpoints().take(feed, run, systemClock.now() + 60_000, AbortSignal.timeout(10_000));

describe('rewind', () => {
  test.each([
    ['SegCg', { kind: 'batch', listing: { from: '2026-11-01' }, done: [], failed: {}, line: 0 }],
    ['Audit', { kind: 'window', until: '2026-11-01T00:20:00.000Z', recent: new Uint8Array(), seen: new Uint8Array() }],
  ])('moves %s back to a day and leaves its lease free', async (feed, cursor) => {
    await rewind(readArguments(['--feed', feed, '--to', '2026-11-01'], now), {
      CHECKPOINT_STORAGE: tables.connectionString,
    });
    const lease = await take(feed, 'the next run');
    expect(lease.checkpoint?.cursor).toEqual(cursor);
    await lease.release(lease.keepsakes, AbortSignal.timeout(10_000));
  });

  test('lets a snapshot be taken again', async () => {
    await rewind(readArguments(['--feed', 'awarenessuserdata', '--to', '2026-11-01'], now), {
      CHECKPOINT_STORAGE: tables.connectionString,
    });
    const lease = await take('AwarenessUserData', 'the next run');
    expect(lease.checkpoint?.cursor).toMatchObject({ kind: 'snapshot', done: false });
  });

  test('does not take the checkpoint from a run that holds it', async () => {
    await take('TtpUrl', 'a running run');
    const moving = rewind(readArguments(['--feed', 'TtpUrl', '--to', '2026-11-01'], now), {
      CHECKPOINT_STORAGE: tables.connectionString,
    });
    await expect(moving).rejects.toMatchObject({ fault: 'superseded' });
  });

  test.each([
    [['--to', '2026-11-01'], '--feed must be one of Audit'],
    [['--feed', 'Mail', '--to', '2026-11-01'], '--feed must be one of Audit'],
    [['--feed', 'Audit'], '--to must be a day'],
    [['--feed', 'Audit', '--to', '2026-13-01'], '--to must be a day'],
    [['--feed', 'Audit', '--to', '2026-11-22'], '--to must be a day that has begun'],
  ])('says what is wrong with %j', (args, message) => {
    expect(() => readArguments(args, now)).toThrow(message);
  });

  test('says which setting is missing', async () => {
    const moving = rewind(readArguments(['--feed', 'Audit', '--to', '2026-11-01'], now), {});
    await expect(moving).rejects.toThrow('CHECKPOINT_STORAGE');
  });
});
