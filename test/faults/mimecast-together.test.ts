import { describe, expect, test } from 'vitest';
import type { Feed } from '../../functions/collect/feed.ts';
import { feeds } from '../../functions/feeds/index.ts';
import type { Product, TroubleKind } from '../../local/mimecast/tenant.ts';
import { type Stage, type StageOptions, stage } from '../mimecast/stage.ts';
import { addNews, endpoints, feedAt, inventedOf, lostOf } from './mimecast-feeds.ts';
import { untilQuiet } from './mimecast-suffering.ts';

const minuteMs = 60_000;

/** A tenant with news for all eleven feeds. */
async function withNews(options: StageOptions = {}): Promise<Stage> {
  const staged = await stage({ pageCap: 2, ...options });
  for (const feed of feeds) addNews(staged.tenant, feed, staged.clock.now());
  staged.clock.advance(10 * minuteMs);
  return staged;
}

/** Runs all eleven feeds side by side. @returns what each said */
async function runAll({ run, clock }: Stage): Promise<ReadonlyMap<Feed, string>> {
  const ended = await Promise.all(feeds.map(async (feed) => [feed, (await run(feed)).error] as const));
  clock.advance(10 * minuteMs);
  return new Map(ended.map(([feed, error]) => [feed, error ? `${error.fault}: ${error.message}` : '']));
}

const failing = (said: ReadonlyMap<Feed, string>): readonly string[] =>
  feeds.filter((feed) => said.get(feed) !== '').map(({ name }) => name);

async function missing(staged: Stage): Promise<readonly string[]> {
  staged.tenant.calm();
  const missed: string[] = [];
  for (const feed of feeds) {
    await untilQuiet(staged, feed);
    missed.push(...lostOf(staged, feed), ...inventedOf(staged, feed));
  }
  return missed;
}

describe('all eleven feeds side by side', () => {
  const products: readonly (readonly [Product, readonly string[], RegExp])[] = [
    ['auditevents', ['Audit'], /Audit Events/],
    ['threatssecurityeventsanddataforcg', ['SegCg'], /Data for CG/],
    ['threatssecurityeventsanddataforci', ['CloudIntegrated'], /Data for CI/],
    ['securityevents', ['SegDlp', 'TtpUrl', 'TtpAttachment', 'TtpImpersonation'], /Security Events with Monitoring/],
    [
      'awarenesstraining',
      feeds.filter(({ name }) => name.startsWith('Awareness')).map(({ name }) => name),
      /Awareness Training/,
    ],
  ];

  test.each(products)('go on without the product %s, and read it once it is there', async (product, without, grant) => {
    const staged = await withNews();
    staged.tenant.unlicense(product);
    const said = await runAll(staged);
    expect(failing(said)).toEqual(without);
    for (const message of said.values())
      expect(message).toMatch(message === '' ? '' : /^denied: .*Grant the application/);
    expect([...said.values()].filter((message) => grant.test(message))).toHaveLength(without.length);
    staged.tenant.license(product);
    expect(failing(await runAll(staged))).toEqual([]);
    expect(await missing(staged)).toEqual([]);
  });

  test.each(endpoints)('suffer nothing from what befalls %s', async (at) => {
    const kinds: readonly TroubleKind[] = ['status500', 'unauthorized', 'html', 'failInOk', 'throttledBare'];
    const staged = await withNews();
    for (const kind of kinds) {
      staged.tenant.trouble({ at, kind, times: Infinity });
      expect(failing(await runAll(staged))).toEqual([feedAt[at].name]);
      staged.tenant.calm();
    }
    expect(await missing(staged)).toEqual([]);
  });

  test.each<readonly [string, readonly TroubleKind[]]>([
    ['expired, then spurious', ['tokenExpired', 'tokenVerificationFailed']],
    ['spurious, then expired', ['unauthorizedRequest', 'tokenExpired']],
    [
      'spurious of both kinds, then expired twice',
      ['tokenVerificationFailed', 'unauthorizedRequest', 'tokenExpired', 'tokenExpired'],
    ],
    ['expired, refused, spurious', ['tokenExpired', 'unauthorized', 'tokenVerificationFailed']],
  ])('survive 401s one after the other in the middle of a run: %s', async (_, kinds) => {
    const staged = await withNews();
    for (const at of endpoints) {
      for (const kind of kinds) staged.tenant.trouble({ at, kind, after: 1 });
    }
    expect(failing(await runAll(staged))).toEqual([]);
    expect(await missing(staged)).toEqual([]);
  });

  test('survive that the credentials are replaced and the tokens end in the middle of a run', async () => {
    const staged = await withNews();
    const before = staged.tenant.requests.token;
    const running = runAll(staged);
    await expect.poll(() => staged.tenant.requests.files).toBeGreaterThan(0);
    staged.tenant.rotate('new-client', 'new-secret');
    expect(failing(await running)).toEqual([]);
    expect(staged.tenant.requests.token - before).toBeLessThanOrEqual(feeds.length + 2);
    expect(await missing(staged)).toEqual([]);
  });

  test('share one token, and ask for the next one before it ends', async () => {
    const staged = await withNews();
    await runAll(staged);
    expect(staged.tenant.requests.token).toBe(1);
    staged.clock.advance(20 * minuteMs);
    expect(failing(await runAll(staged))).toEqual([]);
    expect(staged.tenant.requests.token).toBe(2);
    expect(await missing(staged)).toEqual([]);
  });

  test('keep to small quotas that every answer tells of', async () => {
    const limit = { limit: 3, windowMs: 5 * minuteMs };
    const quota = Object.fromEntries(endpoints.map((at) => [at, limit]));
    const staged = await withNews({ headersAlways: true, quota });
    for (let runs = 0; runs < 6; runs++) {
      for (const message of (await runAll(staged)).values()) expect(message).toMatch(/^$|^throttled: /);
    }
    expect(await missing(staged)).toEqual([]);
  });

  test('get over everything at once', async () => {
    const staged = await withNews();
    const kinds: readonly TroubleKind[] = [
      'throttledBare',
      'status503',
      'resetMidway',
      'tokenVerificationFailed',
      'failInOk',
      'html',
      'expiredToken',
      'nullData',
    ];
    for (const at of ['token', 'files', ...endpoints] as const) {
      for (const kind of kinds) staged.tenant.trouble({ at, kind, times: 2, after: 1 });
    }
    for (let runs = 0; runs < 5; runs++) await runAll(staged);
    expect(await missing(staged)).toEqual([]);
  });
});
