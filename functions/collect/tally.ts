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

/** What was sent of a page: rows, bytes, and the newest time of its events (epoch ms). */
export interface Sent {
  rows: number;
  bytes: number;
  newestTime: number | undefined;
}

/** Counts a page that was accepted. */
export function countPage(tally: Tally, page: Page, { rows, bytes, newestTime }: Sent): void {
  tally.eventsRead += rows + page.skipped;
  tally.rowsSent += rows;
  tally.rowsSkipped += page.skipped;
  tally.bytes += bytes;
  tally.rejected += page.rejected.length;
  tally.caughtUp = page.caughtUp;
  if (newestTime !== undefined) tally.newestEventTime = Math.max(newestTime, tally.newestEventTime ?? newestTime);
}
