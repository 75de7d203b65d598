import { type WindowCursor, firstWindowCursor } from '../collect/cursor.ts';
import { eventId } from '../collect/event-id.ts';
import { faultOf } from '../collect/fault.ts';
import type { Feed, WindowSource } from '../collect/feed.ts';
import { isOver } from '../collect/is-over.ts';
import type { Page } from '../collect/page.ts';
import type { Checkpoint, Run } from '../collect/ports.ts';
import { type SentMemory, type Window, nextWindow, sentMemory } from '../collect/window.ts';
import type { Columns } from '../tables/table.ts';
import type { Client } from './client.ts';
import { askPages } from './legacy-page.ts';

type WindowFeed = Feed<Columns, WindowSource>;

const restartsInRun = 2;

/** Reads window after window until caught up or stopped. @throws ConnectorError */
export async function* readWindows(
  feed: WindowFeed,
  from: Checkpoint | undefined,
  run: Run,
  client: Client,
): AsyncGenerator<Page, void, undefined> {
  let cursor = from?.cursor.kind === 'window' ? from.cursor : firstWindowCursor(run.startDate);
  let restarts = 0;
  while (!isOver(run)) {
    const window = openWindow(cursor, run);
    try {
      for await (const { page, next } of readWindow(feed, window, cursor, run, client)) {
        cursor = next;
        yield page;
      }
      if (window.isLast) return;
    } catch (error) {
      if (run.stop.aborted) return;
      if (faultOf(error) !== 'expired' || ++restarts > restartsInRun) throw error;
      run.note('Mimecast no longer takes the saved page token: the window is read again.');
      cursor = {
        ...cursor,
        open: undefined,
        recent: Buffer.concat([cursor.recent, cursor.seen]),
        seen: new Uint8Array(),
      };
    }
  }
}

function openWindow(cursor: WindowCursor, run: Run): Window {
  if (cursor.open) return { from: Date.parse(cursor.open.from), to: Date.parse(cursor.open.to), isLast: false };
  const { window, lost } = nextWindow(Date.parse(cursor.until), run.clock.now());
  if (lost)
    run.note(`Mimecast keeps 60 days: events between ${iso(lost.from)} and ${iso(lost.to)} can no longer be read.`);
  return window;
}

async function* readWindow(feed: WindowFeed, window: Window, cursor: WindowCursor, run: Run, client: Client) {
  const { path, items, query, from, to } = feed.source;
  const span = { [from]: apiTime(window.from), [to]: apiTime(window.to) };
  const memory = sentMemory(cursor, window.to);
  const request = { path, items, query: { ...query, ...span }, product: feed.product };
  for await (const { records, rejected, nextToken } of askPages(request, cursor.open?.token, client, run)) {
    const events = records.filter((record) => !memory.meet(eventId(feed, record), feed.time?.(record)?.getTime()));
    const next = nextToken === undefined ? pastWindow(window, memory) : insideWindow(cursor, window, nextToken, memory);
    const caughtUp = nextToken === undefined && window.isLast;
    yield { page: { events, rejected, skipped: records.length - events.length, next, caughtUp } satisfies Page, next };
  }
}

function insideWindow(cursor: WindowCursor, window: Window, token: string, memory: SentMemory): WindowCursor {
  return { ...cursor, open: { from: iso(window.from), to: iso(window.to), token }, ...memory.ids() };
}

function pastWindow(window: Window, memory: SentMemory): WindowCursor {
  return { kind: 'window', until: iso(window.to), ...memory.wholeIds() };
}

function iso(ms: number): string {
  return new Date(ms).toISOString();
}

// Documented with a numeric offset without colon; a trailing Z is taken by some functions only (mimecast-api §7).
function apiTime(ms: number): string {
  return `${iso(ms).slice(0, 19)}+0000`;
}
