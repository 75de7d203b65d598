import { feeds } from '../functions/feeds/index.ts';
import { connectors } from '../functions/connectors.ts';
import type { JsonObject } from '../functions/tables/json.ts';
import { isFeedName } from './mimecast/endpoints.ts';
import { identityOfEvent, identityOfRow } from './mimecast/identity.ts';
import type { Tenant } from './mimecast/tenant.ts';
import type { StoredRow } from './sentinel/store.ts';

const dayMs = 86_400_000;
/** A file of batch events that was read as it came; files of an older week are listed later than they were written. */
const batchDelayMs = 15 * 60_000;

/**
 * When each row would have arrived, had the connector run all the time (epoch milliseconds): its event's time and the
 * tenant's delay. Undefined for what the tenant does not know, such as Health rows.
 */
export function arrivals(tenant: Tenant): (table: string, row: JsonObject) => number | undefined {
  const byTable = new Map(feeds.map(({ name, table }) => [table.name, arrivalsOf(tenant, name)]));
  return (table, row) => {
    const feed = feeds.find((each) => each.table.name === table);
    return feed && isFeedName(feed.name) ? byTable.get(feed.table.name)?.get(identityOfRow(feed.name, row)) : undefined;
  };
}

function arrivalsOf(tenant: Tenant, feedName: string): ReadonlyMap<string, number> {
  const found = new Map<string, number>();
  const feed = feeds.find(({ name }) => name === feedName);
  if (!feed || !isFeedName(feed.name)) return found;
  for (const { event, availableAt } of tenant.events(feed.name)) {
    const happened = feed.time?.(event)?.getTime();
    if (happened === undefined) continue;
    const delayMs = availableAt - happened;
    found.set(
      identityOfEvent(feed.name, event),
      happened + (feed.source.kind === 'batch' ? Math.min(delayMs, batchDelayMs) : delayMs),
    );
  }
  return found;
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
