import { randomUUID } from 'node:crypto';
import type { Checkpoints, Clock } from '../../functions/collect/ports.ts';
import { feeds } from '../../functions/feeds/index.ts';
import type { OldState } from './old-state.ts';

const leaseMs = 60_000;

/** The feeds that have a checkpoint of ours already. It also shows that checkpoints can be written. */
export async function feedsBegun(checkpoints: Checkpoints, clock: Clock): Promise<ReadonlySet<string>> {
  const begun = new Set<string>();
  for (const { name } of feeds) {
    const signal = AbortSignal.timeout(leaseMs);
    const lease = await checkpoints.take(name, `upgrade ${randomUUID()}`, clock.now() + leaseMs, signal);
    if (lease.checkpoint) begun.add(name);
    await lease.release(lease.keepsakes, signal);
  }
  return begun;
}

/**
 * Writes the state of solution 3.x into our checkpoints; a feed that has one of ours keeps it, since that is newer.
 * @returns a line for each feed
 * @throws ConnectorError `superseded` while a run holds a checkpoint
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
    const signal = AbortSignal.timeout(leaseMs);
    const lease = await checkpoints.take(feed, `upgrade ${randomUUID()}`, clock.now() + leaseMs, signal);
    if (!lease.checkpoint) await lease.save(cursor, signal);
    await lease.release(lease.keepsakes, signal);
    lines.push(lease.checkpoint ? `${feed} keeps its own checkpoint.` : line);
  }
  return lines;
}
