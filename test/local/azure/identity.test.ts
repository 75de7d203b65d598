import { ManagedIdentityCredential } from '@azure/identity';
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import { type Identity, startIdentity } from '../../../local/azure/identity.ts';
import { isJsonObject, type JsonObject, parseJson } from '../../../functions/tables/json.ts';

const monitor = 'https://monitor.azure.com';
const clientId = '7d0f6f3a-0000-4000-8000-000000000001';
let identity: Identity;
let nowMs: number;

beforeEach(() => {
  nowMs = Date.now();
});
afterEach(async () => identity.calm());

// One for all tests, since the credentials of a process keep to the first endpoint they met.
beforeAll(async () => {
  identity = await startIdentity({ clock: { now: () => nowMs }, clientId });
  Object.assign(process.env, identity.environment);
});
afterAll(async () => identity.close());

async function ask(
  query: Record<string, string>,
  header = identity.environment.IDENTITY_HEADER,
): Promise<[number, JsonObject]> {
  const url = `${identity.environment.IDENTITY_ENDPOINT}?${new URLSearchParams(query).toString()}`;
  const response = await fetch(url, { headers: { 'X-IDENTITY-HEADER': header } });
  const body = parseJson(await response.text());
  return [response.status, isJsonObject(body) ? body : {}];
}

const good = { resource: monitor, 'api-version': '2019-08-01' };

function tokenOf(answer: JsonObject): string {
  const token = answer['access_token'];
  if (typeof token !== 'string') throw new Error('there is no token');
  return token;
}

test('gives the real credential a token that is good for its audience alone', async () => {
  const { token, expiresOnTimestamp } = await new ManagedIdentityCredential().getToken(`${monitor}/.default`);
  expect(identity.accepts(token, monitor)).toBe(true);
  expect(identity.accepts(token, 'https://vault.azure.net')).toBe(false);
  expect(Math.abs(expiresOnTimestamp - (nowMs + 86_400_000))).toBeLessThan(5000);
});

test('knows a user-assigned identity by its client id', async () => {
  const { token } = await new ManagedIdentityCredential({ clientId }).getToken(`${monitor}/.default`);
  expect(identity.accepts(token, monitor)).toBe(true);
  const stranger = new ManagedIdentityCredential({ clientId: '7d0f6f3a-0000-4000-8000-000000000002' });
  await expect(stranger.getToken(`${monitor}/.default`)).rejects.toThrow(/No User Assigned/);
});

test('answers in the shape of App Service', async () => {
  const [status, answer] = await ask({ ...good, client_id: clientId });
  const token = tokenOf(answer);
  const expiresOn = String(Math.floor(nowMs / 1000) + 86_400);
  const rest = { expires_on: expiresOn, resource: monitor, token_type: 'Bearer', client_id: clientId };
  expect([status, answer]).toEqual([200, { access_token: token, ...rest }]);
  const claims = parseJson(Buffer.from(token.split('.')[1] ?? '', 'base64url').toString());
  expect(claims).toMatchObject({ iss: `https://sts.windows.net/${identity.tenant}/`, aud: monitor });
});

test.each([
  ['no resource', { 'api-version': '2019-08-01' }],
  ['another api-version', { ...good, 'api-version': '2017-09-01' }],
])('refuses a request with %s', async (_, query) => {
  expect((await ask(query))[0]).toBe(400);
});

test('refuses a request without the right header', async () => {
  expect((await ask(good, 'guess'))[0]).toBe(401);
});

test('a token ends with its life, by the clock it was given', async () => {
  const token = tokenOf((await ask(good))[1]);
  nowMs += 86_399_000;
  expect(identity.accepts(token, monitor)).toBe(true);
  nowMs += 2000;
  expect(identity.accepts(token, monitor)).toBe(false);
});

test('a token is not good before it was issued', async () => {
  const token = tokenOf((await ask(good))[1]);
  nowMs -= 60_000;
  expect(identity.accepts(token, monitor)).toBe(false);
});

test('accepts nothing that another identity has issued, and nothing that is no token', async () => {
  const token = tokenOf((await ask(good))[1]);
  const other = await startIdentity();
  expect(other.accepts(token, monitor)).toBe(false);
  await other.close();
  for (const bad of [undefined, '', 'a.b.c', 'e30.e30.', 'bnVsbA.bnVsbA.'])
    expect(identity.accepts(bad, monitor)).toBe(false);
});

test('a trouble can concern one audience', async () => {
  identity.trouble({ kind: 'status500', resource: monitor });
  expect((await ask(good))[0]).toBe(500);
  expect((await ask({ ...good, resource: 'https://vault.azure.net' }))[0]).toBe(200);
  await identity.calm();
  expect((await ask(good))[0]).toBe(200);
});

test('the real credential gets over a short trouble', async () => {
  const storage = 'https://storage.azure.com';
  identity.trouble({ kind: 'status503', times: 1 });
  const credential = new ManagedIdentityCredential({ clientId, retryOptions: { retryDelayInMs: 1 } });
  expect(identity.accepts((await credential.getToken(`${storage}/.default`)).token, storage)).toBe(true);
});
