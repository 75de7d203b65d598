import { hash } from 'node:crypto';
import { type Json, type JsonObject, isJsonObject } from '../tables/json.ts';
import type { Feed, SourceEvent } from './feed.ts';

/**
 * The id of an event: the same on every re-read, whatever the key order, file, page or run.
 * @param takenAt for snapshots, whose events are one per UTC day
 * @returns 22 characters: the first 128 bits of a SHA-256 as base64url
 */
export function eventId(feed: Pick<Feed, 'name' | 'identity'>, event: SourceEvent, takenAt?: Date): string {
  const identity = feed.identity?.(event) || recordText(event);
  return idOf(feed.name, takenAt ? `${takenAt.toISOString().slice(0, 10)}\n${identity}` : identity);
}

/** The id of anything named by a feed and a text: a rejected line, a dead file, a run. */
export function idOf(feedName: string, identity: string): string {
  return first128Bits(hash('sha256', `${feedName}\n${identity}`, 'base64url'));
}

const base64url = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_';

// Of the last of 22 characters only the upper two of its six bits belong to the first 128.
function first128Bits(digest: string): string {
  const last = base64url.indexOf(digest.charAt(21)) & 0b110000;
  return digest.slice(0, 21) + base64url.charAt(last);
}

// `_offset` and `_partition` say where a copy stood in Mimecast's queue, not what happened.
function recordText(event: SourceEvent): string {
  const record = { ...event, _offset: undefined, _partition: undefined };
  return JSON.stringify(isSorted(event) ? record : sorted(record));
}

// Mimecast sends most records sorted, so this is asked of every event and its loop allocates nothing.
function isSorted(record: JsonObject): boolean {
  let previous = '';
  for (const key in record) {
    const value = record[key];
    if (key < previous || (typeof value === 'object' && value !== null && !isSortedInside(value))) return false;
    previous = key;
  }
  return true;
}

function isSortedInside(value: Json): boolean {
  return isJsonObject(value) ? isSorted(value) : !Array.isArray(value) || value.every(isSortedInside);
}

function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  if (typeof value !== 'object' || value === null) return value;
  const keys = Object.entries(value).toSorted(([a], [b]) => (a < b ? -1 : 1));
  return Object.fromEntries(keys.map(([key, item]) => [key, sorted(item)]));
}
