import { text } from '../collect/cells.ts';
import type { SnapshotCursor } from '../collect/cursor.ts';
import type { Feed, SnapshotSource, SourceEvent } from '../collect/feed.ts';
import { isOver } from '../collect/is-over.ts';
import type { Run } from '../collect/ports.ts';
import type { Columns } from '../tables/table.ts';
import type { Client } from './client.ts';
import { askPages } from './legacy-page.ts';
import type { SnapshotPage } from './read-snapshot.ts';

/** Walks the campaigns, and the users of each; goes on at the campaign and the page that the cursor names. */
export async function* readCampaigns(
  feed: Feed<Columns, SnapshotSource>,
  path: string,
  cursor: SnapshotCursor,
  run: Run,
  client: Client,
): AsyncGenerator<SnapshotPage, void, undefined> {
  let begun: SnapshotCursor | undefined = cursor;
  let listToken = cursor.campaigns?.token;
  for await (const list of askPages({ path, product: feed.product }, listToken, client, run)) {
    const ids = list.records.map((campaign) => text(campaign['id']) ?? '');
    const first: number = Math.max(0, ids.indexOf(begun?.campaigns?.id ?? ''));
    for (const [index, campaign] of list.records.entries()) {
      if (index < first) continue;
      const at: SnapshotCursor = { ...blank(cursor), campaigns: { token: listToken, id: ids[index] ?? '' } };
      const token: string | undefined = begun?.campaigns?.id === ids[index] ? begun?.token : undefined;
      yield* readUsers(feed, campaign, { ...at, token }, run, client);
      if (isOver(run)) return;
    }
    begun = undefined;
    listToken = list.nextToken;
    const next = listToken === undefined ? { done: true } : { campaigns: { token: listToken, id: '' } };
    yield { events: [], rejected: list.rejected, next: { ...blank(cursor), ...next } };
  }
}

function blank({ takenAt }: SnapshotCursor): SnapshotCursor {
  return { kind: 'snapshot', takenAt, done: false };
}

/** The users of one campaign, each with the campaign's name on it. */
async function* readUsers(
  feed: Feed<Columns, SnapshotSource>,
  campaign: SourceEvent,
  at: SnapshotCursor,
  run: Run,
  client: Client,
): AsyncGenerator<SnapshotPage, void, undefined> {
  const { path, items, query } = feed.source;
  const request = { path, items, query: { ...query, id: campaign['id'] ?? null }, product: feed.product };
  for await (const { records, rejected, nextToken } of askPages(request, at.token, client, run)) {
    const events = records.map((user) => ({
      ...user,
      campaignId: campaign['id'] ?? null,
      campaignName: campaign['name'] ?? null,
      campaignLaunchDate: campaign['launchDate'] ?? null,
    }));
    yield { events, rejected, next: { ...at, token: nextToken } };
  }
}
