import type { Feed } from '../../functions/collect/feed.ts';
import { audit } from '../../functions/feeds/audit.ts';
import { awarenessUserData } from '../../functions/feeds/awareness-user-data.ts';
import { awarenessWatchlistDetails } from '../../functions/feeds/awareness-watchlist-details.ts';
import { segCg } from '../../functions/feeds/seg-cg.ts';
import type { Call } from '../../functions/mimecast/client.ts';
import type { Json, JsonObject } from '../../functions/tables/json.ts';
import type { Row } from '../../functions/tables/table.ts';
import { type Answer, type Files, inside, legacyAnswer } from './fake-api.ts';

/** What Mimecast holds for a feed, how a row tells what it was, and all that has to arrive. */
export interface FakeSource {
  readonly feed: Feed;
  readonly answer: Answer;
  readonly files: Files;
  readonly nameOf: (row: Row) => string;
  readonly names: readonly string[];
}

/** Audit events of the last hours, which a window feed asks for. @param now epoch milliseconds */
export function auditSource(now: number): FakeSource {
  const minutesAgo = [400, 399, 300, 26, 25, 21, 20, 15, 8, 2];
  const events = minutesAgo.map((minutes) => ({
    id: `event ${minutes}`,
    eventTime: new Date(Math.floor(now / 1000) * 1000 - minutes * 60_000).toISOString().replace('.000Z', '+0000'),
  }));
  return {
    feed: audit,
    answer: (call) => {
      const query = inside(call.body, 'data', 0);
      const [from, to] = ['startDateTime', 'endDateTime'].map((name) => timeOf(inside(query, name)));
      const shown = events.filter(
        ({ eventTime }) => timeOf(eventTime) >= (from ?? 0) && timeOf(eventTime) <= (to ?? 0),
      );
      return legacyAnswer(call, shown);
    },
    files: {},
    nameOf: (row) => cellText(row['SourceId']),
    names: events.map(({ id }) => id),
  };
}

function cellText(cell: Row[string]): string {
  return typeof cell === 'string' ? cell : '';
}

function timeOf(value: Json | undefined): number {
  return typeof value === 'string' ? Date.parse(value.replace('+0000', 'Z')) : Number.NaN;
}

/** Gateway events in files on three listings, a broken line among them. */
export function gatewaySource(): FakeSource {
  const events = (...ids: readonly string[]) => ids.map((aggregateId) => JSON.stringify({ aggregateId }));
  const files: Files = {
    '/a': { lines: events('a1', 'a2', 'a3'), trickles: true },
    '/b': { lines: [...events('b1'), 'broken', ...events('b2')], trickles: false },
    '/c': { lines: events('c1'), trickles: false },
    '/d': { lines: ['broken too', ...events('d1', 'd2')], trickles: true },
    '/e': { lines: events('e1'), trickles: false },
  };
  const listings: Readonly<Record<string, JsonObject>> = {
    '': { value: [link('/a'), { ...link('/b'), size: 200 }], '@nextPage': 'second', isCaughtUp: false },
    second: { value: [{ ...link('/c'), size: 100 }, link('/d')], '@nextPage': 'third', isCaughtUp: false },
    third: { value: [link('/e')], isCaughtUp: true },
  };
  return {
    feed: segCg,
    answer: ({ params }: Call) => listings[params?.['nextPage'] ?? ''] ?? {},
    files,
    nameOf: (row) => cellText(row['aggregateId'] ?? row['RawText']),
    names: ['a1', 'a2', 'a3', 'b1', 'broken', 'b2', 'c1', 'broken too', 'd1', 'd2', 'e1'],
  };
}

function link(path: string): JsonObject {
  return { url: `https://files.example${path}?sig=x` };
}

/** A watchlist of some users, which a snapshot feed reads once a day. */
export function watchlistSource(): FakeSource {
  const names = ['a', 'b', 'c', 'd', 'e'].map((name) => `${name}@example.com`);
  const users = names.map((email) => ({ email }));
  return {
    feed: awarenessWatchlistDetails,
    answer: (call) => legacyAnswer(call, users),
    files: {},
    nameOf: (row) => cellText(row['email']),
    names,
  };
}

/** The users of three campaigns, which are listed on two pages. */
export function campaignsSource(): FakeSource {
  const campaigns = ['1', '2', '3'].map((id) => ({ id, name: `campaign ${id}` }));
  const users = ['a', 'b', 'c'].map((name) => ({ email: `${name}@example.com` }));
  return {
    feed: awarenessUserData,
    answer: (call) => {
      if (call.path.endsWith('get-campaign')) return legacyAnswer(call, campaigns);
      const reply = legacyAnswer(call, users);
      return { meta: inside(reply, 'meta') ?? null, data: [{ items: inside(reply, 'data') ?? null }] };
    },
    files: {},
    nameOf: (row) => `${cellText(row['email'])} of ${cellText(row['campaignId'])}`,
    names: campaigns.flatMap(({ id }) => users.map(({ email }) => `${email} of ${id}`)),
  };
}
