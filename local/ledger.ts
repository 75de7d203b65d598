import { feeds } from '../functions/feeds/index.ts';
import { time } from '../functions/collect/cells.ts';
import type { JsonObject } from '../functions/tables/json.ts';
import { mimecastHealth } from '../functions/tables/mimecast-health.ts';
import { mimecastRejected } from '../functions/tables/mimecast-rejected.ts';
import { countFeed, type FeedCount, type FeedCounts } from './feed-count.ts';
import type { BatchFile } from './mimecast/batch-files.ts';
import { type FeedName, isFeedName } from './mimecast/endpoints.ts';
import type { Tenant } from './mimecast/tenant.ts';
import type { RowStore } from './sentinel/store.ts';

/** What a feed's tenant could serve against what its table holds, counted by the tenant's own ids. */
export interface LedgerLine extends FeedCounts {
  readonly feed: FeedName;
  readonly table: string;
}

/** The loss ledger, kept while events are added to a tenant, rows land and runs end. Times are epoch milliseconds. */
export interface Ledger {
  /** Takes events from now on available in the tenant. */
  serve(feed: FeedName, events: readonly JsonObject[], availableAt: number): void;
  /** Takes a batch file of the tenant under its name. */
  serveFile(feed: FeedName, name: string, file: BatchFile, availableAt: number): void;
  /** Takes rows of any table, after what they came from was served. */
  land(table: string, rows: readonly JsonObject[]): void;
  /** When the event of a row could be read first; undefined when no such event was served. */
  availableAt(table: string, row: JsonObject): number | undefined;
  /** No event is under way any more: what has not landed is lost. */
  close(): void;
  lines(now: number): readonly LedgerLine[];
}

/** Starts with nothing. */
export function openLedger(): Ledger {
  const lines = feeds.map(({ name, table, source }) => {
    if (!isFeedName(name)) throw new Error(`The tenant knows no feed ${name}.`);
    return { feed: name, table: table.name, kind: source.kind, count: countFeed(name) };
  });
  const byFeed = new Map<unknown, (typeof lines)[number]>(lines.map((line) => [line.feed, line]));
  const byTable = new Map<string, FeedCount>(lines.map((line) => [line.table, line.count]));

  const takeHealth = (row: JsonObject): void => {
    const line = byFeed.get(row['Feed']);
    // A snapshot that is whole for today is not read again.
    const hasRead = line?.kind !== 'snapshot' || Number(row['EventsRead']) > 0;
    if (row['CaughtUp'] === true && row['Message'] !== 'simulated' && hasRead)
      line?.count.caughtUp(time(row['Started'])?.getTime() ?? Number.NEGATIVE_INFINITY);
  };

  return {
    serve: (feed, events, availableAt) => byFeed.get(feed)?.count.serve(events, availableAt),
    serveFile: (feed, name, file, availableAt) => byFeed.get(feed)?.count.serveFile(name, file, availableAt),
    land(table, rows) {
      for (const row of rows) {
        byTable.get(table)?.land(row);
        if (table === mimecastRejected.name) byFeed.get(row['Feed'])?.count.reject(row);
        if (table === mimecastHealth.name) takeHealth(row);
      }
    },
    availableAt: (table, row) => byTable.get(table)?.availableAt(row),
    close() {
      for (const { count } of lines) count.caughtUp(Number.POSITIVE_INFINITY);
    },
    lines: (now) => lines.map(({ feed, table, count }) => ({ feed, table, ...count.counts(now) })),
  };
}

/** The loss ledger of all a tenant and a store hold at a time (epoch milliseconds), once nothing is under way. */
export function ledger(tenant: Tenant, store: RowStore, now: number): readonly LedgerLine[] {
  const kept = openLedger();
  for (const { name } of feeds) {
    if (!isFeedName(name)) continue;
    for (const { event, availableAt } of tenant.events(name)) kept.serve(name, [event], availableAt);
  }
  for (const table of store.tables()) for (const { row } of store.rows(table)) kept.land(table, [row]);
  kept.close();
  return kept.lines(now);
}
