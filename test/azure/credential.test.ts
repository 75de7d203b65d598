import type { AccessToken } from '@azure/identity';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { cached, managedIdentity } from '../../functions/azure/credential.ts';
import { ConnectorError } from '../../functions/collect/fault.ts';
import { fakeClock } from '../fakes/clock.ts';
import { type Stage, stage } from '../local/azure/stage.ts';

const scope = 'https://monitor.azure.com/.default';

/** A credential that gives `token 1`, `token 2`, … each valid for an hour, and fails when told. */
function numbered() {
  const clock = fakeClock();
  const inner = { asked: 0, failing: false };
  const getToken = async (): Promise<AccessToken> => {
    inner.asked++;
    await Promise.resolve();
    if (inner.failing) throw new Error('identity is away');
    return { token: `token ${inner.asked}`, expiresOnTimestamp: clock.now() + 3_600_000 };
  };
  const credential = cached({ getToken }, clock);
  return { clock, inner, credential, token: async (of = scope) => (await credential.getToken(of))?.token };
}

describe('a cached credential', () => {
  it('fetches a token once however many ask, and for each scope its own', async () => {
    const { inner, token } = numbered();
    expect(await Promise.all([token(), token(), token()])).toEqual(['token 1', 'token 1', 'token 1']);
    expect(await token('https://vault.azure.net/.default')).toBe('token 2');
    expect(await token()).toBe('token 1');
    expect(inner.asked).toBe(2);
  });

  it('renews a token two minutes before it ends, by the clock', async () => {
    const { clock, token } = numbered();
    await token();
    clock.advance(3_600_000 - 120_001);
    expect(await token()).toBe('token 1');
    clock.advance(1);
    expect(await token()).toBe('token 2');
  });

  it('keeps using a token that cannot be renewed until it ends', async () => {
    const { clock, inner, token } = numbered();
    await token();
    inner.failing = true;
    clock.advance(3_600_000 - 1);
    expect(await token()).toBe('token 1');
    clock.advance(1);
    await expect(token()).rejects.toMatchObject({ fault: 'unavailable' });
  });

  it('forgets a refused token, but no newer one', async () => {
    const { credential, token } = numbered();
    await token();
    credential.forget('token 1');
    expect(await token()).toBe('token 2');
    credential.forget('token 1');
    expect(await token()).toBe('token 2');
  });

  it('tells the SDK that its token has ended, so that none is renewed behind our back', async () => {
    const { credential } = numbered();
    expect(await credential.getToken(scope)).toEqual({ token: 'token 1', expiresOnTimestamp: 0 });
  });
});

describe('the managed identity', () => {
  let set: Stage;
  beforeAll(async () => {
    set = await stage();
  });
  afterEach(async () => set.identity.calm());
  afterAll(async () => set.identity.close());

  // The SDK keeps tokens for the whole process, by client id and scope: each test asks for another one.
  let asked = 0;
  async function failure(clientId?: string): Promise<ConnectorError> {
    const error = await managedIdentity({ clientId, clock: fakeClock() })
      .getToken(`https://resource-${asked++}.example/.default`)
      .catch((reason: unknown) => reason);
    if (!(error instanceof ConnectorError)) throw new Error('expected a ConnectorError', { cause: error });
    return error;
  }

  it('gives tokens that services accept', async () => {
    const token = await managedIdentity({ clock: fakeClock() }).getToken(scope);
    expect(set.identity.accepts(token?.token, 'https://monitor.azure.com')).toBe(true);
  });

  it('is denied, naming AZURE_CLIENT_ID, when no identity has that client id', async () => {
    set.identity.trouble({ kind: 'partial', every: 1, status: 400 });
    const error = await failure('00000000-0000-0000-0000-000000000001');
    expect(error).toMatchObject({ fault: 'denied', code: 'identity_refused' });
    expect(error.message).toContain('AZURE_CLIENT_ID');
  });

  it.for(['status500', 'status503', 'throttled', 'down', 'resetBefore'] as const)(
    'is unavailable on %s',
    async (kind) => {
      set.identity.trouble({ kind });
      const { requests } = set.identity;
      expect(await failure()).toMatchObject({ fault: 'unavailable', code: 'identity_unavailable' });
      expect(set.identity.requests - requests).toBeLessThanOrEqual(1);
    },
  );

  it('shows neither token nor header of the endpoint', async () => {
    set.identity.trouble({ kind: 'status500' });
    const error = await failure();
    expect(`${error.message} ${String(error.cause)}`).not.toContain(set.identity.environment.IDENTITY_HEADER);
  });
});
