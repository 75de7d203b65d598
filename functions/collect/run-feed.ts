import { type Ends, collect } from './collect.ts';
import { ConnectorError } from './fault.ts';
import type { Feed } from './feed.ts';
import { type HealthRow, healthRow } from './health.ts';
import type { Checkpoints, Keepsakes, Lease, Log, Run } from './ports.ts';
import { sendHealth } from './send-health.ts';
import { type Tally, newTally } from './tally.ts';

/** A lease outlives its run's deadline by this, so that a run that ends late is still alone. */
const leaseBeyondDeadlineMs = 30_000;
/** Azure takes up to 30 minutes until a role on a data collection rule works. */
const roleDelayMs = 30 * 60_000;

/** The run of a whole connector, as its feeds share it. */
export interface ConnectorRun extends Omit<Run, 'note' | 'throttled'> {
  readonly runId: string;
  readonly connector: string;
  readonly appVersion: string;
  /** Abort after `abort`: until then the Health row, and after it the lease's release, are tried. */
  readonly abortHealth: AbortSignal;
  readonly abortRelease: AbortSignal;
}

/** The outside world of a run. */
export interface World extends Ends {
  readonly checkpoints: Checkpoints;
  readonly log: Log;
}

/** How a feed's run ended: without a fault, or with the error that ended it. */
export interface Outcome {
  readonly feed: string;
  readonly error: ConnectorError | undefined;
}

/** Runs one feed: takes its lease, collects, writes its Health row and releases the lease. Never throws. */
export async function runFeed(feed: Feed, world: World, shared: ConnectorRun): Promise<Outcome> {
  const started = shared.clock.now();
  const tally = newTally();
  const run: Run = {
    ...shared,
    note: (message) => void tally.notes.push(message),
    throttled: (ms) => void (tally.throttledMs += ms),
  };
  let lease: Lease | undefined;
  let failure: unknown;
  try {
    const until = shared.deadline + leaseBeyondDeadlineMs;
    lease = await world.checkpoints.take(feed.name, shared.runId, until, shared.abort);
    await collect(feed, world, lease, run, tally);
  } catch (error) {
    failure = error;
  }
  const forbiddenSince = forbiddenSinceOf(failure, lease?.keepsakes.forbiddenSince, tally, shared.clock.now());
  const error = errorOf(failure, shared, forbiddenSince);
  const message =
    error?.message ?? (shared.stop.aborted ? 'Stopped at the deadline; the next run goes on from here.' : '');
  const names = { ...shared, account: world.account, feed: feed.name, started, ended: shared.clock.now() };
  const row = healthRow(names, tally, error?.fault, message);
  logEnd(world.log, row, error);
  const unsentHealth = await sendHealth(row, lease, error?.fault, world, { ...run, abort: shared.abortHealth });
  await release(lease, { unsentHealth, forbiddenSince }, world.log, feed.name, shared.abortRelease);
  return { feed: feed.name, error };
}

// What no adapter translated is either the deadline cutting something short, or a bug that must be seen.
function errorOf(
  failure: unknown,
  shared: ConnectorRun,
  forbiddenSince: number | undefined,
): ConnectorError | undefined {
  if (failure === undefined) return undefined;
  if (isForbidden(failure) && shared.clock.now() - (forbiddenSince ?? Infinity) > roleDelayMs) {
    const message =
      'The data collection rule has refused rows for over 30 minutes: grant the identity Monitoring Metrics Publisher on it.';
    return new ConnectorError('denied', message, { cause: failure });
  }
  if (failure instanceof ConnectorError)
    return shared.stop.aborted && failure.fault === 'unavailable' ? undefined : failure;
  if (shared.stop.aborted) return undefined;
  const message = failure instanceof Error ? `${failure.name}: ${failure.message}` : 'unknown error';
  return new ConnectorError('malformed', `Unexpected ${message}`, { cause: failure });
}

function isForbidden(failure: unknown): boolean {
  return failure instanceof ConnectorError && failure.code === 'dcr_forbidden';
}

function forbiddenSinceOf(failure: unknown, before: number | undefined, tally: Tally, now: number): number | undefined {
  // A write that was accepted breaks the row of refusals.
  const since = tally.bytes > 0 ? undefined : before;
  return isForbidden(failure) ? (since ?? now) : since;
}

async function release(
  lease: Lease | undefined,
  keepsakes: Keepsakes,
  log: Log,
  feed: string,
  signal: AbortSignal,
): Promise<void> {
  try {
    await lease?.release(keepsakes, signal);
  } catch (error) {
    log.warn('The lease could not be released; it ends by itself.', {
      feed,
      why: error instanceof Error ? error.message : 'unknown error',
    });
  }
}

function logEnd(log: Log, row: HealthRow, error: ConnectorError | undefined): void {
  const { Feed, RunId, EventsRead, RowsSent, RowsSkipped, Rejected, CaughtUp, Fault, Message } = row;
  const fields = {
    feed: Feed,
    runId: RunId,
    eventsRead: EventsRead,
    rowsSent: RowsSent,
    rowsSkipped: RowsSkipped,
    rejected: Rejected,
    caughtUp: CaughtUp,
    fault: Fault,
    message: Message,
  };
  if (error) log.warn('A feed stopped.', fields);
  else log.info('A feed has run.', fields);
}
