import { inspect } from 'node:util';
import { describe, expect, test } from 'vitest';
import { startApi } from './api.ts';
import { testRun } from './run.ts';
import { type Answer, inTurn, json, reset, whole } from './scripted-server.ts';

const good = json(200, { meta: { status: 200 }, data: [], fail: [] });
const call = { path: '/api/x', body: {}, carriesToken: false, product: 'Product X with Role Y' };
const withToken = { ...call, carriesToken: true };
const flat = (status: number, code: string): Answer => json(status, { fail: [{ code, message: 'hush' }] });
const nested = (code: string): Answer => json(200, { meta: { status: 200 }, data: [], fail: [{ errors: [{ code }] }] });
const failing = (fault: string, code?: string): object => expect.objectContaining({ fault, ...(code && { code }) });

describe('ask', () => {
  test('sends the token, and parameters or a JSON body', async () => {
    const { client, run, calls } = await startApi(good);
    await client.ask({ ...call, body: { data: [{ a: 1 }] } }, run);
    const { path, carriesToken, product } = call;
    await client.ask({ path, params: { type: 'av,internal email protect' }, carriesToken, product }, run);
    const [post, get] = calls();
    expect(post).toMatchObject({ method: 'POST', body: '{"data":[{"a":1}]}' });
    expect(post?.headers).toMatchObject({ authorization: 'Bearer t1', 'content-type': 'application/json' });
    expect(get).toMatchObject({ method: 'GET', body: '' });
    expect(get?.url.searchParams.get('type')).toBe('av,internal email protect');
  });

  test('gives no body where a benign code says that there is no data', async () => {
    const { client, run } = await startApi(nested('err_threat_intel_feed_no_result_found'));
    expect(await client.ask(call, run)).toBeUndefined();
  });

  test('stays below the quota of a listing by the clock, without asking for what would be refused', async () => {
    const { client, run, calls } = await startApi(json(200, { value: [] }));
    const list = { path: '/siem/v1/batch/events/cg', params: {}, carriesToken: false, product: 'CG' };
    for (let n = 0; n < 50; n++) await client.ask(list, run);
    await expect(client.ask(list, run)).rejects.toMatchObject({ fault: 'throttled', waitMs: 15 * 60_000 });
    expect(calls()).toHaveLength(50);
    run.clock.advance(12 * 60_000);
    const later = testRun({ clock: run.clock });
    await client.ask(list, later);
    expect(calls()).toHaveLength(51);
    expect(later.throttledMs()).toBe(3 * 60_000);
  });
});

describe('a 401', () => {
  test('of an expired token is replayed at once with a new one', async () => {
    const { client, run, bearers, secrets } = await startApi(inTurn(flat(401, 'token_expired'), good));
    const began = run.clock.now();
    await client.ask(call, run);
    expect(bearers()).toEqual(['t1', 't2']);
    expect(run.clock.now()).toBe(began);
    expect(secrets.refused()).toBe(1);
  });

  test('of an expired token drops no newer one that another call has got', async () => {
    const expired: Answer = (response, asked) => {
      (asked.headers.authorization === 'Bearer t1' ? flat(401, 'token_expired') : good)(response, asked);
    };
    const { client, run, tokens } = await startApi(expired);
    await Promise.all(Array.from({ length: 8 }, () => client.ask(call, run)));
    expect(tokens()).toBe(2);
  });

  test.each(['token_verification_failed', 'Unauthorized Request'])(
    'of code %s is tried again with a new token after a wait',
    async (code) => {
      const { client, run, bearers } = await startApi(inTurn(flat(401, code), flat(401, code), good));
      const began = run.clock.now();
      await client.ask(call, run);
      expect(bearers()).toEqual(['t1', 't2', 't3']);
      expect(run.clock.now() - began).toBe(3_000);
    },
  );

  test.each(['token_verification_failed', 'Unauthorized Request'])(
    'of code %s that stands is unavailable',
    async (code) => {
      const { client, run, calls } = await startApi(flat(401, code));
      await expect(client.ask(withToken, run)).rejects.toEqual(failing('unavailable', code));
      expect(calls()).toHaveLength(4);
    },
  );

  test.each<readonly [string, Answer]>([
    ['token_expired', flat(401, 'token_expired')],
    ['unauthorized', flat(401, 'unauthorized')],
    ['without a code', whole(401, '<html>')],
  ])('%s that stands is denied, and says what to check', async (code, answer) => {
    const { client, run } = await startApi(answer);
    const refused = client.ask(withToken, run);
    await expect(refused).rejects.toEqual(failing('denied', code));
    await expect(refused).rejects.toThrow(/client id and secret/);
  });

  test('of one kind after the other ends in what the last one says', async () => {
    const expired = flat(401, 'token_expired');
    const passing = flat(401, 'token_verification_failed');
    const other = flat(401, 'unauthorized');
    const first = await startApi(inTurn(expired, passing, passing, expired, good));
    expect(await first.client.ask(call, first.run)).toMatchObject({ data: [] });
    expect(first.bearers()).toEqual(['t1', 't2', 't3', 't4', 't5']);
    const second = await startApi(inTurn(passing, passing, passing, expired, other));
    await expect(second.client.ask(call, second.run)).rejects.toEqual(failing('denied', 'unauthorized'));
    const third = await startApi(inTurn(expired, other, passing));
    await expect(third.client.ask(call, third.run)).rejects.toEqual(
      failing('unavailable', 'token_verification_failed'),
    );
  });

  test('inside a 200 drops the token and is tried again', async () => {
    const inside = json(200, { meta: { status: 401 }, data: [], fail: [] });
    const once = await startApi(inTurn(inside, good));
    expect(await once.client.ask(call, once.run)).toMatchObject({ data: [] });
    expect(once.bearers()).toEqual(['t1', 't2']);
    const always = await startApi(inside);
    await expect(always.client.ask(call, always.run)).rejects.toEqual(failing('denied'));
  });
});

describe('a refusal', () => {
  test.each<readonly [string, Answer, string, string | undefined]>([
    ['an unlicensed product', flat(403, 'app_forbidden'), 'denied', 'app_forbidden'],
    ['403 without a code', json(403, { meta: { status: 403 }, data: [], fail: [] }), 'denied', 'without a code'],
    ['a code with forbidden in a 200', nested('err_xdk_operation_forbidden_for_address'), 'denied', 'app_forbidden'],
    ['a 403 inside a 200', json(200, { meta: { status: 403 }, data: [], fail: [] }), 'denied', 'app_forbidden'],
    ['400 without a token', json(400, { error: { code: 'invalid_request' } }), 'malformed', 'invalid_request'],
    ['400 without a body', whole(400, ''), 'malformed', undefined],
    ['302', whole(302, '', { location: '/' }), 'malformed', undefined],
    ['404', whole(404, '<html>'), 'malformed', undefined],
    ['405', whole(405, ''), 'malformed', undefined],
    ['418', json(418, {}), 'malformed', undefined],
    ['201', json(201, {}), 'malformed', undefined],
    ['a page', whole(200, '<html>Please sign in</html>'), 'malformed', undefined],
    ['cut JSON', whole(200, '{"data":['), 'malformed', undefined],
  ])('with %s is not tried again', async (_, answer, fault, code) => {
    const { client, run, calls } = await startApi(answer);
    await expect(client.ask(call, run)).rejects.toEqual(failing(fault, code));
    expect(calls()).toHaveLength(1);
  });

  test('for want of a right says what to grant', async () => {
    for (const answer of [flat(403, 'app_forbidden'), nested('err_forbidden')]) {
      const { client, run } = await startApi(answer);
      await expect(client.ask(call, run)).rejects.toThrow('Product X with Role Y');
    }
  });

  test.each<readonly [string, Answer]>([
    ['400', json(400, { error: { code: 'invalid_page_token' } })],
    ['400 without a body', whole(400, '')],
  ])('of a page token by %s is expired at once', async (_, answer) => {
    const { client, run, calls } = await startApi(answer);
    await expect(client.ask(withToken, run)).rejects.toEqual(failing('expired'));
    expect(calls()).toHaveLength(1);
  });

  test.each<readonly [string, Answer]>([
    ['fail with the code itself', flat(200, 'xdk_failure')],
    ['fail with errors', nested('xdk_failure')],
    ['error', json(200, { error: { code: 'xdk_failure' } })],
    ['errors', json(200, { errors: [{ code: 'xdk_failure' }] })],
    [
      'a benign code beside another',
      json(200, { fail: [{ errors: [{ code: 'err_threat_intel_feed_no_result_found' }, { code: 'x' }] }] }),
    ],
  ])(
    'inside a 200 by %s is unavailable, and expired where it meets a page token, once it stands',
    async (_, answer) => {
      const passing = await startApi(inTurn(answer, answer, answer, good));
      expect(await passing.client.ask(withToken, passing.run)).toMatchObject({ data: [] });
      const { client, run, calls } = await startApi(answer);
      await expect(client.ask(call, run)).rejects.toEqual(failing('unavailable'));
      await expect(client.ask(withToken, run)).rejects.toEqual(failing('expired'));
      expect(calls()).toHaveLength(8);
    },
  );

  test('inside a 200 by its status alone is unavailable, and expired where a 400 meets a page token', async () => {
    const { client, run } = await startApi(
      inTurn(...[400, 400, 400, 400, 500].map((status) => json(200, { meta: { status } }))),
    );
    await expect(client.ask(withToken, run)).rejects.toEqual(failing('expired'));
    await expect(client.ask(withToken, run)).rejects.toEqual(failing('unavailable'));
  });

  test('never puts content or a query into its message, and surfaces the id of the request', async () => {
    const { client, run } = await startApi(
      json(500, { fail: [{ code: 'hush=1', message: 'hush' }] }, { 'x-request-id': 'abc-1' }),
    );
    const error: unknown = await client
      .ask({ ...call, params: { nextPage: 'hush' } }, run)
      .catch((thrown: unknown) => thrown);
    expect(error).toMatchObject({ message: '/api/x answered 500 unknown (request abc-1).' });
    expect(inspect(error, { depth: 9 })).not.toMatch('hush');
  });
});

describe('a passing trouble', () => {
  test.each<readonly [string, Answer]>([
    ['408', whole(408, '')],
    ['500', whole(500, '')],
    ['502', whole(502, '<html>')],
    ['503', whole(503, '')],
    ['504', whole(504, '')],
    ['a cut connection', reset],
  ])('such as %s is tried four times, then unavailable, also with a page token', async (_, answer) => {
    const passing = await startApi(inTurn(answer, answer, answer, good));
    expect(await passing.client.ask(call, passing.run)).toMatchObject({ data: [] });
    const { client, run, calls } = await startApi(answer);
    await expect(client.ask(withToken, run)).rejects.toEqual(failing('unavailable'));
    expect(calls()).toHaveLength(4);
  });

  test.each<readonly [string, Readonly<Record<string, string>>, number]>([
    ['as told', { 'x-ratelimit-reset': '4419' }, 4419],
    ['as told in seconds', { 'retry-after': '7' }, 7_000],
    ['from five seconds on where nothing is told', {}, 5_000],
  ])('of the quota is waited out %s', async (_, headers, waitMs) => {
    const { client, run } = await startApi(inTurn(json(429, {}, headers), good));
    await client.ask(call, run);
    expect(run.throttledMs()).toBe(waitMs);
  });

  test('of the quota that would last beyond the deadline is not waited for', async () => {
    const { client, run, calls } = await startApi(json(429, {}, { 'x-ratelimit-reset': '600000' }));
    await expect(client.ask(call, run)).rejects.toEqual(failing('throttled'));
    expect(run.throttledMs()).toBe(0);
    await expect(client.ask(call, run)).rejects.toEqual(failing('throttled'));
    expect(calls()).toHaveLength(2);
  });

  test('ends with the run', async () => {
    const stop = new AbortController();
    const run = testRun({ stop: stop.signal });
    const { client } = await startApi((response, asked) => {
      stop.abort(new Error('the deadline'));
      json(401, {})(response, asked);
    }, run);
    await expect(client.ask(withToken, run)).rejects.toThrow('the deadline');
  });
});
