import { mimecastHealth } from '../tables/mimecast-health.ts';
import { bodies } from './bodies.ts';
import type { Fault } from './fault.ts';
import { type HealthRow, reviveHealthRow } from './health.ts';
import type { Lease, Log, Logs, Run } from './ports.ts';

/** How many Health rows the checkpoint keeps until they can be written. */
const maxUnsentHealth = 50;

/** Writes the Health row, after those kept from earlier runs. @returns the rows still unsent, as JSON */
export async function sendHealth(
  row: HealthRow,
  lease: Lease | undefined,
  fault: Fault | undefined,
  { logs, log }: { readonly logs: Logs; readonly log: Log },
  run: Run,
): Promise<readonly string[]> {
  const kept = lease?.keepsakes.unsentHealth ?? [];
  const rows = [...kept.map(reviveHealthRow), row].filter((each) => each !== undefined);
  try {
    await logs.write(mimecastHealth, bodies(rows), run);
    return [];
  } catch (error) {
    const why = error instanceof Error ? error.message : 'unknown error';
    log.error('The Health row could not be written.', {
      feed: row.Feed,
      runId: row.RunId,
      fault: row.Fault,
      message: row.Message,
      why,
    });
    return fault === 'superseded' ? kept : [...kept, JSON.stringify(row)].slice(-maxUnsentHealth);
  }
}
