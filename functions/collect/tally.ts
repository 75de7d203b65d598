import type { Page } from './page.ts';

/** What a run of a feed has done so far, for its Health row. */
export interface Tally {
  eventsRead: number;
  rowsSent: number;
  rowsSkipped: number;
  bytes: number;
  rejected: number;
  throttledMs: number;
  newestEventTime: number | undefined;
  caughtUp: boolean;
  readonly notes: string[];
}

/** An empty tally. */
export function newTally(): Tally {
  return {
    eventsRead: 0,
    rowsSent: 0,
    rowsSkipped: 0,
    bytes: 0,
    rejected: 0,
    throttledMs: 0,
    newestEventTime: undefined,
    caughtUp: false,
    notes: [],
  };
}

/** Counts a page that was accepted, with the bytes it took and its newest event time (epoch ms). */
export function countPage(tally: Tally, page: Page, bytes: number, newest: number | undefined): void {
  tally.eventsRead += page.events.length + page.skipped;
  tally.rowsSent += page.events.length;
  tally.rowsSkipped += page.skipped;
  tally.bytes += bytes;
  tally.rejected += page.rejected.length;
  tally.caughtUp = page.caughtUp;
  if (newest !== undefined) tally.newestEventTime = Math.max(newest, tally.newestEventTime ?? newest);
}
