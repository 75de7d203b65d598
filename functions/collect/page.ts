import type { Cursor } from './cursor.ts';
import type { SourceEvent } from './feed.ts';
import { free } from './free.ts';
import { type Lines, type SourceText, isBlank } from './source-text.ts';

/** Source text that could not become a row, or a file that could not be read: why, where it stood and what it said. */
export interface Rejection {
  readonly reason: string;
  readonly source: string;
  readonly rawText: string;
}

/** A bounded lot of events and where to go on once every one of them is accepted. */
export interface Page {
  /** In order. A page of files holds their text, which takes a fifth of the memory of its events. */
  readonly events: readonly SourceEvent[] | SourceText;
  /** What was rejected while it was read; lines of text are looked at only when the page is cut. */
  readonly rejected: readonly Rejection[];
  /** Events that were left out because an earlier page had sent them. */
  readonly skipped: number;
  readonly next: Cursor;
  /** When the snapshot was taken; only snapshot pages have it. */
  readonly takenAt?: Date | undefined;
  /** Whether there was nothing newer to read behind this page. */
  readonly caughtUp: boolean;
}

/** A page of files' text while it grows. */
export interface OpenPage {
  /** Takes whole lines in UTF-8, without the end of the last one. @param linesBefore how many lines of the file stand before */
  add(lines: Buffer, file: string, linesBefore: number): void;
  reject(rejection: Rejection): void;
  /** Bytes of source text taken so far. */
  readonly size: number;
  /** Whether it has nothing but white space. */
  readonly isEmpty: boolean;
  close(next: Cursor, caughtUp: boolean): Page;
}

/** A page is closed at 8 MB; a lot of lines more fits in, one that is longer makes the block grow. */
const blockBytes = 9 * 1024 * 1024;

/** Opens an empty page of files' text. */
export function openPage(): OpenPage {
  const parts: (Lines | Rejection)[] = [];
  let block: Buffer<ArrayBuffer> = Buffer.allocUnsafeSlow(0);
  let size = 0;
  let used = 0;
  return {
    add(text, file, linesBefore) {
      size += text.length;
      if (isBlank(text)) return;
      block = withRoom(block, used, text.length);
      parts.push({ start: used, end: used + text.length, file, linesBefore });
      used += text.copy(block, used);
    },
    reject: (rejection) => void parts.push(rejection),
    get size() {
      return size;
    },
    get isEmpty() {
      return parts.length === 0;
    },
    close: (next, caughtUp) => ({ events: { block, parts }, rejected: [], skipped: 0, next, caughtUp }),
  };
}

function withRoom(block: Buffer<ArrayBuffer>, used: number, bytes: number): Buffer<ArrayBuffer> {
  if (used + bytes <= block.length) return block;
  const larger = newBlock(Math.max(blockBytes, 2 * (used + bytes)));
  block.copy(larger, 0, 0, used);
  free(block);
  return larger;
}

// Resizable, because V8 maps such memory by itself and gives it back whole, where malloc would keep the gap.
function newBlock(bytes: number): Buffer<ArrayBuffer> {
  return Buffer.from(new ArrayBuffer(bytes, { maxByteLength: bytes }));
}
