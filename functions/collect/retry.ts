import { ConnectorError, type Fault } from './fault.ts';
import type { Run } from './ports.ts';

/** What retrying needs to know of the run. */
export type RetryRun = Pick<Run, 'clock' | 'random' | 'deadline' | 'throttled'>;

/** The faults that pass by themselves. */
export type PassingFault = Extract<Fault, 'throttled' | 'unavailable'>;

// The first wait and the longest one, where the service does not say how long.
const firstWaitMs = { throttled: 5_000, unavailable: 1_000 } satisfies Record<PassingFault, number>;
const longestWaitMs = { throttled: 60_000, unavailable: 30_000 } satisfies Record<PassingFault, number>;
// A service that keeps telling to come back at once is not hammered.
const repeatedWaitMs = 1_000;
const defaultTries = 4;

/**
 * How long to wait before trying again, in milliseconds: as told; else doubling each time, with up to half more so that
 * feeds that failed together do not come back together.
 * @param attemptNumber how often it has failed so, from 1
 * @param waitMs what the service told
 * @param random a number in [0, 1)
 */
export function retryDelayMs(
  fault: PassingFault,
  attemptNumber: number,
  waitMs: number | undefined,
  random: number,
): number {
  if (waitMs !== undefined) return Math.max(waitMs, attemptNumber > 1 ? repeatedWaitMs : 0);
  const grownMs = firstWaitMs[fault] * 2 ** (attemptNumber - 1);
  return Math.min(longestWaitMs[fault], grownMs * (1 + random / 2));
}

/**
 * Tries until it succeeds. `throttled` is waited out until the deadline; a told wait that would pass it is not begun.
 * `unavailable` is tried `tries` times in all (default 4). All else is thrown at once.
 * @param signal ends the waiting: the run's `stop` for reading, its `abort` for writing
 * @throws the last attempt's error
 */
export async function withRetry<T>(
  attempt: () => Promise<T>,
  run: RetryRun,
  signal: AbortSignal,
  options: { readonly tries?: number } = {},
): Promise<T> {
  const failures = { throttled: 0, unavailable: 0 };
  const tries = options.tries ?? defaultTries;
  for (;;) {
    try {
      return await attempt();
    } catch (error) {
      if (!isPassing(error)) throw error;
      const failed = ++failures[error.fault];
      if (error.fault === 'unavailable' && failed >= tries) throw error;
      const delayMs = retryDelayMs(error.fault, failed, error.waitMs, run.random());
      if (!(await waited(delayMs, error, run, signal))) throw error;
    }
  }
}

function isPassing(error: unknown): error is ConnectorError & { fault: PassingFault } {
  return error instanceof ConnectorError && (error.fault === 'throttled' || error.fault === 'unavailable');
}

/** @returns whether the wait was over before the signal aborted */
async function waited(delayMs: number, error: ConnectorError, run: RetryRun, signal: AbortSignal): Promise<boolean> {
  const started = run.clock.now();
  const isTold = error.fault === 'throttled' || error.waitMs !== undefined;
  if (isTold && started + delayMs > run.deadline) return false;
  try {
    await run.clock.wait(delayMs, signal);
    return true;
  } catch {
    return false;
  } finally {
    if (error.fault === 'throttled') run.throttled(run.clock.now() - started);
  }
}
