import { mimecastRejected } from '../tables/mimecast-rejected.ts';
import { ahead } from './ahead.ts';
import { bodies } from './bodies.ts';
import { type PageCut, emptyCut } from './cut-page.ts';
import { ConnectorError } from './fault.ts';
import type { Feed } from './feed.ts';
import type { Page } from './page.ts';
import type { Cut, Lease, Logs, Read, Run } from './ports.ts';
import { rejectedRow } from './rejected.ts';
import type { Stamp } from './row.ts';
import { type Tally, countPage } from './tally.ts';

/** What the loop works with: where pages come from, how they become bodies and where these go. */
export interface Ends {
  readonly read: Read;
  readonly cut: Cut;
  readonly logs: Logs;
  readonly account: string;
}

/**
 * Moves a feed's new events into its table, page after page.
 * The one rule: a cursor is saved only after the Logs Ingestion API has accepted every row it covers.
 * @throws ConnectorError of whatever stopped it; what was accepted and saved stays
 */
export async function collect(feed: Feed, ends: Ends, lease: Lease, run: Run, tally: Tally): Promise<void> {
  const { read, logs, account } = ends;
  const reading = new AbortController();
  const pages = read(feed, lease.checkpoint, { ...run, stop: AbortSignal.any([run.stop, reading.signal]) });
  for await (const page of ahead(pages, () => reading.abort())) {
    const stamp = { account, collectedAt: new Date(run.clock.now()), takenAt: page.takenAt };
    const sent = await inLease(() => writeEvents(feed, page, stamp, ends, run), lease, run);
    const rejected = [...page.rejected, ...sent.rejected];
    const rows = rejected.map((rejection) => rejectedRow(feed.name, rejection, account, stamp.collectedAt));
    if (rows.length > 0) sent.bytes += await inLease(() => logs.write(mimecastRejected, bodies(rows), run), lease, run);
    await lease.save(page.next, run.abort);
    countPage(tally, page, { ...sent, rejected });
  }
}

/** Writes a page's events. @returns what they came to, and the bytes accepted */
async function writeEvents(
  feed: Feed,
  { events }: Page,
  stamp: Stamp,
  { cut, logs }: Ends,
  run: Run,
): Promise<PageCut & { bytes: number }> {
  if (isEmpty(events)) return { ...emptyCut, bytes: 0 };
  const came: { cut?: PageCut } = {};
  async function* cutting() {
    came.cut = yield* cut(feed, events, stamp);
  }
  const bytes = await logs.write(feed.table, cutting(), run);
  if (!came.cut) throw new Error('The page was not written to its end.');
  return { ...came.cut, bytes };
}

// A quiet feed starts no thread.
function isEmpty(events: Page['events']): boolean {
  return ('block' in events ? events.parts : events).length === 0;
}

async function inLease<T>(write: () => Promise<T>, lease: Lease, run: Run): Promise<T> {
  if (run.clock.now() >= lease.until) {
    throw new ConnectorError(
      'superseded',
      'The lease ran out before the rows were written; another run may go on from the last cursor.',
    );
  }
  return write();
}
