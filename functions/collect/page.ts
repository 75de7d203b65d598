import type { Cursor } from './cursor.ts';
import type { SourceEvent } from './feed.ts';
import { free } from './free.ts';
import { eventsIn, isBlank } from './source-text.ts';

/** Source text that could not become a row, or a file that could not be read: why, where it stood and what it said. */
export interface Rejection {
  readonly reason: string;
  readonly source: string;
  readonly rawText: string;
}

/** A bounded lot of events and where to go on once every one of them is accepted. */
export interface Page {
  /** In order. A page of a file holds its text and parses it each time they are asked for: text takes a fifth of the memory. */
  readonly events: Iterable<SourceEvent>;
  readonly rejected: readonly Rejection[];
  /** Events that were left out because an earlier page had sent them. */
  readonly skipped: number;
  readonly next: Cursor;
  /** When the snapshot was taken; only snapshot pages have it. */
  readonly takenAt?: Date | undefined;
  /** Whether there was nothing newer to read behind this page. */
  readonly caughtUp: boolean;
  /** Frees its memory; its events cannot be read any more. */
  release?(): void;
}

/** A page of a file's text while it grows. */
export interface OpenPage {
  /** Takes whole lines in UTF-8, without the end of the last one. @param source where the nth stood, for its rejection */
  add(lines: Buffer, source: (line: number) => string): void;
  reject(rejection: Rejection): void;
  /** Bytes of source text taken so far. */
  readonly size: number;
  /** Whether it has nothing but white space. */
  readonly isEmpty: boolean;
  close(next: Cursor, caughtUp: boolean): Page;
}

/** Lines of a page: where their text is in its block. */
interface Lines {
  readonly start: number;
  readonly end: number;
  readonly source: (line: number) => string;
}

/** A page is closed at 8 MB; a lot of lines more fits in, one that is longer makes the block grow. */
const blockBytes = 9 * 1024 * 1024;

/** Opens an empty page of a file's text. */
export function openPage(): OpenPage {
  const parts: (Lines | Rejection)[] = [];
  let block: Buffer<ArrayBuffer> | undefined;
  let size = 0;
  let used = 0;
  return {
    add(text, source) {
      size += text.length;
      if (isBlank(text)) return;
      block = withRoom(block, used, text.length);
      parts.push({ start: used, end: used + text.length, source });
      used += text.copy(block, used);
    },
    reject: (rejection) => void parts.push(rejection),
    get size() {
      return size;
    },
    get isEmpty() {
      return parts.length === 0;
    },
    close: (next, caughtUp) => pageOf(parts, block ?? Buffer.alloc(0), next, caughtUp),
  };
}

function withRoom(block: Buffer<ArrayBuffer> | undefined, used: number, bytes: number): Buffer<ArrayBuffer> {
  if (block && used + bytes <= block.length) return block;
  const larger = Buffer.allocUnsafeSlow(Math.max(blockBytes, 2 * (used + bytes)));
  if (block) {
    block.copy(larger, 0, 0, used);
    free(block);
  }
  return larger;
}

function pageOf(
  parts: readonly (Lines | Rejection)[],
  block: Buffer<ArrayBuffer>,
  next: Cursor,
  caughtUp: boolean,
): Page {
  let rejected: readonly Rejection[] | undefined;
  function* read(): Generator<SourceEvent, void, undefined> {
    const found: Rejection[] = [];
    for (const part of parts) {
      if ('reason' in part) found.push(part);
      else yield* eventsIn(block.subarray(part.start, part.end), part.source, found);
    }
    rejected = found;
  }
  return {
    events: { [Symbol.iterator]: read },
    get rejected() {
      if (!rejected) for (const events = read(); !events.next().done;);
      return rejected ?? [];
    },
    skipped: 0,
    next,
    caughtUp,
    release: () => free(block),
  };
}
