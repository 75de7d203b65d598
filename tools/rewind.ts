import { randomUUID } from 'node:crypto';
import { parseArgs } from 'node:util';
import { AzureCliCredential } from '@azure/identity';
import { checkpointTable } from '../functions/azure/checkpoint-table.ts';
import { tableCheckpoints } from '../functions/azure/checkpoints.ts';
import { cached } from '../functions/azure/credential.ts';
import { systemClock } from '../functions/clock.ts';
import {
  type Cursor,
  type Day,
  firstBatchCursor,
  firstSnapshotCursor,
  firstWindowCursor,
} from '../functions/collect/cursor.ts';
import type { Feed } from '../functions/collect/feed.ts';
import { feeds } from '../functions/feeds/index.ts';
import { readCheckpointSettings } from '../functions/settings.ts';

/** What `npm run rewind` is given. */
interface Rewind {
  readonly feed: Feed;
  readonly to: Day;
}

const usage = 'Usage: npm run rewind -- --feed <feed> --to <yyyy-mm-dd>';

/** Reads the arguments. @throws Error that says what is wrong */
export function readArguments(args: readonly string[], now: number): Rewind {
  const { values } = parseArgs({ args: [...args], options: { feed: { type: 'string' }, to: { type: 'string' } } });
  const feed = feeds.find(({ name }) => name.toLowerCase() === values.feed?.toLowerCase());
  if (!feed) throw new Error(`${usage}\n--feed must be one of ${feeds.map(({ name }) => name).join(', ')}.`);
  const ms = /^\d{4}-\d\d-\d\d$/.test(values.to ?? '') ? Date.parse(values.to ?? '') : Number.NaN;
  if (Number.isNaN(ms) || ms > now) throw new Error(`${usage}\n--to must be a day that has begun, such as 2026-11-01.`);
  return { feed, to: new Date(ms).toISOString().slice(0, 10) };
}

/** The cursor from which a feed reads a day again; a snapshot has no past, so it is taken again. */
export function rewoundCursor({ feed, to }: Rewind, now: number): Cursor {
  switch (feed.source.kind) {
    case 'batch':
      return firstBatchCursor(to);
    case 'window':
      return firstWindowCursor(to);
    case 'snapshot':
      return firstSnapshotCursor(now);
  }
}

/**
 * Moves a feed back to a day, while no run holds its checkpoint. What is read again is sent again with the same EventIds.
 * @param environment CHECKPOINT_STORAGE, CHECKPOINT_TABLE and ACCOUNT as the app has them; a URL is opened as the user of `az login`
 * @throws ConnectorError `superseded` while a run holds the checkpoint
 */
export async function rewind(wanted: Rewind, environment: NodeJS.ProcessEnv): Promise<void> {
  const { checkpoints: storage, account } = readCheckpointSettings(environment);
  const client = checkpointTable(storage, cached(new AzureCliCredential(), systemClock));
  const checkpoints = tableCheckpoints({
    client,
    account,
    clock: systemClock,
    random: Math.random,
    replaceUnreadable: true,
  });
  const signal = AbortSignal.timeout(60_000);
  const lease = await checkpoints.take(wanted.feed.name, `rewind ${randomUUID()}`, systemClock.now() + 60_000, signal);
  await lease.save(rewoundCursor(wanted, systemClock.now()), signal);
  await lease.release(lease.keepsakes, signal);
}

if (import.meta.main) {
  try {
    const wanted = readArguments(process.argv.slice(2), systemClock.now());
    await rewind(wanted, process.env);
    process.stdout.write(`${wanted.feed.name} reads again from ${wanted.to} at its next run.\n`);
  } catch (error) {
    process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
    process.exitCode = 1;
  }
}
