import { expect, test } from 'vitest';
import { asking, at, list, post, stage, tokenOf } from './client.ts';

test('the batch listing answers 50 requests in 15 minutes, then refuses until the window ends', async () => {
  const { tenant, clock } = await stage();
  const token = await tokenOf(tenant);
  for (let n = 0; n < 50; n++) expect((await list(tenant, token, {})).status).toBe(200);
  clock.time += 100_000;
  const refused = await list(tenant, token, {});
  expect(refused.status).toBe(429);
  expect(at(refused.json, 'fail', 0, 'message')).toBeTypeOf('string');
  expect(refused.headers.get('x-ratelimit-limit')).toBe('50');
  expect(refused.headers.get('x-ratelimit-remaining')).toBe('0');
  expect(refused.headers.get('x-ratelimit-reset')).toBe('800000');
  expect((await post(tenant, token, '/api/dlp/get-logs', asking({}))).status).toBe(200);
  clock.time += 800_000;
  expect((await list(tenant, await tokenOf(tenant), {})).status).toBe(200);
});

test('a quota may be set for any endpoint', async () => {
  const { tenant } = await stage({ quota: { dlp: { limit: 1, windowMs: 5000 } } });
  const token = await tokenOf(tenant);
  expect((await post(tenant, token, '/api/dlp/get-logs', asking({}))).status).toBe(200);
  const refused = await post(tenant, token, '/api/dlp/get-logs', asking({}));
  expect(refused.status).toBe(429);
  expect(refused.headers.get('x-ratelimit-reset')).toBe('5000');
});

test('the quota headers come only once it is exceeded, unless they are wanted always', async () => {
  const { tenant } = await stage();
  const { headers } = await list(tenant, await tokenOf(tenant), {});
  expect(headers.get('x-ratelimit-remaining')).toBeNull();
  const always = (await stage({ headersAlways: true })).tenant;
  const first = await list(always, await tokenOf(always), {});
  expect(first.headers.get('x-ratelimit-remaining')).toBe('49');
});
