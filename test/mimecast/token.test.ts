import { inspect } from 'node:util';
import { describe, expect, test } from 'vitest';
import { ConnectorError } from '../../functions/collect/fault.ts';
import type { Secrets } from '../../functions/collect/ports.ts';
import { axiosHttp } from '../../functions/mimecast/http.ts';
import { tokenSource } from '../../functions/mimecast/token.ts';
import { fakeClock } from '../fakes/clock.ts';
import { fakeSecrets } from './api.ts';
import { type Answer, inTurn, json, reset, serve, silent, whole } from './scripted-server.ts';

const never = new AbortController().signal;
const refusal = (status: number, code: string) => json(status, { fail: [{ code, message: 'x' }] });

/** Gives tokens `t1`, `t2` and so on. */
function giveTokens(expiresIn = 1799): Answer {
  let given = 0;
  return (response, asked) => json(200, { access_token: `t${++given}`, expires_in: expiresIn })(response, asked);
}

async function stage(answer: Answer, secrets: Secrets = fakeSecrets()) {
  const { origin, asked } = await serve(answer);
  const clock = fakeClock();
  return { clock, asked, token: tokenSource(origin, axiosHttp(5_000), secrets, clock) };
}

describe('get', () => {
  test('asks once by form, however many ask at once', async () => {
    const { token, asked } = await stage(giveTokens(), fakeSecrets(['my id', 'my secret']));
    expect(new Set(await Promise.all(Array.from({ length: 20 }, () => token.get(never))))).toEqual(new Set(['t1']));
    expect(asked).toHaveLength(1);
    expect(asked[0]).toMatchObject({ method: 'POST', url: { pathname: '/oauth/token' } });
    expect(asked[0]?.headers['content-type']).toMatch('application/x-www-form-urlencoded');
    expect(asked[0]?.headers.authorization).toBeUndefined();
    const form = { client_id: 'my id', client_secret: 'my secret', grant_type: 'client_credentials' };
    expect(Object.fromEntries(new URLSearchParams(asked[0]?.body))).toEqual(form);
  });

  test('asks anew a minute before the token ends, and not earlier', async () => {
    const { token, clock } = await stage(giveTokens(1799));
    await token.get(never);
    clock.advance(1_738_999);
    expect(await token.get(never)).toBe('t1');
    clock.advance(1);
    expect(await token.get(never)).toBe('t2');
  });

  test('uses a token of half a minute for half its life', async () => {
    const { token, clock } = await stage(giveTokens(30));
    await token.get(never);
    clock.advance(14_999);
    expect(await token.get(never)).toBe('t1');
    clock.advance(1);
    expect(await token.get(never)).toBe('t2');
  });

  test('reads the secrets anew after a 401, for they may have been rotated', async () => {
    const secrets = fakeSecrets(['id', 'old'], ['id', 'new']);
    const give = giveTokens();
    const { token, asked } = await stage((response, request) => {
      const isNew = request.body.includes('client_secret=new');
      (isNew ? give : refusal(401, 'InvalidClientIdentifier'))(response, request);
    }, secrets);
    expect(await token.get(never)).toBe('t1');
    expect(asked).toHaveLength(2);
    expect(secrets.refused()).toBe(1);
  });

  test('is asked again after a failure', async () => {
    const { token } = await stage(inTurn(json(500, {}), giveTokens()));
    await expect(token.get(never)).rejects.toMatchObject({ fault: 'unavailable' });
    expect(await token.get(never)).toBe('t1');
  });

  test('leaves whoever must stop, while others still get the token', async () => {
    const { origin } = await serve(giveTokens());
    let release = (): void => {};
    const gate = new Promise<void>((resolve) => (release = resolve));
    const slow: Secrets = { get: () => gate.then(() => ({ clientId: 'id', clientSecret: 'secret' })), expire() {} };
    const token = tokenSource(origin, axiosHttp(5_000), slow, fakeClock());
    const stop = new AbortController();
    const leaving = token.get(stop.signal);
    const staying = token.get(never);
    const reason = new Error('the deadline');
    stop.abort(reason);
    await expect(leaving).rejects.toBe(reason);
    await expect(token.get(stop.signal)).rejects.toBe(reason);
    release();
    expect(await staying).toBe('t1');
  });

  test('passes on what is wrong with the secrets', async () => {
    const error = new ConnectorError('denied', 'The vault refuses.');
    const { token } = await stage(giveTokens(), { get: () => Promise.reject(error), expire() {} });
    await expect(token.get(never)).rejects.toBe(error);
  });
});

describe('drop', () => {
  test('forgets only the token that was refused', async () => {
    const secrets = fakeSecrets();
    const { token, asked } = await stage(giveTokens(), secrets);
    await token.get(never);
    token.drop('t0');
    expect(await token.get(never)).toBe('t1');
    token.drop('t1');
    expect(await token.get(never)).toBe('t2');
    token.drop('t1');
    expect(await token.get(never)).toBe('t2');
    expect(asked).toHaveLength(2);
    expect(secrets.refused()).toBe(3);
  });
});

describe('a refusal', () => {
  test.each<readonly [string, Answer, object]>([
    ['400', refusal(400, 'InvalidRequest'), { fault: 'denied' }],
    ['401 that stands', refusal(401, 'InvalidClientIdentifier'), { fault: 'denied' }],
    ['403', refusal(403, 'app_forbidden'), { fault: 'denied' }],
    ['401 that passes', refusal(401, 'token_verification_failed'), { fault: 'unavailable' }],
    ['another 401 that passes', refusal(401, 'Unauthorized Request'), { fault: 'unavailable' }],
    ['408', whole(408, ''), { fault: 'unavailable' }],
    ['500', whole(500, '<html>'), { fault: 'unavailable' }],
    ['504', whole(504, ''), { fault: 'unavailable' }],
    ['a cut connection', reset, { fault: 'unavailable' }],
    ['429', json(429, {}, { 'x-ratelimit-reset': '4000' }), { fault: 'throttled', waitMs: 4000 }],
    ['429 without headers', json(429, {}), { fault: 'throttled', waitMs: undefined }],
    ['404', whole(404, ''), { fault: 'malformed', message: expect.stringContaining('MIMECAST_BASE_URL') }],
    ['302', whole(302, '', { location: '/' }), { fault: 'malformed' }],
    ['a page', whole(200, '<html>Sign in</html>'), { fault: 'malformed' }],
    ['no token', json(200, { expires_in: 1799 }), { fault: 'malformed' }],
    ['an empty token', json(200, { access_token: '', expires_in: 1799 }), { fault: 'malformed' }],
    ['a life of nothing', json(200, { access_token: 't', expires_in: 0 }), { fault: 'malformed' }],
  ])('%s has its fault', async (_, answer, fault) => {
    const { token } = await stage(answer);
    await expect(token.get(never)).rejects.toMatchObject(fault);
  });

  test('names what to check when the credentials are refused', async () => {
    const { token } = await stage(refusal(401, 'InvalidClientIdentifier'));
    await expect(token.get(never)).rejects.toThrow(/mimecast-client-id and mimecast-client-secret/);
  });

  test('never echoes credentials, whatever its body says', async () => {
    for (const status of [200, 400, 401, 403, 404, 500]) {
      const { token } = await stage(
        (response, asked) =>
          json(status, { fail: [{ code: 'hush-code', message: asked.body }], access_token: 5 })(response, asked),
        fakeSecrets(['hush-id', 'hush-secret']),
      );
      const error: unknown = await token.get(never).catch((thrown: unknown) => thrown);
      expect(error).toBeInstanceOf(ConnectorError);
      expect(inspect(error, { depth: 9, showHidden: true })).not.toMatch('hush');
    }
  });

  test('of one that never comes is unavailable, and unhandled by nobody who has left', async () => {
    const { origin } = await serve(silent);
    const token = tokenSource(origin, axiosHttp(50), fakeSecrets(), fakeClock());
    const stop = new AbortController();
    const leaving = token.get(stop.signal);
    stop.abort(new Error('the deadline'));
    await expect(leaving).rejects.toThrow('the deadline');
    await expect(token.get(never)).rejects.toMatchObject({ fault: 'unavailable' });
  });
});
