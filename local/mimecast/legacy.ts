import type { Json, JsonObject } from '../../functions/tables/json.ts';
import type { ApiEndpoint } from './endpoints.ts';
import { type Cut, decodePageToken, encodePageToken, type PageToken } from './page-token.ts';
import { errorReply, jsonReply, nestedFail, type Reply } from './reply.ts';
import { bodyOf, itemOf, pagingOf } from './request.ts';
import type { Incoming } from './server.ts';
import type { QuirkKind } from './trouble.ts';

const maxPageSize = 500;
// A call without paging is cut silently: 999 rows of 1,093 were seen.
const unpagedRows = 999;

/** A list behind the old envelope `{meta, data, fail}`. */
export interface LegacyList {
  readonly at: ApiEndpoint;
  /** The name of the list inside `data[0]`; without it `data` is the list. */
  readonly list?: string | undefined;
  /** How many entries there are now. */
  readonly size: () => number;
  readonly rows: (query: JsonObject, cut: Cut) => readonly JsonObject[];
  /** Fields beside the list in `data[0]`. */
  readonly beside?: (rows: readonly JsonObject[]) => JsonObject;
}

/** What a page depends on beside its request. */
export interface LegacyContext {
  readonly now: number;
  readonly pageCap: number;
  /** How many requests the endpoint has had; what the vendor does now one way, now another goes by it. */
  readonly count: number;
  readonly strikes: (kind: QuirkKind) => boolean;
}

/** Answers one page of a legacy list. */
export function legacyPage(source: LegacyList, request: Incoming, context: LegacyContext): Reply {
  const body = bodyOf(request);
  const data = body?.['data'] ?? [];
  if (!body || !Array.isArray(data)) return errorReply(400, 'invalid_request', 'The body is no JSON request');
  if (data.length > 1) {
    return nestedFail({}, [{ code: 'err_validation_value_not_allowed', message: 'data must hold at most 1 item' }]);
  }
  const paging = pagingOf(request);
  const query = itemOf(request);
  const start = startOf(source, paging?.token ?? '', query, context.now);
  if (!start) return errorReply(400, 'invalid_page_token', 'The page token is not valid for this query');

  const rows = source.rows(start.query, start);
  const wanted = paging ? Math.min(paging.size, maxPageSize) : unpagedRows;
  const page = rows.slice(start.offset, start.offset + Math.min(wanted, context.pageCap));
  const next = paging ? nextOf(start, page.length, rows.length, context) : undefined;
  const pagination = paginationOf(start, page.length, rows.length, context);
  const isBare = next === undefined && context.strikes('noPagination');
  const withNext = { ...pagination, ...(next === undefined ? {} : { next }) };
  return jsonReply(200, {
    meta: isBare ? { status: 200 } : { status: 200, pagination: withNext },
    data: dataOf(source, page, context),
    fail: [],
  });
}

function startOf(source: LegacyList, text: string, query: JsonObject, now: number): PageToken | undefined {
  if (text === '') return { at: source.at, query, asOf: now, size: source.size(), offset: 0 };
  const token = decodePageToken(text);
  if (token?.at !== source.at) return undefined;
  const isSameQuery = Object.keys(query).length === 0 || sorted(query) === sorted(token.query);
  return isSameQuery ? token : undefined;
}

function nextOf(start: PageToken, taken: number, total: number, { strikes }: LegacyContext): Json | undefined {
  const offset = start.offset + taken;
  if (offset >= total && !strikes('nextWithEmptyData')) return undefined;
  const next = encodePageToken({ ...start, offset });
  return strikes('objectNext') ? { pageToken: next } : next;
}

function paginationOf(start: PageToken, taken: number, total: number, { count, strikes }: LegacyContext): JsonObject {
  const pages = start.offset > 0 ? { previous: encodePageToken({ ...start, offset: 0 }) } : {};
  if (strikes('growingTotal')) return { pageSize: taken, totalCount: start.offset + taken + 1, ...pages };
  return count % 3 === 0 ? { pageSize: taken, ...pages } : { pageSize: taken, totalCount: total, ...pages };
}

function dataOf(source: LegacyList, page: readonly JsonObject[], { count, strikes }: LegacyContext): Json {
  if (strikes('nullData')) return null;
  const rows = page.length > 0 && strikes('repeatedEvents') ? [...page, ...page] : page;
  if (source.list === undefined) return rows;
  const isWrapped = rows.length > 0 || strikes('wrapperEmptyList') || (!strikes('emptyList') && count % 2 === 0);
  return isWrapped ? [{ [source.list]: rows, ...source.beside?.(rows) }] : [];
}

function sorted(query: JsonObject): string {
  return JSON.stringify(Object.entries(query).sort(([a], [b]) => (a < b ? -1 : 1)));
}
