import { feeds } from '../functions/feeds/index.ts';
import { identityOfEvent, identityOfRow } from './mimecast/identity.ts';
import { type FeedName, isFeedName } from './mimecast/endpoints.ts';
import type { Tenant } from './mimecast/tenant.ts';
import type { RowStore } from './sentinel/store.ts';

/** What a feed's tenant could serve against what its table holds, counted by the tenant's own ids. */
export interface LedgerLine {
  readonly feed: FeedName;
  readonly table: string;
  readonly served: number;
  readonly rows: number;
  /** Served, and in no row. */
  readonly lost: number;
  /** Rows beyond the first of an event; the parsers leave them out. */
  readonly repeated: number;
}

/** The loss ledger at a time (epoch milliseconds). */
export function ledger(tenant: Tenant, store: RowStore, now: number): readonly LedgerLine[] {
  return feeds.map(({ name, table }) => {
    if (!isFeedName(name)) throw new Error(`The tenant knows no feed ${name}.`);
    const served = new Set<string>();
    for (const { event, availableAt } of tenant.events(name))
      if (availableAt <= now) served.add(identityOfEvent(name, event));
    const landed = new Set<string>();
    let rows = 0;
    for (const { row } of store.rows(table.name)) {
      landed.add(identityOfRow(name, row));
      rows++;
    }
    const lost = [...served].filter((id) => !landed.has(id)).length;
    return { feed: name, table: table.name, served: served.size, rows, lost, repeated: rows - landed.size };
  });
}
