import { TableClient } from '@azure/data-tables';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { checkpointTable } from '../../../functions/azure/checkpoint-table.ts';
import { tableCheckpoints } from '../../../functions/azure/checkpoints.ts';
import { managedIdentity } from '../../../functions/azure/credential.ts';
import { systemClock } from '../../../functions/clock.ts';
import { createCertificate, trust } from '../../../local/azure/certificate.ts';
import { type Tables, startTables } from '../../../local/azure/tables.ts';
import { feedsBegun, importState } from '../../../tools/upgrade/import-state.ts';
import { readOldState } from '../../../tools/upgrade/old-state.ts';

const now = Date.UTC(2026, 10, 21, 13);
const signal = () => AbortSignal.timeout(10_000);
let tables: Tables;
beforeAll(async () => {
  const tls = await createCertificate([]);
  trust(tls.cert);
  tables = await startTables({ tls });
});
afterAll(() => tables.close());

function store(account: string) {
  const storage = {
    kind: 'connectionString',
    connectionString: tables.connectionString,
    table: 'Checkpoints',
  } as const;
  const client: TableClient = checkpointTable(storage, managedIdentity({ clock: systemClock }));
  return { client, checkpoints: tableCheckpoints({ client, account, clock: systemClock, random: () => 0 }) };
}

const old = (name: string, state: object) =>
  [readOldState({ name, text: JSON.stringify(state), modifiedAt: now }, now)].flatMap((found) => found ?? []);

describe('checkpoints, for the way forth and back', () => {
  test('that an upgrade writes are of version 1, with nothing in them that version 1 has not', async () => {
    const { client, checkpoints } = store('forth');
    expect(await feedsBegun(checkpoints, systemClock)).toEqual(new Set());
    const states = [
      ...old('Checkpoint-SEG-CG', { nextPage: 'page' }),
      ...old('mimecastttpurl', { from_date: '2026-11-21T12:00:00Z', to_date: '2026-11-21T13:00:00Z', page_token: 'x' }),
    ];
    await importState(states, checkpoints, systemClock);
    expect(await feedsBegun(checkpoints, systemClock)).toEqual(new Set(['SegCg', 'TtpUrl']));
    const entities = [await client.getEntity('forth', 'SegCg'), await client.getEntity('forth', 'TtpUrl')];
    for (const entity of entities) {
      const own = Object.keys(entity).filter((name) => /^[A-Z]/.test(name));
      expect(own.toSorted()).toEqual(['Cursor', 'RunId', 'SavedAt', 'Version', 'Write']);
      expect(entity).toMatchObject({ Version: 1 });
    }
    expect(entities.map((entity) => entity['Cursor'])).toEqual([
      '{"kind":"batch","listing":{"from":"2026-11-20","token":"page"},"done":[],"failed":{},"line":0}',
      '{"kind":"window","until":"2026-11-21T12:00:00.000Z"}',
    ]);
  });

  test('that version 1 has written are read by this version', async () => {
    const { client, checkpoints } = store('back');
    await client.createTable();
    await client.createEntity({
      partitionKey: 'back',
      rowKey: 'Audit',
      Version: 1,
      RunId: 'a run of version 1',
      Write: 9,
      SavedAt: new Date(now),
      Cursor:
        '{"kind":"window","until":"2026-11-21T12:00:00.000Z","open":{"from":"2026-11-21T11:40:00.000Z","to":"2026-11-21T12:59:00.000Z","token":"t"}}',
      Recent_1: new Uint8Array(8),
      Seen_1: new Uint8Array(16),
      UnsentHealth: '["{}"]',
    });
    const lease = await checkpoints.take('Audit', 'the next run', systemClock.now() + 60_000, signal());
    expect(lease.checkpoint).toMatchObject({ savedAt: now, cursor: { kind: 'window', open: { token: 't' } } });
    expect(lease.keepsakes.unsentHealth).toEqual(['{}']);
  });

  test('of a version that this one does not know are left alone, and the person is told what to deploy', async () => {
    const { client, checkpoints } = store('newer');
    const entity = {
      partitionKey: 'newer',
      rowKey: 'Audit',
      Version: 2,
      RunId: 'r',
      Write: 1,
      Cursor: '{"kind":"new"}',
    };
    await client.createEntity(entity);
    const taking = checkpoints.take('Audit', 'the older connector', systemClock.now() + 60_000, signal());
    await expect(taking).rejects.toThrow('deploy the newer connector again');
    expect(await client.getEntity('newer', 'Audit')).toMatchObject({ Version: 2, Cursor: '{"kind":"new"}' });
  });
});
