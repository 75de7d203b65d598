import { type SentIds, type WindowCursor, overlapMs } from './cursor.ts';

const minuteMs = 60_000;
const dayMs = 24 * 60 * minuteMs;
/** The last minute is left alone: its events may not be there yet. */
const settleMs = minuteMs;
/** Mimecast documents 60 days for audit events; for the other logs it is assumed (mimecast-api §7). */
export const keptMs = 60 * dayMs;

/** A span of time to ask for, in epoch milliseconds on whole seconds; `isLast` when nothing newer is settled yet. */
export interface Window {
  readonly from: number;
  readonly to: number;
  readonly isLast: boolean;
}

/** The next window to read; `lost` is the span Mimecast no longer keeps. */
export interface NextWindow {
  readonly window: Window;
  readonly lost: { readonly from: number; readonly to: number } | undefined;
}

/**
 * The window that follows what was read: from 20 minutes before its end to a minute before now, at most a day.
 * @param until end of the last whole window, epoch ms
 */
export function nextWindow(until: number, now: number): NextWindow {
  const settled = wholeSecond(now - settleMs);
  const oldest = wholeSecond(now - keptMs);
  // A clock that once ran ahead must not make the feed wait until that time comes.
  const wanted = Math.min(until, settled) - overlapMs;
  const from = wholeSecond(Math.max(wanted, oldest));
  return {
    window: { from, to: Math.min(from + dayMs, settled), isLast: from + dayMs >= settled },
    lost: until < oldest ? { from: until, to: oldest } : undefined,
  };
}

function wholeSecond(ms: number): number {
  return Math.floor(ms / 1000) * 1000;
}

const idBytes = 8;
/** What the checkpoint has room for: 700 KB of ids. */
const maxIds = 700_000 / idBytes;

/** What has been sent around the open window, so that a re-read sends only what is new. */
export interface SentMemory {
  /** Whether the event was sent already; from now on it counts as met in this window. @param time epoch ms */
  meet(eventId: string, time: number | undefined): boolean;
  /** The ids as the cursor keeps them while the window is open. */
  ids(): Pick<WindowCursor, 'recent' | 'seen'>;
  /** The ids as the cursor keeps them once the window is whole. */
  wholeIds(): Pick<WindowCursor, 'recent' | 'seen'>;
}

/** The memory at a cursor for a window that ends at `to`: the next window can show again what is younger than `to` − 20 minutes. */
export function sentMemory(cursor: Pick<WindowCursor, 'recent' | 'seen'>, to: number): SentMemory {
  const recent = split(cursor.recent);
  const sent = new Set(recent);
  const seen = new Map<string, number>();
  for (const id of split(cursor.seen)) {
    sent.add(id);
    seen.set(id, to - overlapMs);
  }
  const seenIds = () => [...seen].toSorted(([, a], [, b]) => a - b).map(([id]) => id);
  return {
    meet(eventId, time) {
      const id = shortId(eventId);
      const wasSent = sent.has(id);
      if (time === undefined || time >= to - overlapMs) {
        seen.set(id, time ?? Number.MAX_SAFE_INTEGER);
        sent.add(id);
      }
      return wasSent;
    },
    ids: () => {
      const seenNow = seenIds().slice(-maxIds);
      const room = maxIds - seenNow.length;
      return { recent: join(room > 0 ? recent.slice(-room) : []), seen: join(seenNow) };
    },
    wholeIds: () => ({ recent: join(seenIds().slice(-maxIds)), seen: join([]) }),
  };
}

function shortId(eventId: string): string {
  return Buffer.from(eventId, 'base64url').toString('latin1', 0, idBytes);
}

function split(ids: SentIds): string[] {
  const text = Buffer.from(ids).toString('latin1');
  return Array.from({ length: text.length / idBytes }, (_, index) =>
    text.slice(index * idBytes, (index + 1) * idBytes),
  );
}

function join(ids: readonly string[]): SentIds {
  return Buffer.from(ids.join(''), 'latin1');
}
