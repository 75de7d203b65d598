import { isJsonObject, type JsonObject, parseJson } from '../../functions/tables/json.ts';
import type { Incoming } from './server.ts';

/** A request's body as a JSON object; undefined when it is none. An empty body counts as `{}`. */
export function bodyOf(request: Incoming): JsonObject | undefined {
  if (request.body.trim() === '') return {};
  try {
    const body = parseJson(request.body);
    return isJsonObject(body) ? body : undefined;
  } catch {
    return undefined;
  }
}

/** The one object in a legacy request's `data`; `{}` when there is none. */
export function itemOf(request: Incoming): JsonObject {
  const data = bodyOf(request)?.['data'];
  const first = Array.isArray(data) ? data[0] : undefined;
  return isJsonObject(first) ? first : {};
}

/** What a legacy request says about paging; undefined when it says nothing. */
export function pagingOf(request: Incoming): { readonly size: number; readonly token: string } | undefined {
  const meta = bodyOf(request)?.['meta'];
  const pagination = isJsonObject(meta) ? meta['pagination'] : undefined;
  if (!isJsonObject(pagination)) return undefined;
  const size = pagination['pageSize'];
  const token = pagination['pageToken'];
  return {
    size: typeof size === 'number' && size >= 1 ? Math.floor(size) : 25,
    token: typeof token === 'string' ? token : '',
  };
}

/** Whether a request goes on from an earlier page. */
export function hasPageToken(request: Incoming): boolean {
  return (request.url.searchParams.get('nextPage') ?? pagingOf(request)?.token ?? '') !== '';
}
