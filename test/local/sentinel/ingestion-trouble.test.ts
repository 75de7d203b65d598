import { ManagedIdentityCredential } from '@azure/identity';
import { AggregateLogsUploadError, LogsIngestionClient } from '@azure/monitor-ingestion';
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import { type Ingestion, startIngestion } from '../../../local/sentinel/ingestion.ts';
import { type Stage, hosts, stage } from '../azure/stage.ts';

let set: Stage;
let ingestion: Ingestion;

beforeAll(async () => {
  set = await stage();
});
afterAll(async () => set.identity.close());
beforeEach(async () => {
  const rules = [{ id: 'dcr-1', tables: ['A_CL', 'B_CL'] }];
  ingestion = await startIngestion({ ...set, rules, columns: () => ({ Name: 'string' }) });
});
afterEach(async () => ingestion.close());

/** Sends one row with the real client. @returns `accepted`, or the status or code it failed with */
async function upload(table = 'A_CL', maxRetries = 0): Promise<unknown> {
  const retryOptions = { maxRetries, retryDelayInMs: 1, maxRetryDelayInMs: 1 };
  const client = new LogsIngestionClient(ingestion.endpoint(hosts.ingestion), new ManagedIdentityCredential(), {
    retryOptions,
  });
  try {
    await client.upload('dcr-1', `Custom-${table}`, [{ Name: 'n' }]);
    return 'accepted';
  } catch (error) {
    const cause: unknown = error instanceof AggregateLogsUploadError ? error.errors[0]?.cause : error;
    if (!(cause instanceof Error)) throw error;
    return 'statusCode' in cause && cause.statusCode !== undefined
      ? cause.statusCode
      : 'code' in cause
        ? cause.code
        : cause.message;
  }
}

test.each([
  ['unauthorized', 401],
  ['forbidden', 403],
  ['tooLarge', 413],
  ['throttled', 429],
  ['status500', 500],
  ['status502', 502],
  ['status503', 503],
  ['status504', 504],
  ['resetBefore', 'ECONNRESET'],
] as const)('%s: the client fails with %s and no row is stored, then all is well', async (kind, failure) => {
  ingestion.trouble({ kind, times: 1 });
  expect([await upload(), ingestion.store.count('A_CL')]).toEqual([failure, 0]);
  expect([await upload(), ingestion.store.count('A_CL')]).toEqual(['accepted', 1]);
});

test('throttled with Retry-After: the client comes back by itself; without it does not', async () => {
  ingestion.trouble({ kind: 'throttled', retryAfterSeconds: 0, times: 1 });
  expect(await upload('A_CL', 1)).toBe('accepted');
  ingestion.trouble({ kind: 'throttled', times: 1 });
  expect(await upload('A_CL', 1)).toBe(429);
});

test('a trouble of one table spares the others', async () => {
  ingestion.trouble({ kind: 'forbidden', table: 'B_CL', after: 1 });
  expect(await upload('B_CL')).toBe('accepted');
  expect([await upload('B_CL'), await upload('A_CL'), await upload('B_CL')]).toEqual([403, 'accepted', 403]);
  await ingestion.calm();
  expect(await upload('B_CL')).toBe('accepted');
});

test('resetAfterAccept: the rows are stored although the client saw no answer, so its retry doubles them', async () => {
  ingestion.trouble({ kind: 'resetAfterAccept', times: 1 });
  expect([await upload(), ingestion.store.count('A_CL')]).toEqual(['ECONNRESET', 1]);
  ingestion.trouble({ kind: 'resetAfterAccept', times: 1 });
  expect([await upload('A_CL', 1), ingestion.store.count('A_CL')]).toEqual(['accepted', 3]);
});

test('busyAfterAccept: the rows are stored although the answer is 503', async () => {
  ingestion.trouble({ kind: 'busyAfterAccept', times: 1 });
  expect([await upload(), ingestion.store.count('A_CL')]).toEqual([503, 1]);
});

test('partial: every nth body is refused', async () => {
  ingestion.trouble({ kind: 'partial', every: 2 });
  const results: unknown[] = [];
  for (let body = 0; body < 5; body++) results.push(await upload());
  expect([results, ingestion.store.count('A_CL')]).toEqual([['accepted', 500, 'accepted', 500, 'accepted'], 3]);
});

test('slow: the client is answered late', async () => {
  ingestion.trouble({ kind: 'slow', ms: 120 });
  const startedAt = performance.now();
  expect(await upload()).toBe('accepted');
  expect(performance.now() - startedAt).toBeGreaterThan(110);
});

test('hang: the client waits until the endpoint closes', async () => {
  ingestion.trouble({ kind: 'hang' });
  let isSettled = false;
  const uploading = upload().finally(() => {
    isSettled = true;
  });
  while (ingestion.requests === 0) await new Promise(setImmediate);
  const stored = ingestion.store.count('A_CL');
  expect([isSettled, stored]).toEqual([false, 0]);
  await ingestion.close();
  expect(await uploading).toBe('ECONNRESET');
});

test('down: the client cannot connect until calm', async () => {
  ingestion.trouble({ kind: 'down' });
  expect([await upload(), await upload()]).toEqual(['ECONNREFUSED', 'ECONNREFUSED']);
  await ingestion.calm();
  expect(await upload()).toBe('accepted');
});
