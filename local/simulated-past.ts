import { time } from '../functions/collect/cells.ts';
import type { Source } from '../functions/collect/feed.ts';
import { connectors } from '../functions/connectors.ts';
import { feeds } from '../functions/feeds/index.ts';
import type { JsonObject } from '../functions/tables/json.ts';
import type { Ledger } from './ledger.ts';
import type { StoredRow } from './sentinel/store.ts';

const dayMs = 86_400_000;
/** A file of batch events that was read as it came; files of an older week are listed later than they were written. */
export const batchDelayMs = 15 * 60_000;

/**
 * When each row would have arrived, had the connector run all the time (epoch milliseconds): its event's time and the
 * tenant's delay. Undefined for what the tenant did not serve, such as Health rows, and for snapshots, which have no past.
 */
export function arrivals(ledger: Ledger): (table: string, row: JsonObject) => number | undefined {
  const kinds = new Map<string, Source['kind']>(feeds.map(({ table, source }) => [table.name, source.kind]));
  return (table, row) => {
    const kind = kinds.get(table);
    const happened = time(row['EventTime'])?.getTime();
    if (kind === undefined || kind === 'snapshot' || happened === undefined) return undefined;
    const availableAt = ledger.availableAt(table, row);
    if (availableAt === undefined) return undefined;
    const delayMs = Math.max(0, availableAt - happened);
    return happened + (kind === 'batch' ? Math.min(delayMs, batchDelayMs) : delayMs);
  };
}

/** One caught-up Health row a feed and day of the simulated past, so that alerts on silence see a connector that ran. */
export function simulatedHealth(now: number, days: number): readonly StoredRow[] {
  const rows: StoredRow[] = [];
  for (const { name: connector, feeds: of } of connectors) {
    for (const feed of of) {
      for (let day = days; day >= 1; day--) rows.push(healthOf(connector, feed.name, now - day * dayMs));
    }
  }
  return rows;
}

function healthOf(connector: string, feed: string, at: number): StoredRow {
  const ended = new Date(at).toISOString();
  const row = {
    TimeGenerated: ended,
    EventTime: ended,
    EventId: `simulated ${feed} ${ended}`,
    Account: 'mimecast',
    RunId: `simulated ${ended}`,
  };
  const counts = { EventsRead: 0, RowsSent: 0, RowsSkipped: 0, Bytes: 0, Rejected: 0, ThrottledMs: 0 };
  const said = { CaughtUp: true, Fault: '', Message: 'simulated', AppVersion: 'simulated' };
  return {
    timeGenerated: at,
    arrival: at,
    row: { ...row, Connector: connector, Feed: feed, Started: ended, Ended: ended, ...counts, ...said },
  };
}
