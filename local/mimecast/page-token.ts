import { deflateSync, inflateSync } from 'node:zlib';
import { isJsonObject, type JsonObject, parseJson } from '../../functions/tables/json.ts';

/** The state of a list when its first page was asked for: what came later stays out of the pages that follow. */
export interface Cut {
  /** Epoch ms. */
  readonly asOf: number;
  /** How many entries there were. */
  readonly size: number;
}

/** What a legacy page token says: whose list, for which query, as of when, from which row on. */
export interface PageToken extends Cut {
  readonly at: string;
  readonly query: JsonObject;
  readonly offset: number;
}

/** An opaque text of the vendor's look: base64url of zlib. */
export function encodePageToken({ at, query, asOf, size, offset }: PageToken): string {
  return deflateSync(JSON.stringify({ at, query, asOf, size, offset })).toString('base64url');
}

/** @returns undefined when the text is no token of ours */
export function decodePageToken(text: string): PageToken | undefined {
  try {
    const token = parseJson(inflateSync(Buffer.from(text, 'base64url')).toString('utf8'));
    if (!isJsonObject(token)) return undefined;
    const { at, query, asOf, size, offset } = token;
    const isWhole = typeof asOf === 'number' && typeof size === 'number' && typeof offset === 'number';
    return isWhole && typeof at === 'string' && isJsonObject(query) ? { at, query, asOf, size, offset } : undefined;
  } catch {
    return undefined;
  }
}
