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
  let begun = cursor.campaigns?.id;
  let { token } = cursor;
  let listToken = cursor.campaigns?.token;
  for await (const list of askPages({ path, product: feed.product }, listToken, client, run)) {
    const ids = list.records.map((campaign) => text(campaign['id']) ?? '');
    const behindList: SnapshotCursor =
      list.nextToken === undefined
        ? { ...blank(cursor), done: true }
        : { ...blank(cursor), campaigns: { token: list.nextToken, id: '' } };
    const at = (index: number): SnapshotCursor => {
      const id = ids[index];
      return id === undefined ? behindList : { ...blank(cursor), campaigns: { token: listToken, id } };
    };
    const first: number = begun ? Math.max(0, ids.indexOf(begun)) : 0;
    if (ids[first] !== begun) token = undefined;
    if (ids.length === 0 || list.rejected.length > 0)
      yield { events: [], rejected: list.rejected, next: { ...at(first), token } };
    for (let index = first; index < ids.length && !isOver(run); index++) {
      const campaign = list.records[index] ?? {};
      yield* readUsers(feed, campaign, { first: { ...at(index), token }, behind: at(index + 1) }, run, client);
      token = undefined;
    }
    begun = undefined;
    listToken = list.nextToken;
  }
}

function blank({ takenAt }: SnapshotCursor): SnapshotCursor {
  return { kind: 'snapshot', takenAt, done: false };
}

/** The users of one campaign, each with the campaign's name on it; the cursor of their last page is the one `behind` them. */
async function* readUsers(
  feed: Feed<Columns, SnapshotSource>,
  campaign: SourceEvent,
  { first, behind }: { readonly first: SnapshotCursor; readonly behind: SnapshotCursor },
  run: Run,
  client: Client,
): AsyncGenerator<SnapshotPage, void, undefined> {
  const { path, items, query } = feed.source;
  const request = { path, items, query: { ...query, id: campaign['id'] ?? null }, product: feed.product };
  for await (const { records, rejected, nextToken } of askPages(request, first.token, client, run)) {
    const events = records.map((user) => ({
      ...user,
      campaignId: campaign['id'] ?? null,
      campaignName: campaign['name'] ?? null,
      campaignLaunchDate: campaign['launchDate'] ?? null,
    }));
    yield { events, rejected, next: nextToken === undefined ? behind : { ...first, token: nextToken } };
  }
}
