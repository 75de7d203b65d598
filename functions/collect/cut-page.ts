import type { Row } from '../tables/table.ts';
import { type Body, bodies } from './bodies.ts';
import type { Feed, SourceEvent } from './feed.ts';
import { free } from './free.ts';
import type { Page, Rejection } from './page.ts';
import { type Stamp, rowOf } from './row.ts';
import { eventsIn } from './source-text.ts';

/** What a page's events came to: rows, the newest time of an event (epoch ms), and what is no event, in order. */
export interface PageCut {
  readonly rows: number;
  readonly newestTime: number | undefined;
  readonly rejected: readonly Rejection[];
}

/** What no events come to. */
export const emptyCut: PageCut = { rows: 0, newestTime: undefined, rejected: [] };

/**
 * Makes events into rows, and these into bodies, one by one as they are asked for, so that no row is kept.
 * At the end the text of the events is freed: they cannot be read again.
 */
export function* cutPage(feed: Feed, events: Page['events'], stamp: Stamp): Generator<Body, PageCut, undefined> {
  const rejected: Rejection[] = [];
  const cut = { ...emptyCut, rejected };
  try {
    yield* bodies(rowsOf(feed, 'block' in events ? eventsIn(events, rejected) : events, stamp, cut));
    return cut;
  } finally {
    if ('block' in events) free(events.block);
  }
}

function* rowsOf(
  feed: Feed,
  events: Iterable<SourceEvent>,
  stamp: Stamp,
  cut: { -readonly [K in keyof PageCut]: PageCut[K] },
): Generator<Row, void, undefined> {
  for (const event of events) {
    const row = rowOf(feed, event, stamp);
    const time = row.EventTime?.getTime();
    if (time !== undefined && time > (cut.newestTime ?? -Infinity)) cut.newestTime = time;
    cut.rows++;
    yield row;
  }
}
