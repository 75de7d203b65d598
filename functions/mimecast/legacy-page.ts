import { ConnectorError } from '../collect/fault.ts';
import type { SourceEvent } from '../collect/feed.ts';
import { isOver } from '../collect/is-over.ts';
import type { Rejection } from '../collect/page.ts';
import type { Run } from '../collect/ports.ts';
import { shortenText } from '../collect/shorten.ts';
import { type Json, type JsonObject, isJsonObject } from '../tables/json.ts';
import { askList } from './ask-list.ts';
import type { Client } from './client.ts';
import { listEnvelope } from './envelope.ts';

/** What to ask a `POST /api/…` function for. */
export interface LegacyRequest {
  readonly path: string;
  /** The name of the list inside `data[0]`; without it `data` is the list. */
  readonly items?: string | undefined;
  /** The one object of the request's `data`; without it the function is asked for everything. */
  readonly query?: JsonObject | undefined;
  readonly product: string;
}

/** A page of records and the token of the next one, undefined on the last. */
export interface LegacyPage {
  readonly records: readonly SourceEvent[];
  readonly rejected: readonly Rejection[];
  readonly nextToken: string | undefined;
}

const pageSize = 500;

/** An empty page may have more behind it (mimecast-api Q16); after so many in a row there is none. */
const emptyPagesInRow = 3;

/** The pages of records behind a token (undefined: from the first), until the last one or the run is over. @throws ConnectorError */
export async function* askPages(
  request: LegacyRequest,
  from: string | undefined,
  client: Client,
  run: Run,
): AsyncGenerator<LegacyPage, void, undefined> {
  const asked = new Set<string>();
  let token = from;
  let emptyPages = 0;
  do {
    if (token !== undefined) asked.add(token);
    const page = await askPage(request, token, asked, client, run);
    emptyPages = page.records.length === 0 ? emptyPages + 1 : 0;
    token = emptyPages < emptyPagesInRow ? page.nextToken : undefined;
    yield { ...page, nextToken: token };
  } while (token !== undefined && !isOver(run));
}

// The query is sent again beside the token (mimecast-api §6).
async function askPage(
  request: LegacyRequest,
  token: string | undefined,
  asked: ReadonlySet<string>,
  client: Client,
  run: Run,
): Promise<LegacyPage> {
  const { path, items, query, product } = request;
  const body = {
    meta: { pagination: { pageSize, ...(token !== undefined && { pageToken: token }) } },
    ...(query && { data: [query] }),
  };
  const call = { path, body, carriesToken: token !== undefined, product };
  const reply = await askList(call, listEnvelope, (answer) => answer.data, client, run);
  if (reply === undefined) return { records: [], rejected: [], nextToken: undefined };
  const { meta, data } = reply;
  const next = meta?.pagination?.next;
  if (!data && Number(meta?.pagination?.pageSize) > 0) {
    throw new ConnectorError('unavailable', `${path} counts records on a page and gives none.`);
  }
  const nextToken = (typeof next === 'string' ? next : next?.pageToken) || undefined;
  const list = items === undefined ? (data ?? []) : (data ?? []).flatMap((wrapper) => listInside(wrapper, items, path));
  const isAskedAgain = nextToken !== undefined && asked.has(nextToken);
  if (isAskedAgain && list.length > 0) {
    throw new ConnectorError('malformed', `${path} gives the same page tokens again and again.`);
  }
  return {
    records: list.filter(isJsonObject),
    rejected: list
      .filter((record) => record !== null && !isJsonObject(record))
      .map((record) => rejection(record, path)),
    nextToken: isAskedAgain ? undefined : nextToken,
  };
}

// An empty result is `data: []` or `data: [{ list: [] }]`, perhaps without the list; beside it stand counts alone.
function listInside(wrapper: Json, items: string, path: string): readonly Json[] {
  const list = isJsonObject(wrapper) ? wrapper[items] : undefined;
  if (Array.isArray(list)) return list;
  const isEmpty =
    wrapper === null ||
    (isJsonObject(wrapper) && Object.values(wrapper).every((value) => typeof value === 'number' || value === null));
  if (isEmpty) return [];
  throw new ConnectorError('malformed', `${path} answered in an unknown shape (data.0.${items}: no list).`);
}

function rejection(record: Json, path: string): Rejection {
  return { reason: 'the record is no object', source: path, rawText: shortenText(JSON.stringify(record)) };
}
