import { mimecastRejected } from '../tables/mimecast-rejected.ts';
import type { Row } from '../tables/table.ts';
import { ahead } from './ahead.ts';
import { ConnectorError } from './fault.ts';
import type { Feed } from './feed.ts';
import type { Page } from './page.ts';
import type { Lease, Logs, Read, Run } from './ports.ts';
import { rejectedRow } from './rejected.ts';
import { type Stamp, rowOf } from './row.ts';
import { type Sent, type Tally, countPage } from './tally.ts';

/** What the loop works with: where pages come from and where rows go. */
export interface Ends {
  readonly read: Read;
  readonly logs: Logs;
  readonly account: string;
}

/**
 * Moves a feed's new events into its table, page after page.
 * The one rule: a cursor is saved only after the Logs Ingestion API has accepted every row it covers.
 * @throws ConnectorError of whatever stopped it; what was accepted and saved stays
 */
export async function collect(
  feed: Feed,
  { read, logs, account }: Ends,
  lease: Lease,
  run: Run,
  tally: Tally,
): Promise<void> {
  const reading = new AbortController();
  const pages = read(feed, lease.checkpoint, { ...run, stop: AbortSignal.any([run.stop, reading.signal]) });
  for await (const page of ahead(pages, () => reading.abort())) {
    const stamp = { account, collectedAt: new Date(run.clock.now()), takenAt: page.takenAt };
    const sent: Sent = { rows: 0, bytes: 0, newestTime: undefined };
    const rows = rowsOf(feed, page, stamp, sent);
    if (hasEvents(page)) sent.bytes += await inLease(() => logs.write(feed.table, rows, run), lease, run);
    const rejected = page.rejected.map((line) => rejectedRow(feed.name, line, account, stamp.collectedAt));
    if (rejected.length > 0) sent.bytes += await inLease(() => logs.write(mimecastRejected, rejected, run), lease, run);
    await lease.save(page.next, run.abort);
    countPage(tally, page, sent);
    page.release?.();
  }
}

function hasEvents({ events }: Page): boolean {
  return !events[Symbol.iterator]().next().done;
}

/** Makes rows as they are asked for, so that none is kept, and counts them; only then is it known what was rejected. */
function* rowsOf(feed: Feed, { events }: Page, stamp: Stamp, sent: Sent): Generator<Row, void, undefined> {
  for (const event of events) {
    const row = rowOf(feed, event, stamp);
    const time = row.EventTime?.getTime();
    if (time !== undefined && time > (sent.newestTime ?? -Infinity)) sent.newestTime = time;
    sent.rows++;
    yield row;
  }
}

async function inLease(write: () => Promise<number>, lease: Lease, run: Run): Promise<number> {
  if (run.clock.now() >= lease.until) {
    throw new ConnectorError(
      'superseded',
      'The lease ran out before the rows were written; another run may go on from the last cursor.',
    );
  }
  return write();
}
