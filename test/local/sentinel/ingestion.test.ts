import { gzipSync } from 'node:zlib';
import { ManagedIdentityCredential } from '@azure/identity';
import { LogsIngestionClient } from '@azure/monitor-ingestion';
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import { type Ingestion, startIngestion } from '../../../local/sentinel/ingestion.ts';
import { openStore } from '../../../local/sentinel/store.ts';
import { type Stage, failureOf, hosts, stage } from '../azure/stage.ts';

const mebibyte = 1024 * 1024;
const columns = { TimeGenerated: 'dateTime', Name: 'string', Count: 'long' } as const;
const rules = [
  { id: 'dcr-1', tables: ['A_CL', 'B_CL'] },
  { id: 'dcr-2', tables: ['C_CL'] },
];
let set: Stage;
let token: string;
let ingestion: Ingestion;

beforeAll(async () => {
  set = await stage();
  token = (await new ManagedIdentityCredential().getToken('https://monitor.azure.com/.default')).token;
});
afterAll(async () => set.identity.close());
beforeEach(async () => {
  ingestion = await startIngestion({ ...set, rules, columns: () => columns });
});
afterEach(async () => ingestion.close());

interface Sent {
  readonly path?: string;
  readonly headers?: Record<string, string>;
  readonly body?: string | Buffer<ArrayBuffer>;
  readonly method?: string;
}

const streamA = '/dataCollectionRules/dcr-1/streams/Custom-A_CL?api-version=2023-01-01';

/** @returns the status, and the code of the error if there is one */
async function send({
  path = streamA,
  headers = {},
  body = '[{"Name":"n"}]',
  method = 'POST',
}: Sent = {}): Promise<string> {
  const all = { authorization: `Bearer ${token}`, 'content-type': 'application/json', ...headers };
  const response = await fetch(ingestion.endpoint() + path, {
    method,
    headers: all,
    ...(method === 'GET' ? {} : { body }),
  });
  const code = /"code":"(\w+)"/.exec(await response.text())?.[1];
  return code === undefined ? String(response.status) : `${response.status} ${code}`;
}

const gzip = { 'content-encoding': 'gzip' };

/** A JSON array of one row, of exactly that many bytes. */
function bodyOf(bytes: number): string {
  return `[{"Name":"${'x'.repeat(bytes - 13)}"}]`;
}

test('takes rows from the real client under the endpoint’s own host name', async () => {
  const client = new LogsIngestionClient(ingestion.endpoint(hosts.ingestion), new ManagedIdentityCredential());
  const rows = Array.from({ length: 2500 }, (_, Count) => ({
    Count,
    Name: 'x'.repeat(900),
    TimeGenerated: new Date(),
  }));
  await client.upload('dcr-1', 'Custom-B_CL', rows);
  expect(new Set([...ingestion.store.rows('B_CL')].map(({ row }) => row['Count'])).size).toBe(2500);
  expect(ingestion.totals).toMatchObject({ bodies: 3, rows: 2500, full: 2 });
  expect(ingestion.bodies.map(({ table }) => table)).toEqual(['B_CL', 'B_CL', 'B_CL']);
  for (const { bytes, compressedBytes } of ingestion.bodies) expect(compressedBytes).toBeLessThan(bytes / 10);
  expect([ingestion.droppedColumns, ingestion.nulledCells, ingestion.truncatedCells]).toEqual([0, 0, 0]);
});

test('takes plain and gzip bodies, and reads percent-encoded query names', async () => {
  expect(await send()).toBe('204');
  expect(await send({ body: gzipSync('[{"Name":"zipped"},{}]'), headers: gzip })).toBe('204');
  expect(await send({ path: streamA.replace('api-version', 'api%2Dversion') })).toBe('204');
  expect([...ingestion.store.rows('A_CL')].map(({ row }) => row['Name'])).toEqual(['n', 'zipped', undefined, 'n']);
  expect(ingestion.bodies[1]).toEqual({
    table: 'A_CL',
    rows: 2,
    bytes: 22,
    compressedBytes: gzipSync('[{"Name":"zipped"},{}]').length,
  });
});

test('takes an empty array', async () => {
  expect(await send({ body: '[]' })).toBe('204');
  expect(ingestion.store.tables()).toEqual([]);
});

const json = '[{"Name":"n"}]';
test.each([
  ['no token', { headers: { authorization: '' } }, '401 Unauthorized'],
  ['no valid token', { headers: { authorization: 'Bearer a.b.c' } }, '401 Unauthorized'],
  ['an unknown rule', { path: streamA.replace('dcr-1', 'dcr-9') }, '404 NotFound'],
  ['another path', { path: '/' }, '404 NotFound'],
  ['another method', { method: 'GET' }, '404 NotFound'],
  ['a stream of another rule', { path: streamA.replace('A_CL', 'C_CL') }, '400 InvalidStream'],
  ['a table without Custom-', { path: streamA.replace('Custom-', '') }, '400 InvalidStream'],
  ['no api-version', { path: streamA.replace(/\?.*/, '') }, '400 InvalidApiVersion'],
  ['another api-version', { path: streamA.replace('2023', '2021') }, '400 InvalidApiVersion'],
  ['no JSON', { body: '[{"Name":"n"}' }, '400 InvalidPayload'],
  ['no UTF-8', { body: Buffer.from('[{"Name":"\xe9"}]', 'latin1') }, '400 InvalidPayload'],
  ['an object', { body: '{"Name":"n"}' }, '400 InvalidPayload'],
  ['a list of something else', { body: '[{"Name":"n"},7]' }, '400 InvalidPayload'],
  ['broken gzip', { body: gzipSync(json).subarray(0, 20), headers: gzip }, '400 InvalidPayload'],
  ['plain text said to be gzip', { body: json, headers: gzip }, '400 InvalidPayload'],
  ['another encoding', { headers: { 'content-encoding': 'br' } }, '415 UnsupportedMediaType'],
  ['another content type', { headers: { 'content-type': 'text/plain' } }, '415 UnsupportedMediaType'],
])('refuses a call with %s, wholly', async (_, sent, answer) => {
  expect(await send(sent)).toBe(answer);
  expect([ingestion.store.tables(), ingestion.totals.bodies]).toEqual([[], 0]);
});

test('refuses a token for another audience, unless it is the one it was started for', async () => {
  const { token: other } = await new ManagedIdentityCredential().getToken('https://monitor.azure.us/.default');
  const headers = { authorization: `Bearer ${other}` };
  expect(await send({ headers })).toBe('401 Unauthorized');
  await ingestion.close();
  ingestion = await startIngestion({ ...set, rules, columns: () => columns, audience: 'https://monitor.azure.us' });
  expect([await send({ headers }), await send()]).toEqual(['204', '401 Unauthorized']);
});

test('takes 1 MiB and not a byte more, compressed or not', async () => {
  expect(await send({ body: bodyOf(mebibyte) })).toBe('204');
  expect(await send({ body: gzipSync(bodyOf(mebibyte)), headers: gzip })).toBe('204');
  expect(ingestion.totals).toEqual({ bodies: 2, rows: 2, bytes: 2 * mebibyte, full: 2 });
  const tooLong = '413 ContentLengthLimitExceeded';
  expect(await send({ body: bodyOf(mebibyte + 1) })).toBe(tooLong);
  expect(await send({ body: gzipSync(bodyOf(mebibyte + 1)), headers: gzip })).toBe(tooLong);
  expect(await send({ body: bodyOf(9 * mebibyte) })).toBe(tooLong);
  expect(ingestion.store.count('A_CL')).toBe(2);
});

test('speaks https only', async () => {
  const plain = ingestion.endpoint().replace('https:', 'http:') + streamA;
  expect((await failureOf(fetch(plain, { method: 'POST', body: json }))).message).toBe('fetch failed');
});

test('counts what a rule’s stream loses', async () => {
  await send({ body: JSON.stringify([{ Name: 'x'.repeat(70_000), Count: 'many', Other: 1, More: 2 }]) });
  expect([ingestion.droppedColumns, ingestion.nulledCells, ingestion.truncatedCells]).toEqual([2, 1, 1]);
  expect(ingestion.losses()).toContainEqual({ table: 'A_CL', column: 'Other', kind: 'dropped', cells: 1 });
});

test('stamps rows by its clock and puts them into the store it was given', async () => {
  await ingestion.close();
  const store = openStore(':memory:');
  const now = Date.now() + 60_000;
  ingestion = await startIngestion({ ...set, rules, columns: () => columns, store, clock: { now: () => now } });
  await send();
  await ingestion.close();
  expect([...store.rows('A_CL')]).toMatchObject([{ timeGenerated: now, arrival: now }]);
  store.close();
});

test('takes a simulated arrival', async () => {
  await ingestion.close();
  ingestion = await startIngestion({
    ...set,
    rules,
    columns: () => columns,
    startedAt: 2000,
    arrival: (table) => (table === 'A_CL' ? 1000 : 3000),
  });
  await send();
  await send({ path: streamA.replace('A_CL', 'B_CL') });
  expect([...ingestion.store.rows('A_CL')].map(({ arrival }) => arrival)).toEqual([1000]);
  expect([...ingestion.store.rows('B_CL')].every(({ arrival }) => arrival > 3000)).toBe(true);
});
