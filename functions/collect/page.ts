import { type Json, isJsonObject, parseJson } from '../tables/json.ts';
import type { Cursor } from './cursor.ts';
import type { SourceEvent } from './feed.ts';
import { shortenText } from './shorten.ts';

/** Source text that could not become a row, or a file that could not be read: why, where it stood and what it said. */
export interface Rejection {
  readonly reason: string;
  readonly source: string;
  readonly rawText: string;
}

/** A bounded lot of events and where to go on once every one of them is accepted. */
export interface Page {
  readonly events: readonly SourceEvent[];
  readonly rejected: readonly Rejection[];
  /** Events that were left out because an earlier page had sent them. */
  readonly skipped: number;
  readonly next: Cursor;
  /** When the snapshot was taken; only snapshot pages have it. */
  readonly takenAt?: Date | undefined;
  /** Whether there was nothing newer to read behind this page. */
  readonly caughtUp: boolean;
}

/** A page of source lines while it grows. */
export interface OpenPage {
  /** Takes a line: an event, a rejection, or nothing when it is blank. @param source where it stood, for the rejection */
  add(line: string, source: () => string): void;
  reject(rejection: Rejection): void;
  /** Characters of source text taken so far. */
  readonly size: number;
  readonly isEmpty: boolean;
  close(next: Cursor, caughtUp: boolean): Page;
}

/** Opens an empty page of source lines. */
export function openPage(): OpenPage {
  const events: SourceEvent[] = [];
  const rejected: Rejection[] = [];
  let size = 0;
  return {
    add(line, source) {
      size += line.length;
      const read = readLine(line);
      if (read === undefined) return;
      if (read.event) events.push(read.event);
      else rejected.push({ reason: read.reason, source: source(), rawText: shortenText(line) });
    },
    reject: (rejection) => void rejected.push(rejection),
    get size() {
      return size;
    },
    get isEmpty() {
      return events.length === 0 && rejected.length === 0;
    },
    close: (next, caughtUp) => ({ events, rejected, skipped: 0, next, caughtUp }),
  };
}

type ReadLine = { readonly event: SourceEvent } | { readonly event?: undefined; readonly reason: string } | undefined;

const byteOrderMark = '\uFEFF';
/** Deeper JSON would overflow the stack of what walks through it; no event is. */
const deepestNesting = 200;

function readLine(line: string): ReadLine {
  if (line.length === 0 || line.trim() === '') return undefined;
  try {
    const value = parseJson(line.startsWith(byteOrderMark) ? line.slice(1) : line);
    if (!isJsonObject(value)) return { reason: 'the line is JSON, but no object' };
    const isTooDeep = line.length > 2 * deepestNesting && isDeeper(value, deepestNesting);
    return isTooDeep ? { reason: `the line is nested more than ${deepestNesting} levels deep` } : { event: value };
  } catch {
    return { reason: 'the line is not JSON' };
  }
}

function isDeeper(value: Json, levels: number): boolean {
  if (typeof value !== 'object' || value === null) return false;
  return levels === 0 || Object.values(value).some((item) => isDeeper(item, levels - 1));
}
