import * as z from 'zod';
import { ConnectorError } from '../collect/fault.ts';
import type { Checkpoints, Clock, Log } from '../collect/ports.ts';
import { type Head, type Saved, entityVersion, nothingSaved, readHead, readSaved } from './entity.ts';
import { type StoreOptions, entityStore } from './entity-store.ts';
import { tableLease } from './lease.ts';

export interface CheckpointsOptions extends StoreOptions {
  readonly log?: Pick<Log, 'warn'> | undefined;
  /** Takes a checkpoint that cannot be read as one that is not there yet, so that it can be set anew; default false. */
  readonly replaceUnreadable?: boolean | undefined;
}

/** How often another run may write between our read and our write before the feed is left to it. */
const takeRounds = 5;

/** Checkpoints in Azure Table Storage: one entity a feed, guarded by the lease in it and by its ETag. */
export function tableCheckpoints(options: CheckpointsOptions): Checkpoints {
  const { clock, log, replaceUnreadable = false } = options;
  return {
    async take(feedName, runId, until, signal) {
      const store = entityStore(options, feedName);
      const first = { Version: entityVersion, RunId: runId, Write: 1, LeaseUntil: new Date(until) };
      for (let round = 1; round <= takeRounds; round++) {
        const found = await store.read(signal);
        const head = found && readHead(found);
        if (head) refuse(head, feedName, runId, clock);
        if (head?.LeaseUntil && head.RunId !== runId) {
          log?.warn('A run ended without releasing its lease.', { feed: feedName, runId: head.RunId });
        }
        const saved = head ? savedIn(head, feedName, replaceUnreadable) : nothingSaved;
        // A write whose reply was lost is found by the next round as this run's own.
        const condition = head ? ({ mode: 'Merge', etag: head.etag } as const) : 'new';
        const etag = await store.write(first, condition, signal);
        if (etag !== undefined) return tableLease({ store, clock, feedName, runId, until, etag, saved });
      }
      throw new ConnectorError('superseded', `Other runs keep writing the checkpoint of ${feedName}.`);
    },
  };
}

function refuse({ Version, RunId, LeaseUntil }: Head, feedName: string, runId: string, clock: Clock): void {
  if (Version > entityVersion) {
    const message = `The checkpoint of ${feedName} is of version ${Version}, this connector knows ${entityVersion}: deploy the newer connector again.`;
    throw new ConnectorError('malformed', message);
  }
  if (!LeaseUntil || LeaseUntil.getTime() <= clock.now() || RunId === runId) return;
  const message = `The run ${RunId} holds the checkpoint of ${feedName} until ${LeaseUntil.toISOString()}.`;
  throw new ConnectorError('superseded', message);
}

function savedIn(head: Head, feedName: string, replaceUnreadable: boolean): Saved {
  try {
    return readSaved(head);
  } catch (error) {
    if (replaceUnreadable) return nothingSaved;
    const message = `The checkpoint of ${feedName} cannot be read (${reasonOf(error)}). Nothing was changed; set it anew with \`npm run rewind -- --feed ${feedName} --to yyyy-mm-dd\`.`;
    throw new ConnectorError('malformed', message);
  }
}

function reasonOf(error: unknown): string {
  if (!(error instanceof z.ZodError)) return 'it is no JSON';
  return error.issues.map(({ path, message }) => [path.join('.'), message].filter(Boolean).join(': ')).join('; ');
}
