import type { JsonObject } from '../../functions/tables/json.ts';
import { filePrefixes } from './batch-files.ts';
import type { BatchStore, StoredFile } from './batch-store.ts';
import { type BatchToken, decodeBatchToken, encodeBatchToken } from './batch-token.ts';
import type { BatchFeedName } from './endpoints.ts';
import type { FileLinks } from './file-links.ts';
import { errorReply, jsonReply, type Reply } from './reply.ts';
import type { Incoming } from './server.ts';
import { startOfDay } from './times.ts';
import type { QuirkKind } from './trouble.ts';

const dayMs = 86_400_000;
const keptDays = 7;
const maxPageSize = 100;

type Strikes = (kind: QuirkKind) => boolean;

/** What a listing is made from. */
export interface Listing {
  readonly feed: BatchFeedName;
  readonly store: BatchStore;
  readonly links: FileLinks;
  readonly now: number;
  readonly pageCap: number;
  /** How many requests the endpoint has had. */
  readonly count: number;
  readonly strikes: Strikes;
}

/** Answers `GET /siem/v1/batch/events/…`: links to the files behind a token or from a day on, in order of arrival. */
export function listBatch(listing: Listing, request: Incoming): Reply {
  const { feed, store, now, strikes } = listing;
  const query = request.url.searchParams;
  const types = (query.get('type') ?? '').split(',');
  const unknown = types.find((type) => !Object.hasOwn(filePrefixes[feed], type));
  if (unknown !== undefined) return badQuery(`type '${unknown}' is not known`);
  const pageSize = Number(query.get('pageSize') ?? maxPageSize);
  if (!Number.isInteger(pageSize) || pageSize < 1 || pageSize > maxPageSize)
    return badQuery('pageSize must be 1 to 100');
  const start = startOf(query, now);
  if (typeof start === 'string') return badQuery(start);

  if (strikes('emptyNotCaughtUp')) return reply([], encodeBatchToken(start, `n${listing.count}`), false, strikes);
  const keptFrom = startOfDay(now) - keptDays * dayMs;
  const files = store
    .behind(start.position, types)
    .filter((file) => file.arrival >= keptFrom && file.arrival < (start.end ?? Infinity));
  const page = files.slice(0, Math.min(pageSize, listing.pageCap));
  const isAtEnd = page.length === files.length;
  const last = page.at(-1);
  // At the end the same token comes again, so an empty page must not make a new one.
  const token = last ? encodeBatchToken({ position: last, end: start.end }) : sameToken(query, start);
  if (page.length > 0 && strikes('repeatedEvents')) for (const file of page) store.repeat(file);
  const isCaughtUp = isAtEnd || (page.length > 0 && strikes('caughtUpWithData'));
  return reply(entries(listing, page), token, isCaughtUp, strikes);
}

function entries(listing: Listing, page: readonly StoredFile[]): JsonObject[] {
  const value = page.map(({ name, size }) => {
    const { url, expiry } = listing.links.sign(name);
    const entry = { url, expiry: new Date(expiry).toISOString() };
    return size === null ? entry : { ...entry, size };
  });
  const first = value[0];
  return first && listing.strikes('duplicateUrl') ? [...value, first] : value;
}

function reply(value: readonly JsonObject[], token: string, isCaughtUp: boolean, strikes: Strikes): Reply {
  const shown = strikes('nullData') ? null : value;
  const next = strikes('noPagination') ? {} : { '@nextPage': token };
  return jsonReply(200, { value: shown, ...next, isCaughtUp });
}

/** Where a query starts, or what is wrong with it. Dates beside a token do not count. */
function startOf(query: URLSearchParams, now: number): BatchToken | string {
  const token = query.get('nextPage') ?? '';
  if (token !== '') return decodeBatchToken(token) ?? 'nextPage is no token';
  const from = query.get('dateRangeStartsAt');
  const to = query.get('dateRangeEndsAt');
  const start = from === null ? startOfDay(now) : parseDay(from);
  const end = to === null ? undefined : parseDay(to);
  if (start === undefined || (to !== null && end === undefined)) return 'dates must be yyyy-mm-dd';
  if (start < startOfDay(now) - keptDays * dayMs) return `dateRangeStartsAt must be within ${keptDays} days`;
  if (end !== undefined && end < start) return 'dateRangeEndsAt lies before dateRangeStartsAt';
  return { position: { arrival: start, number: -1 }, end: end === undefined ? undefined : end + dayMs };
}

function sameToken(query: URLSearchParams, start: BatchToken): string {
  return query.get('nextPage') || encodeBatchToken(start);
}

function parseDay(text: string): number | undefined {
  const day = /^\d{4}-\d\d-\d\d$/.test(text) ? Date.parse(`${text}T00:00:00Z`) : Number.NaN;
  return Number.isNaN(day) || new Date(day).toISOString().slice(0, 10) !== text ? undefined : day;
}

// The codes of a real 400 are not known (assumed).
function badQuery(message: string): Reply {
  return errorReply(400, 'invalid_request', message);
}
