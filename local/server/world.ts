import { mimecastHealth } from '../../functions/tables/mimecast-health.ts';
import type { TenantOptions } from '../mimecast/tenant.ts';
import { openStore, type RowStore } from '../sentinel/store.ts';
import { arrivals, simulatedHealth } from '../simulated-past.ts';
import type { StateFolder } from '../state-folder.ts';
import { type Surroundings, startSurroundings } from '../surroundings.ts';
import { type Fill, startTenantLife, type TenantLife } from '../tenant-life.ts';
import { type Books, openBooks } from './books.ts';
import type { SavedTenant } from './saved-tenant.ts';
import { replayStore, watchStore } from './watched-store.ts';

/** What the app runs in, with books of all that lands. */
export interface World {
  readonly surroundings: Surroundings;
  readonly books: Books;
  /** What is inserted here is in no book. */
  readonly store: RowStore;
  /** The simulated tenant's; a real one lives elsewhere. */
  readonly life: TenantLife | undefined;
  close(): Promise<void>;
}

/** Which Mimecast is read, and where what happens is kept. */
export interface WorldOptions {
  readonly folder: StateFolder;
  /** The simulated tenant; without it the real Mimecast of `realMimecast`, the settings of its application. */
  readonly simulated?: { readonly saved: SavedTenant; readonly fill: Fill } | undefined;
  readonly realMimecast?: Readonly<Record<string, string>> | undefined;
  readonly quota?: TenantOptions['quota'];
}

const dayMs = 86_400_000;

/** Opens the world as it was left. @param onLanded hears which table rows have landed in, once they are in the books */
export async function openWorld(options: WorldOptions, onLanded: (table: string) => void): Promise<World> {
  const { folder, simulated, realMimecast, quota } = options;
  const filling = simulated?.saved.filling;
  const books = openBooks();
  const store = openStore(folder.rows);
  const watched = watchStore(store, (table, rows) => {
    books.land(table, rows);
    onLanded(table);
  });
  const past = filling && {
    startDate: new Date(filling.now - (filling.days + 1) * dayMs).toISOString().slice(0, 10),
    startedAt: filling.now,
    arrival: arrivals(books.ledger),
  };
  const checkpoints = folder.checkpoints;
  const surroundings = await startSurroundings({
    ...past,
    store: watched,
    folder: checkpoints,
    realMimecast,
    tenant: { quota },
  });
  const { tenant } = surroundings;
  const life = simulated && startTenantLife({ tenant, ledger: books.ledger, ...lifeOf(simulated) });
  if (filling && store.count(mimecastHealth.name) === 0)
    store.insert(mimecastHealth.name, simulatedHealth(filling.now, filling.days));
  life?.liveUntil(Date.now());
  await replayStore(store, books.land);
  return {
    surroundings,
    books,
    store,
    life,
    async close() {
      await surroundings.close();
      store.close();
    },
  };
}

function lifeOf({ saved, fill }: NonNullable<WorldOptions['simulated']>) {
  const { filling, extras } = saved;
  return { fill, filling, extras, onExtra: saved.save };
}
