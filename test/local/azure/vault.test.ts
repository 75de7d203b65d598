import { ManagedIdentityCredential } from '@azure/identity';
import { SecretClient } from '@azure/keyvault-secrets';
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import { type Vault, startVault } from '../../../local/azure/vault.ts';
import { type Stage, failureOf, stage } from './stage.ts';

let set: Stage;
let vault: Vault;
let client: SecretClient;

beforeAll(async () => {
  set = await stage();
});
afterAll(async () => set.identity.close());
beforeEach(async () => {
  vault = await startVault({ ...set, secrets: { 'mimecast-client-id': 'id-1' }, name: 'contoso' });
  client = new SecretClient(vault.url, new ManagedIdentityCredential(), { retryOptions: { maxRetries: 0 } });
});
afterEach(async () => vault.close());

const read = async (name = 'mimecast-client-id', version?: string): Promise<string | undefined> =>
  (await client.getSecret(name, version === undefined ? {} : { version })).value;

test('gives the real client its secret, challenge checks on', async () => {
  expect(vault.url).toBe(`https://contoso.vault.azure.net:${vault.port}`);
  expect(await read()).toBe('id-1');
  expect(vault.requests).toBe(2);
  expect(await read()).toBe('id-1');
  expect(vault.requests).toBe(3);
});

test('the client refuses the vault under a name that does not fit the challenge', async () => {
  const direct = await startVault({ ...set, secrets: {} });
  const astray = new SecretClient(direct.url, new ManagedIdentityCredential());
  expect((await failureOf(astray.getSecret('x'))).message).toMatch(/does not match the requested domain/);
  await direct.close();
});

test('gives the newest version, and an older one when named', async () => {
  const first = await client.getSecret('mimecast-client-id');
  vault.set('mimecast-client-id', 'id-2');
  expect(await read()).toBe('id-2');
  expect(await read('mimecast-client-id', first.properties.version)).toBe('id-1');
  expect(first.properties).toMatchObject({ enabled: true, vaultUrl: vault.url, name: 'mimecast-client-id' });
});

test('takes on new secrets', async () => {
  expect(await failureOf(read('mimecast-client-secret'))).toMatchObject({ code: 'SecretNotFound', status: 404 });
  vault.set('mimecast-client-secret', 's');
  expect(await read('mimecast-client-secret')).toBe('s');
});

test('asks a request without a token, or with one for another audience, to authorize', async () => {
  const url = `${vault.url}/secrets/mimecast-client-id?api-version=7.4`;
  const other = await new ManagedIdentityCredential().getToken('https://monitor.azure.com/.default');
  for (const headers of [{}, { authorization: `Bearer ${other.token}` }]) {
    const response = await fetch(url, { headers });
    expect(response.status).toBe(401);
    expect(response.headers.get('www-authenticate')).toBe(
      `Bearer authorization="https://login.microsoftonline.com/${set.identity.tenant}", resource="https://vault.azure.net"`,
    );
  }
});

test('reads secrets and does nothing else', async () => {
  expect(await failureOf(client.setSecret('x', 'y'))).toMatchObject({ status: 404 });
  const { token } = await new ManagedIdentityCredential().getToken('https://vault.azure.net/.default');
  const headers = { authorization: `Bearer ${token}` };
  expect((await fetch(`${vault.url}/keys/x?api-version=7.4`, { headers })).status).toBe(404);
  expect((await fetch(`${vault.url}/secrets/mimecast-client-id`, { headers })).status).toBe(400);
});

test.each([
  ['forbidden', 403, 'Forbidden'],
  ['throttled', 429, 'Throttled'],
  ['status503', 503, 'InternalServerError'],
] as const)('%s: fails the client with %i, for the secret it concerns', async (kind, status, code) => {
  vault.set('other', 'o');
  vault.trouble({ kind, secret: 'mimecast-client-id', times: 1 });
  expect(await read('other')).toBe('o');
  expect(await failureOf(read())).toMatchObject({ status, code });
  expect(await read()).toBe('id-1');
});

test('unauthorized: the client fetches a token again and goes on', async () => {
  await read();
  vault.trouble({ kind: 'unauthorized', times: 1 });
  expect(await read()).toBe('id-1');
});

test('down: the client cannot connect until calm', async () => {
  vault.trouble({ kind: 'down' });
  expect((await failureOf(read())).code).toBe('ECONNREFUSED');
  await vault.calm();
  expect(await read()).toBe('id-1');
});
