import { eventId, idOf } from '../../functions/collect/event-id.ts';
import type { Cursor } from '../../functions/collect/cursor.ts';
import type { Page } from '../../functions/collect/page.ts';
import type { Checkpoints, Lease, Read } from '../../functions/collect/ports.ts';
import type { Feed } from '../../functions/collect/feed.ts';
import { mimecastRejected } from '../../functions/tables/mimecast-rejected.ts';
import { contentOf } from '../fakes/bodies.ts';
import { type RowStore, openStore } from '../../local/sentinel/store.ts';

/** Watches the one rule: at each save, every row the cursor covers has to be in its table. */
export interface OneRule {
  /** The store behind the Logs Ingestion endpoint. */
  readonly store: RowStore;
  /** A reader whose pages are remembered. */
  watchRead(read: Read): Read;
  /** Checkpoints whose saves are held against the pages behind them. */
  watchCheckpoints(checkpoints: Checkpoints): Checkpoints;
  /** How many pages with rows have been saved so far. */
  readonly pagesSaved: number;
  /** Rows that a saved cursor covers though they were not accepted: feed and EventId. */
  readonly violations: readonly string[];
}

/** What a page has to become: tables and EventIds. */
interface PageIds {
  readonly rows: readonly string[];
  readonly rejected: readonly string[];
}

function idsOf(feed: Feed, page: Page): PageIds {
  const { events, rejected } = contentOf(page);
  return {
    rows: events.map((event) => `${feed.table.name} ${eventId(feed, event, page.takenAt)}`),
    rejected: rejected.map(({ rawText, source }) => `${mimecastRejected.name} ${idOf(feed.name, rawText || source)}`),
  };
}

/** Keeps the rows in memory. */
export function oneRule(): OneRule {
  const store = openStore(':memory:');
  const accepted = new Set<string>();
  const pages = new WeakMap<Cursor, { readonly feed: string; readonly page: PageIds }[]>();
  const violations: string[] = [];
  let pagesSaved = 0;

  function check(cursor: Cursor): void {
    for (const { feed, page } of pages.get(cursor) ?? []) {
      const missing = [...page.rows, ...page.rejected].filter((id) => !accepted.has(id));
      violations.push(...missing.map((id) => `${feed} ${id}`));
      if (page.rows.length > 0) pagesSaved++;
    }
    pages.delete(cursor);
  }

  function watchLease(lease: Lease): Lease {
    return {
      ...lease,
      save(cursor, signal) {
        check(cursor);
        return lease.save(cursor, signal);
      },
    };
  }

  return {
    store: {
      ...store,
      insert(table, rows) {
        store.insert(table, rows);
        for (const { row } of rows) if (typeof row['EventId'] === 'string') accepted.add(`${table} ${row['EventId']}`);
      },
    },
    watchRead: (read) =>
      async function* watched(feed, from, run) {
        for await (const page of read(feed, from, run)) {
          pages.set(page.next, [...(pages.get(page.next) ?? []), { feed: feed.name, page: idsOf(feed, page) }]);
          yield page;
        }
      },
    watchCheckpoints: (checkpoints) => ({
      take: async (...taken) => watchLease(await checkpoints.take(...taken)),
    }),
    get pagesSaved() {
      return pagesSaved;
    },
    violations,
  };
}
