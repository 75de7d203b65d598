import { randomUUID } from 'node:crypto';
import { faultOf } from '../../functions/collect/fault.ts';
import type { Checkpoints, Clock, Lease } from '../../functions/collect/ports.ts';
import { feeds } from '../../functions/feeds/index.ts';
import type { OldState } from './old-state.ts';

const leaseMs = 60_000;
/** A run of ours that is under way, as in a trial, ends before that. */
const waitMs = 10 * 60_000;
const pollMs = 30_000;

/** The feeds that have a checkpoint of ours already. It also shows that checkpoints can be written. */
export async function feedsBegun(checkpoints: Checkpoints, clock: Clock): Promise<ReadonlySet<string>> {
  const begun = new Set<string>();
  for (const { name } of feeds) {
    const lease = await takeLease(name, checkpoints, clock);
    const signal = AbortSignal.timeout(leaseMs);
    if (lease.checkpoint) begun.add(name);
    await lease.release(lease.keepsakes, signal);
  }
  return begun;
}

/**
 * Writes the state of solution 3.x into our checkpoints; a feed that has one of ours keeps it, since that is newer.
 * @returns a line for each feed
 * @throws ConnectorError `superseded` when a run holds a checkpoint for longer than a run may last
 */
export async function importState(
  states: readonly OldState[],
  checkpoints: Checkpoints,
  clock: Clock,
): Promise<readonly string[]> {
  const lines: string[] = [];
  for (const { feed, cursor, line } of states) {
    if (!cursor) {
      lines.push(line);
      continue;
    }
    const lease = await takeLease(feed, checkpoints, clock);
    const signal = AbortSignal.timeout(leaseMs);
    if (!lease.checkpoint) await lease.save(cursor, signal);
    await lease.release(lease.keepsakes, signal);
    lines.push(lease.checkpoint ? `${feed} keeps its own checkpoint.` : line);
  }
  return lines;
}

async function takeLease(feed: string, checkpoints: Checkpoints, clock: Clock): Promise<Lease> {
  const started = clock.now();
  for (;;) {
    try {
      const signal = AbortSignal.timeout(leaseMs);
      return await checkpoints.take(feed, `upgrade ${randomUUID()}`, clock.now() + leaseMs, signal);
    } catch (error) {
      if (faultOf(error) !== 'superseded' || clock.now() > started + waitMs) throw error;
      await clock.wait(pollMs, AbortSignal.timeout(2 * pollMs));
    }
  }
}
