import type { Clock, Read } from '../../functions/collect/ports.ts';
import { type Outcome, runFeed } from '../../functions/collect/run-feed.ts';
import type { Feed } from '../../functions/collect/feed.ts';
import type { Checkpoints, Log, Logs } from '../../functions/collect/ports.ts';
import { cutHere } from './bodies.ts';

/** What a test may change about a run. */
export interface RunOptions {
  readonly read: Read;
  readonly logs: Logs;
  readonly checkpoints: Checkpoints;
  readonly clock: Clock;
  readonly startDate?: string;
  readonly budgetMs?: number;
  readonly stop?: AbortSignal;
  readonly abort?: AbortSignal;
  readonly runId?: string;
  readonly log?: Log;
}

const never = new AbortController().signal;
let runs = 0;

/** Runs a feed once, as a connector does. */
export function runOnce(feed: Feed, options: RunOptions): Promise<Outcome> {
  const { read, logs, checkpoints, clock, budgetMs = 240_000 } = options;
  return runFeed(
    feed,
    {
      read,
      cut: cutHere,
      logs,
      checkpoints,
      account: 'mimecast',
      log: options.log ?? { info() {}, warn() {}, error() {} },
    },
    {
      runId: options.runId ?? `run-${++runs}`,
      connector: 'Test',
      appVersion: '0.0.0',
      clock,
      random: () => 0,
      deadline: clock.now() + budgetMs,
      stop: options.stop ?? never,
      abort: options.abort ?? never,
      abortHealth: options.abort ?? never,
      abortRelease: options.abort ?? never,
      startDate: options.startDate ?? new Date(clock.now() - 6 * 86_400_000).toISOString().slice(0, 10),
    },
  );
}
