import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ConnectorError } from '../../functions/collect/fault.ts';
import { retryDelayMs, withRetry } from '../../functions/collect/retry.ts';
import { fakeClock } from '../fakes/clock.ts';

const passing = fc.constantFrom('throttled', 'unavailable');
const random = fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true });

describe('retryDelayMs', () => {
  it('waits at least as long as told, and never a second more', () => {
    fc.assert(
      fc.property(passing, fc.integer({ min: 1, max: 50 }), fc.nat(3_600_000), random, (fault, attempt, toldMs, r) => {
        const delayMs = retryDelayMs(fault, attempt, toldMs, r);
        expect(delayMs).toBeGreaterThanOrEqual(toldMs);
        expect(delayMs).toBeLessThanOrEqual(Math.max(toldMs, 1_000));
      }),
    );
  });

  it('grows from one second and never over 30 when a service is unavailable', () => {
    expect([1, 2, 3, 4, 5, 6, 2_000].map((n) => retryDelayMs('unavailable', n, undefined, 0))).toEqual([
      1_000, 2_000, 4_000, 8_000, 16_000, 30_000, 30_000,
    ]);
  });

  it('grows from five seconds and never over 60 when a quota is used up and no wait is told', () => {
    expect([1, 2, 3, 4, 5, 2_000].map((n) => retryDelayMs('throttled', n, undefined, 0))).toEqual([
      5_000, 10_000, 20_000, 40_000, 60_000, 60_000,
    ]);
  });

  it('adds up to half as jitter', () => {
    expect(retryDelayMs('unavailable', 1, undefined, 0.999_999)).toBeCloseTo(1_500, 1);
  });
});

interface Failing {
  readonly errors: readonly Error[];
  readonly deadlineMs?: number;
  readonly tries?: number;
  readonly signal?: AbortSignal;
}

async function run({ errors, deadlineMs = 240_000, tries, signal = new AbortController().signal }: Failing) {
  const clock = fakeClock(0);
  let attempts = 0;
  let throttledMs = 0;
  const given = { clock, random: () => 0, deadline: deadlineMs, throttled: (ms: number) => void (throttledMs += ms) };
  const attempt = async () => {
    const error = errors[attempts++];
    if (error) throw error;
    return 'done';
  };
  const result = await withRetry(attempt, given, signal, tries === undefined ? {} : { tries }).catch(
    (error: unknown) => error,
  );
  return { result, attempts, throttledMs, waitedMs: clock.now() };
}

const unavailable = new ConnectorError('unavailable', 'down');
const throttled = (waitMs?: number) => new ConnectorError('throttled', 'too many', { waitMs });

describe('withRetry', () => {
  it('gives up on an unavailable service at the fourth try', async () => {
    const { result, attempts, waitedMs } = await run({ errors: Array.from({ length: 9 }, () => unavailable) });
    expect(result).toBe(unavailable);
    expect({ attempts, waitedMs }).toEqual({ attempts: 4, waitedMs: 7_000 });
  });

  it('tries as often as asked', async () => {
    expect(await run({ errors: [unavailable, unavailable], tries: 2 })).toMatchObject({ attempts: 2 });
  });

  it('succeeds at the last try', async () => {
    expect(await run({ errors: [unavailable, unavailable, unavailable] })).toMatchObject({ result: 'done' });
  });

  it('waits for a quota as told, however often, and counts the time', async () => {
    const outcome = await run({ errors: Array.from({ length: 7 }, () => throttled(30_000)) });
    expect(outcome).toMatchObject({ result: 'done', attempts: 8, throttledMs: 210_000, waitedMs: 210_000 });
  });

  it('does not begin a wait for a quota that would pass the deadline', async () => {
    const error = throttled(30_001);
    const outcome = await run({ errors: [error], deadlineMs: 30_000 });
    expect(outcome).toMatchObject({ result: error, attempts: 1, throttledMs: 0, waitedMs: 0 });
  });

  it('does not begin a told wait for an unavailable service that would pass the deadline', async () => {
    const error = new ConnectorError('unavailable', 'down', { waitMs: 30_001 });
    expect(await run({ errors: [error], deadlineMs: 30_000 })).toMatchObject({ result: error, waitedMs: 0 });
  });

  it('still retries an unavailable service after the deadline, so that the page in hand gets written', async () => {
    expect(await run({ errors: [unavailable], deadlineMs: -1 })).toMatchObject({ result: 'done', attempts: 2 });
  });

  it('does not hammer a service that keeps telling to come back at once', async () => {
    const errors = Array<Error>(100_000).fill(throttled(0));
    expect((await run({ errors })).attempts).toBeLessThan(250);
  });

  it('throws the service’s error, not the abort, when the signal ends the wait', async () => {
    expect(await run({ errors: [unavailable], signal: AbortSignal.abort() })).toMatchObject({
      result: unavailable,
      attempts: 1,
    });
  });

  it.for(['expired', 'denied', 'malformed', 'oversized', 'superseded'] as const)('throws %s at once', async (fault) => {
    const error = new ConnectorError(fault, 'no');
    expect(await run({ errors: [error] })).toMatchObject({ result: error, attempts: 1, waitedMs: 0 });
  });

  it('throws what is no ConnectorError at once', async () => {
    const error = new TypeError('bug');
    expect(await run({ errors: [error] })).toMatchObject({ result: error, attempts: 1 });
  });
});
