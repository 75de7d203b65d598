import { type SnapshotCursor, firstSnapshotCursor } from '../collect/cursor.ts';
import { faultOf } from '../collect/fault.ts';
import type { Feed, SnapshotSource } from '../collect/feed.ts';
import { isOver } from '../collect/is-over.ts';
import type { Page } from '../collect/page.ts';
import type { Checkpoint, Run } from '../collect/ports.ts';
import type { Columns } from '../tables/table.ts';
import type { Client } from './client.ts';
import { askPages } from './legacy-page.ts';
import { readCampaigns } from './read-campaigns.ts';

type SnapshotFeed = Feed<Columns, SnapshotSource>;

const restartsInRun = 2;

/** Reads the day's snapshot, after an unfinished one of an earlier day. @throws ConnectorError */
export async function* readSnapshots(
  feed: SnapshotFeed,
  from: Checkpoint | undefined,
  run: Run,
  client: Client,
): AsyncGenerator<Page, void, undefined> {
  let cursor = from?.cursor.kind === 'snapshot' ? from.cursor : firstSnapshotCursor(run.clock.now());
  let restarts = 0;
  while (!isOver(run)) {
    if (cursor.done && isToday(cursor, run))
      return yield { events: [], rejected: [], skipped: 0, next: cursor, caughtUp: true };
    if (cursor.done) cursor = firstSnapshotCursor(run.clock.now());
    try {
      for await (const page of readSnapshot(feed, cursor, run, client)) {
        cursor = page.next;
        yield { ...page, takenAt: new Date(cursor.takenAt), skipped: 0, caughtUp: cursor.done && isToday(cursor, run) };
      }
      if (cursor.done && isToday(cursor, run)) return;
    } catch (error) {
      if (run.stop.aborted) return;
      if (faultOf(error) !== 'expired' || ++restarts > restartsInRun) throw error;
      run.note('Mimecast no longer takes the saved page token: the snapshot is taken again.');
      cursor = firstSnapshotCursor(run.clock.now());
    }
  }
}

function isToday(cursor: SnapshotCursor, run: Run): boolean {
  return cursor.takenAt.slice(0, 10) === new Date(run.clock.now()).toISOString().slice(0, 10);
}

/** A page of a snapshot, before it is stamped with its time. */
export type SnapshotPage = Pick<Page, 'events' | 'rejected'> & { readonly next: SnapshotCursor };

function readSnapshot(
  feed: SnapshotFeed,
  cursor: SnapshotCursor,
  run: Run,
  client: Client,
): AsyncGenerator<SnapshotPage, void, undefined> {
  return feed.source.campaigns === undefined
    ? readList(feed, cursor, run, client)
    : readCampaigns(feed, feed.source.campaigns, cursor, run, client);
}

async function* readList(
  feed: SnapshotFeed,
  cursor: SnapshotCursor,
  run: Run,
  client: Client,
): AsyncGenerator<SnapshotPage, void, undefined> {
  const request = { ...feed.source, product: feed.product };
  for await (const { records, rejected, nextToken } of askPages(request, cursor.token, client, run)) {
    yield { events: records, rejected, next: { ...cursor, token: nextToken, done: nextToken === undefined } };
  }
}
