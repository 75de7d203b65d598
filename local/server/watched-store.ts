import { setImmediate } from 'node:timers/promises';
import type { RowStore, StoredRow } from '../sentinel/store.ts';

/** Hears of the rows of a table. */
export type OnRows = (table: string, rows: readonly StoredRow[]) => void;

/** The store, telling of every row that is inserted from now on, once it is there. */
export function watchStore(store: RowStore, onRows: OnRows): RowStore {
  return {
    ...store,
    insert(table, rows) {
      store.insert(table, rows);
      onRows(table, rows);
    },
  };
}

const rowsAtATime = 2000;

/** Tells of every row that the connector sent, with pauses in which others get their turn. */
export async function replayStore(store: RowStore, onRows: OnRows): Promise<void> {
  for (const table of store.tables().filter((name) => name.endsWith('_CL'))) {
    let lot: StoredRow[] = [];
    for (const row of store.rows(table)) {
      if (lot.push(row) < rowsAtATime) continue;
      onRows(table, lot);
      lot = [];
      await setImmediate();
    }
    onRows(table, lot);
  }
}
