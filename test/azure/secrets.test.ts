import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type Credential, managedIdentity } from '../../functions/azure/credential.ts';
import { settingSecrets, vaultSecrets } from '../../functions/azure/secrets.ts';
import { ConnectorError } from '../../functions/collect/fault.ts';
import type { Secrets } from '../../functions/collect/ports.ts';
import { type Vault, startVault } from '../../local/azure/vault.ts';
import { type FakeClock, fakeClock } from '../fakes/clock.ts';
import { type Stage, stage } from '../local/azure/stage.ts';

let set: Stage;
let credential: Credential;
let vault: Vault;
let clock: FakeClock;
let secrets: Secrets;

const pair = { 'mimecast-client-id': 'id-1', 'mimecast-client-secret': 'secret-1' };
const first = { clientId: 'id-1', clientSecret: 'secret-1' };

beforeAll(async () => {
  set = await stage();
  credential = managedIdentity({ clock: fakeClock() });
});
afterAll(async () => set.identity.close());
beforeEach(async () => {
  vault = await startVault({ ...set, secrets: pair, name: 'contoso' });
  clock = fakeClock();
  secrets = vaultSecrets({ url: vault.url, credential, clock, timeoutMs: 5_000 });
});
afterEach(async () => vault.close());

async function failure(of = secrets): Promise<ConnectorError> {
  const error = await of.get().catch((reason: unknown) => reason);
  if (!(error instanceof ConnectorError)) throw new Error('expected a ConnectorError', { cause: error });
  return error;
}

describe('the secrets of a vault', () => {
  it('are read once however many ask', async () => {
    expect(await Promise.all([secrets.get(), secrets.get(), secrets.get()])).toEqual([first, first, first]);
    expect(await secrets.get()).toEqual(first);
    expect(vault.requests).toBe(3); // The first of the two is asked for a token.
  });

  it('are read again after ten minutes by the clock', async () => {
    await secrets.get();
    vault.set('mimecast-client-secret', 'secret-2');
    clock.advance(599_999);
    expect(await secrets.get()).toEqual(first);
    clock.advance(1);
    expect(await secrets.get()).toEqual({ ...first, clientSecret: 'secret-2' });
  });

  it('are read again at once when they have expired', async () => {
    await secrets.get();
    vault.set('mimecast-client-secret', 'secret-2');
    secrets.expire();
    expect(await secrets.get()).toEqual({ ...first, clientSecret: 'secret-2' });
  });

  it('are read again when they expire while they are being read', async () => {
    vault.trouble({ kind: 'slow', ms: 100, secret: 'mimecast-client-secret', times: 1 });
    const old = secrets.get();
    await new Promise((resolve) => setImmediate(resolve));
    secrets.expire();
    const { requests } = vault;
    await secrets.get();
    await old;
    expect(vault.requests).toBeGreaterThan(requests);
    const after = vault.requests;
    await secrets.get();
    expect(vault.requests).toBe(after);
  });

  it('lose the blanks around them', async () => {
    vault.set('mimecast-client-secret', ' secret-3\n');
    expect(await secrets.get()).toEqual({ ...first, clientSecret: 'secret-3' });
  });
});

describe('a vault that does not give them', () => {
  it('is denied for a missing secret, naming it and the setting', async () => {
    const lacking = await startVault({ ...set, secrets: { 'mimecast-client-id': 'id-1' }, name: 'contoso' });
    const error = await failure(vaultSecrets({ url: lacking.url, credential, clock }));
    expect(error).toMatchObject({ fault: 'denied', code: 'SecretNotFound' });
    expect(error.message).toMatch(/KEY_VAULT_URL .*mimecast-client-secret/);
    await lacking.close();
  });

  it('is denied for an empty secret', async () => {
    vault.set('mimecast-client-id', ' ');
    expect(await failure()).toMatchObject({
      fault: 'denied',
      message: expect.stringMatching(/mimecast-client-id .*KEY_VAULT_URL/),
    });
  });

  it.for(['forbidden', 'unauthorized'] as const)('is denied when %s, naming the role', async (kind) => {
    vault.trouble({ kind });
    const error = await failure();
    expect(error.fault).toBe('denied');
    expect(error.message).toMatch(/KEY_VAULT_URL .*mimecast-client-id .*Key Vault Secrets User/);
  });

  it.for(['status500', 'status503', 'resetBefore', 'down'] as const)(
    'is unavailable on %s, and read again later',
    async (kind) => {
      vault.trouble({ kind });
      expect(await failure()).toMatchObject({ fault: 'unavailable' });
      await vault.calm();
      expect(await secrets.get()).toEqual(first);
    },
  );

  it('is throttled as it says', async () => {
    vault.trouble({ kind: 'throttled', retryAfterSeconds: 7 });
    expect(await failure()).toMatchObject({ fault: 'throttled', waitMs: 7_000 });
  });

  it('is given up when it hangs', async () => {
    vault.trouble({ kind: 'hang' });
    expect(await failure(vaultSecrets({ url: vault.url, credential, clock, timeoutMs: 200 }))).toMatchObject({
      fault: 'unavailable',
      code: 'timeout',
    });
  });

  it('never shows a secret', async () => {
    vault.trouble({ kind: 'forbidden', secret: 'mimecast-client-secret' });
    expect(String((await failure()).stack)).not.toContain('id-1');
  });
});

it('secrets that are settings are given as they are', async () => {
  const given = settingSecrets('id', 'secret');
  given.expire();
  expect(await given.get()).toEqual({ clientId: 'id', clientSecret: 'secret' });
});
