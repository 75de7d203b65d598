import { mimecastRejected } from '../tables/mimecast-rejected.ts';
import type { Row } from '../tables/table.ts';
import { ahead } from './ahead.ts';
import { ConnectorError } from './fault.ts';
import type { Feed } from './feed.ts';
import type { Page } from './page.ts';
import type { Lease, Logs, Read, Run } from './ports.ts';
import { rejectedRow } from './rejected.ts';
import { rowOf } from './row.ts';
import { type Tally, countPage } from './tally.ts';

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
    const { rows, rejected } = rowsOf(feed, page, account, new Date(run.clock.now()));
    let bytes = 0;
    if (rows.length > 0) bytes += await writeInLease(() => logs.write(feed.table, rows, run), lease, run);
    if (rejected.length > 0) bytes += await writeInLease(() => logs.write(mimecastRejected, rejected, run), lease, run);
    await lease.save(page.next, run.abort);
    countPage(tally, page, bytes, newestTime(rows));
  }
}

function rowsOf(feed: Feed, page: Page, account: string, collectedAt: Date) {
  const stamp = { account, collectedAt, takenAt: page.takenAt };
  return {
    rows: page.events.map((event) => rowOf(feed, event, stamp)),
    rejected: page.rejected.map((rejection) => rejectedRow(feed.name, rejection, account, collectedAt)),
  };
}

async function writeInLease(write: () => Promise<number>, lease: Lease, run: Run): Promise<number> {
  if (run.clock.now() >= lease.until) {
    throw new ConnectorError(
      'superseded',
      'The lease ran out before the rows were written; another run may go on from the last cursor.',
    );
  }
  return write();
}

function newestTime(rows: readonly Row[]): number | undefined {
  let newest: number | undefined;
  for (const { EventTime } of rows) {
    if (EventTime && (newest === undefined || EventTime.getTime() > newest)) newest = EventTime.getTime();
  }
  return newest;
}
