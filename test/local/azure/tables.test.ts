import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { TableClient } from '@azure/data-tables';
import { ManagedIdentityCredential } from '@azure/identity';
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import { type Tables, startTables } from '../../../local/azure/tables.ts';
import { type Stage, failureOf, stage } from './stage.ts';

let set: Stage;
let tables: Tables;
let client: TableClient;

const key = { partitionKey: 'mimecast', rowKey: 'Seg_Cg' };
const fast = { retryOptions: { maxRetries: 2, retryDelayInMs: 1, maxRetryDelayInMs: 1 } };
const connect = (): TableClient =>
  new TableClient(tables.url, 'MimecastCheckpoints', new ManagedIdentityCredential(), fast);
const valueNow = async (): Promise<unknown> => (await client.getEntity(key.partitionKey, key.rowKey))['value'];

beforeAll(async () => {
  set = await stage();
});
afterAll(async () => set.identity.close());
beforeEach(async () => {
  tables = await startTables({ ...set, name: 'contoso' });
  client = connect();
  await client.createTable();
});
afterEach(async () => tables.close());

test('serves the real client with a managed identity under the account’s own host name', async () => {
  expect(tables.url).toBe(`https://contoso.table.core.windows.net:${tables.port}`);
  const { etag } = await client.createEntity({ ...key, value: 1, bytes: new Uint8Array([1, 2]), big: 2n ** 60n });
  const entity = await client.getEntity(key.partitionKey, key.rowKey);
  expect(entity).toMatchObject({ ...key, etag, value: 1, bytes: Buffer.from([1, 2]), big: 2n ** 60n });
});

test('guards entities as Azure does', async () => {
  const { etag = '' } = await client.createEntity({ ...key, value: 1 });
  expect(await failureOf(client.createEntity({ ...key, value: 2 }))).toMatchObject({
    status: 409,
    code: 'EntityAlreadyExists',
  });
  await client.updateEntity({ ...key, value: 2 }, 'Replace', { etag });
  const stale = client.updateEntity({ ...key, value: 3 }, 'Replace', { etag });
  expect(await failureOf(stale)).toMatchObject({ status: 412, code: 'UpdateConditionNotSatisfied' });
  expect(await failureOf(client.getEntity('mimecast', 'nothing'))).toMatchObject({
    status: 404,
    code: 'ResourceNotFound',
  });
});

test('takes keys with characters that a URL escapes', async () => {
  const odd = { partitionKey: "O'Brien & Söhne", rowKey: 'a b+c' };
  await client.upsertEntity({ ...odd, value: 5 }, 'Replace');
  expect((await client.getEntity(odd.partitionKey, odd.rowKey))['value']).toBe(5);
});

test('lists and filters, and does a transaction wholly or not at all', async () => {
  await client.submitTransaction(['a', 'b', 'c'].map((rowKey) => ['create', { partitionKey: 'p', rowKey }]));
  const failed = client.submitTransaction([
    ['create', { partitionKey: 'p', rowKey: 'd' }],
    ['create', { partitionKey: 'p', rowKey: 'a' }],
  ]);
  expect((await failureOf(failed)).status).toBe(409);
  const rowKeys: unknown[] = [];
  for await (const { rowKey } of client.listEntities({ queryOptions: { filter: "RowKey gt 'a'" } }))
    rowKeys.push(rowKey);
  expect(rowKeys).toEqual(['b', 'c']);
});

test('serves a connection string with the account’s key', async () => {
  const keyed = TableClient.fromConnectionString(tables.connectionString, 'MimecastCheckpoints');
  await keyed.createEntity({ ...key, value: 'keyed' });
  expect(await valueNow()).toBe('keyed');
});

test('is reached at 127.0.0.1 when it has no name', async () => {
  const unnamed = await startTables(set);
  const direct = new TableClient(unnamed.url, 'Direct', new ManagedIdentityCredential());
  await direct.createTable();
  await direct.createEntity({ ...key, value: 1 });
  expect((await direct.getEntity(key.partitionKey, key.rowKey))['value']).toBe(1);
  await unnamed.close();
});

test('refuses no token, a token for another audience, and a wrong key', async () => {
  const other = await new ManagedIdentityCredential().getToken('https://monitor.azure.com/.default');
  for (const headers of [{}, { authorization: `Bearer ${other.token}` }]) {
    const response = await fetch(`${tables.url}/Tables`, { headers });
    expect([response.status, response.headers.get('x-ms-error-code')]).toEqual([401, 'InvalidAuthenticationInfo']);
  }
  const wrong = tables.connectionString.replace(
    /AccountKey=[^;]+/,
    `AccountKey=${Buffer.alloc(64, 1).toString('base64')}`,
  );
  const keyed = TableClient.fromConnectionString(wrong, 'MimecastCheckpoints');
  expect((await failureOf(keyed.createEntity(key))).status).toBe(403);
});

test('keeps its tables in a folder', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'tables-'));
  for (const run of ['first', 'second']) {
    const kept = await startTables({ ...set, folder });
    const direct = new TableClient(kept.url, 'Kept', new ManagedIdentityCredential());
    await direct.createTable();
    if (run === 'first') await direct.createEntity({ ...key, value: 7 });
    expect((await direct.getEntity(key.partitionKey, key.rowKey))['value']).toBe(7);
    await kept.close();
  }
  await rm(folder, { recursive: true });
});

test('busyAfterAccept: the write wins, the answer is 503, and the client’s retry meets 412', async () => {
  const { etag = '' } = await client.createEntity({ ...key, value: 1 });
  tables.trouble({ kind: 'busyAfterAccept', writes: true, times: 1, retryAfterSeconds: 0 });
  const update = client.updateEntity({ ...key, value: 2 }, 'Replace', { etag });
  expect(await failureOf(update)).toMatchObject({ status: 412, code: 'UpdateConditionNotSatisfied' });
  expect(await valueNow()).toBe(2);
});

test('resetAfterAccept: the write wins, the connection breaks, and the client’s retry meets 412', async () => {
  const { etag = '' } = await client.createEntity({ ...key, value: 1 });
  tables.trouble({ kind: 'resetAfterAccept', writes: true, times: 1 });
  expect((await failureOf(client.updateEntity({ ...key, value: 2 }, 'Replace', { etag }))).status).toBe(412);
  expect(await valueNow()).toBe(2);
});

test('status503: says ServerBusy and writes nothing', async () => {
  await client.createEntity({ ...key, value: 1 });
  tables.trouble({ kind: 'status503', writes: true, times: 3 });
  expect(await failureOf(client.upsertEntity({ ...key, value: 2 }, 'Replace'))).toMatchObject({
    status: 503,
    code: 'ServerBusy',
  });
  expect(await valueNow()).toBe(1);
});

test('forbidden: says which right is missing', async () => {
  tables.trouble({ kind: 'forbidden' });
  expect(await failureOf(valueNow())).toMatchObject({ status: 403, code: 'AuthorizationPermissionMismatch' });
});

test('slow and down: the client waits, or cannot connect until calm', async () => {
  await client.createEntity({ ...key, value: 1 });
  tables.trouble({ kind: 'slow', ms: 120, times: 1 });
  const startedAt = performance.now();
  expect(await valueNow()).toBe(1);
  expect(performance.now() - startedAt).toBeGreaterThan(110);
  tables.trouble({ kind: 'down' });
  expect((await failureOf(valueNow())).code).toBe('ECONNREFUSED');
  await tables.calm();
  expect(await valueNow()).toBe(1);
});

test('a trouble can concern writes alone, or one entity', async () => {
  tables.trouble({ kind: 'forbidden', writes: true, entity: 'Seg_Cg' });
  expect((await failureOf(client.createEntity({ ...key, value: 1 }))).status).toBe(403);
  expect((await failureOf(client.upsertEntity({ ...key, value: 1 }, 'Merge'))).status).toBe(403);
  await client.createEntity({ ...key, rowKey: 'Seg_Dlp', value: 1 });
  expect((await failureOf(valueNow())).status).toBe(404);
  await client.createTable();
});
