import { once } from 'node:events';
import https from 'node:https';
import { connect } from 'node:net';
import { setImmediate } from 'node:timers/promises';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { type Tls, createCertificate, trust } from '../../../local/azure/certificate.ts';
import { type Served, serve } from '../../../local/azure/server.ts';
import { failureOf } from './stage.ts';

let tls: Tls;
let server: Served<{ path?: string }>;
let handled: string[];

beforeEach(async () => {
  handled = [];
  tls ??= await createCertificate([]);
  trust(tls.cert);
  server = await serve<{ path?: string }>({
    tls,
    handle: ({ url, body, size }) => {
      if (url.pathname === '/broken') throw new Error('handler failed');
      handled.push(url.pathname);
      return { status: 200, json: { body: body.toString().slice(0, 20), size } };
    },
    refuse: (status) => ({ status, json: { refused: status } }),
    concerns: ({ path }, { url }) => path === undefined || url.pathname === path,
  });
});
afterEach(async () => server.close());

const get = (path = '/', init: RequestInit = {}): Promise<Response> =>
  fetch(`https://127.0.0.1:${server.port}${path}`, init);

test('answers over https and counts requests', async () => {
  const response = await get('/a', { method: 'POST', body: 'hello' });
  expect([response.status, await response.json()]).toEqual([200, { body: 'hello', size: 5 }]);
  expect(response.headers.get('content-type')).toMatch(/^application\/json/);
  await get('/b');
  expect(server.requests).toBe(2);
});

test('drains a body of any length and keeps its first 8 MiB', async () => {
  const response = await get('/', { method: 'POST', body: Buffer.alloc(20 * 1024 * 1024, 'x') });
  expect(await response.json()).toEqual({ body: 'x'.repeat(20), size: 20 * 1024 * 1024 });
});

test('answers 500 when its handler fails', async () => {
  expect((await get('/broken')).status).toBe(500);
});

test.each([
  ['unauthorized', 401],
  ['forbidden', 403],
  ['tooLarge', 413],
  ['throttled', 429],
  ['status500', 500],
  ['status502', 502],
  ['status503', 503],
  ['status504', 504],
] as const)('%s: answers %i once, without handling the request', async (kind, status) => {
  server.trouble({ kind, times: 1 });
  const refused = await get();
  expect([refused.status, await refused.json(), handled]).toEqual([status, { refused: status }, []]);
  expect(refused.headers.has('retry-after')).toBe(false);
  expect((await get()).status).toBe(200);
});

test.each(['throttled', 'status503'] as const)('%s: says when to come back when told to', async (kind) => {
  server.trouble({ kind, retryAfterSeconds: 7 });
  expect((await get()).headers.get('retry-after')).toBe('7');
});

test('a filter spares other requests', async () => {
  server.trouble({ kind: 'status500', path: '/a' });
  expect([(await get('/a')).status, (await get('/b')).status]).toEqual([500, 200]);
});

test('slow: handles the request, later', async () => {
  server.trouble({ kind: 'slow', ms: 150, times: 1 });
  const startedAt = performance.now();
  const response = get('/late');
  expect(handled).toEqual([]);
  expect((await response).status).toBe(200);
  expect(performance.now() - startedAt).toBeGreaterThan(140);
  expect(handled).toEqual(['/late']);
});

test('hang: never answers, while others are answered, and close ends it', async () => {
  server.trouble({ kind: 'hang', times: 1 });
  const hanging = failureOf(get());
  while (server.requests === 0) await setImmediate();
  expect((await get('/next')).status).toBe(200);
  await server.close();
  expect((await hanging).message).toBe('fetch failed');
  expect(handled).toEqual(['/next']);
});

test('resetBefore: cuts the connection and handles nothing', async () => {
  server.trouble({ kind: 'resetBefore', times: 1 });
  const request = https.get(`https://127.0.0.1:${server.port}/`);
  const [error] = await once(request, 'error');
  expect([error.code, handled]).toEqual(['ECONNRESET', []]);
});

test('resetAfterAccept: handles the request, then cuts the connection', async () => {
  server.trouble({ kind: 'resetAfterAccept', times: 1 });
  const request = https.get(`https://127.0.0.1:${server.port}/kept`);
  const [error] = await once(request, 'error');
  expect([error.code, handled]).toEqual(['ECONNRESET', ['/kept']]);
});

test('busyAfterAccept: handles the request, then answers 503', async () => {
  server.trouble({ kind: 'busyAfterAccept', times: 1 });
  expect([(await get('/kept')).status, handled]).toEqual([503, ['/kept']]);
});

test('partial: refuses every nth request', async () => {
  server.trouble({ kind: 'partial', every: 3, status: 502 });
  const statuses: number[] = [];
  for (let i = 0; i < 7; i++) statuses.push((await get()).status);
  expect(statuses).toEqual([200, 200, 502, 200, 200, 502, 200]);
});

test('down: refuses connections at once, until calm', async () => {
  await get();
  server.trouble({ kind: 'down' });
  expect((await failureOf(get())).code).toBe('ECONNREFUSED');
  expect((await failureOf(get())).code).toBe('ECONNREFUSED');
  await server.calm();
  expect((await get()).status).toBe(200);
});

test('down: lets some requests pass first', async () => {
  server.trouble({ kind: 'down', after: 2 });
  expect([(await get()).status, (await get()).status]).toEqual([200, 200]);
  await failureOf(get());
  expect((await failureOf(get())).code).toBe('ECONNREFUSED');
  await server.calm();
  expect((await get()).status).toBe(200);
});

test('closes while a connection has not even spoken', async () => {
  const socket = connect(server.port, '127.0.0.1');
  await once(socket, 'connect');
  const closed = once(socket, 'close');
  await server.close();
  await closed;
  expect(socket.destroyed).toBe(true);
});
