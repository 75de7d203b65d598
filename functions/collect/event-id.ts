import { hash } from 'node:crypto';
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
  return hash('sha256', `${feedName}\n${identity}`, 'buffer').subarray(0, 16).toString('base64url');
}

// `_offset` and `_partition` say where a copy stood in Mimecast's queue, not what happened.
function recordText(event: SourceEvent): string {
  const record = '_offset' in event || '_partition' in event ? withoutPlace(event) : event;
  return JSON.stringify(isSorted(record) ? record : sorted(record));
}

function withoutPlace(event: SourceEvent): object {
  return { ...event, _offset: undefined, _partition: undefined };
}

function isSorted(value: unknown): boolean {
  if (typeof value !== 'object' || value === null) return true;
  if (Array.isArray(value)) return value.every(isSorted);
  let previous = '';
  for (const [key, item] of Object.entries(value)) {
    if (key < previous || !isSorted(item)) return false;
    previous = key;
  }
  return true;
}

function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  if (typeof value !== 'object' || value === null) return value;
  const keys = Object.entries(value).toSorted(([a], [b]) => (a < b ? -1 : 1));
  return Object.fromEntries(keys.map(([key, item]) => [key, sorted(item)]));
}
