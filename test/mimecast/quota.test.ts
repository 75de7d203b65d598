import { describe, expect, test } from 'vitest';
import type { Headers } from '../../functions/mimecast/http.ts';
import { requestQuota, toldWaitMs } from '../../functions/mimecast/quota.ts';
import { fakeClock } from '../fakes/clock.ts';

const minuteMs = 60_000;
const batch = '/siem/v1/batch/events/cg';

function stage() {
  const clock = fakeClock();
  const quota = requestQuota(clock);
  const takeMany = (path: string, count: number): void => {
    for (let n = 0; n < count; n++) quota.take(path);
  };
  return { clock, quota, takeMany };
}

function throttled(waitMs: number): object {
  return expect.objectContaining({ fault: 'throttled', waitMs });
}

describe('requestQuota', () => {
  test('lets 50 listings in any 15 minutes through, and tells how long the next has to wait', () => {
    const { clock, quota, takeMany } = stage();
    takeMany(batch, 20);
    clock.advance(5 * minuteMs);
    takeMany(batch, 30);
    expect(() => quota.take(batch)).toThrow(throttled(10 * minuteMs));
    clock.advance(10 * minuteMs - 1);
    expect(() => quota.take(batch)).toThrow(throttled(1));
    clock.advance(1);
    takeMany(batch, 20);
    expect(() => quota.take(batch)).toThrow(throttled(5 * minuteMs));
  });

  test('counts each path by itself, and no refused request', () => {
    const { clock, quota, takeMany } = stage();
    takeMany(batch, 50);
    for (let n = 0; n < 10; n++) expect(() => quota.take(batch)).toThrow(throttled(15 * minuteMs));
    takeMany('/siem/v1/batch/events/ci', 50);
    takeMany('/api/dlp/get-logs', 1000);
    clock.advance(15 * minuteMs);
    expect(() => takeMany(batch, 50)).not.toThrow();
  });

  test('asks no more after an answer that says nothing is left, until the reset', () => {
    const { clock, quota } = stage();
    quota.learn('/api/x', { 'x-ratelimit-remaining': '0', 'x-ratelimit-reset': '4000' });
    expect(() => quota.take('/api/x')).toThrow(throttled(4000));
    expect(() => quota.take('/api/y')).not.toThrow();
    clock.advance(4000);
    expect(() => quota.take('/api/x')).not.toThrow();
  });

  test.each<Headers>([
    { 'x-ratelimit-remaining': '1', 'x-ratelimit-reset': '4000' },
    { 'x-ratelimit-remaining': '0' },
    { 'x-ratelimit-reset': '4000' },
    {},
  ])('learns nothing from %j', (headers) => {
    const { quota } = stage();
    quota.learn('/api/x', headers);
    expect(() => quota.take('/api/x')).not.toThrow();
  });
});

describe('toldWaitMs', () => {
  const now = Date.UTC(2026, 0, 15, 12);
  const date = (ms: number): string => new Date(now + ms).toUTCString();

  test.each<readonly [string, Headers, number | undefined]>([
    ['milliseconds', { 'x-ratelimit-reset': '4419' }, 4419],
    ['milliseconds under the other name', { 'x-rate-limit-reset': '1750' }, 1750],
    ['epoch seconds', { 'x-ratelimit-reset': String(now / 1000 + 30) }, 30_000],
    ['epoch milliseconds', { 'x-ratelimit-reset': String(now + 2500) }, 2500],
    ['an epoch that has passed', { 'x-ratelimit-reset': String(now / 1000 - 5) }, 0],
    ['seconds to retry after', { 'retry-after': '7' }, 7000],
    ['a date to retry after', { 'retry-after': date(9000) }, 9000],
    ['a date that has passed', { 'retry-after': date(-9000) }, 0],
    ['both: the reset counts', { 'x-ratelimit-reset': '200', 'retry-after': '7' }, 200],
    ['a reset nobody can read beside seconds', { 'x-ratelimit-reset': 'soon', 'retry-after': '7' }, 7000],
    ['more than 15 minutes', { 'x-ratelimit-reset': '3600000' }, 15 * minuteMs],
    ['a date a day ahead', { 'retry-after': date(86_400_000) }, 15 * minuteMs],
    ['nothing', {}, undefined],
    ['empty headers', { 'x-ratelimit-reset': '', 'retry-after': '' }, undefined],
    ['words', { 'x-ratelimit-reset': 'soon', 'retry-after': 'later' }, undefined],
  ])('reads %s', (_, headers, waitMs) => {
    expect(toldWaitMs(headers, now)).toBe(waitMs);
  });
});
