import type { PageCut } from './cut-page.ts';
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

/** Counts a page of which all was accepted, in so many bytes. */
export function countPage(
  tally: Tally,
  { skipped, caughtUp }: Page,
  accepted: PageCut & { readonly bytes: number },
): void {
  const { rows, newestTime, rejected, bytes } = accepted;
  tally.eventsRead += rows + skipped;
  tally.rowsSent += rows;
  tally.rowsSkipped += skipped;
  tally.bytes += bytes;
  tally.rejected += rejected.length;
  tally.caughtUp = caughtUp;
  if (newestTime !== undefined) tally.newestEventTime = Math.max(newestTime, tally.newestEventTime ?? newestTime);
}
