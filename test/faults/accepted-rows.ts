import { feeds } from '../../functions/feeds/index.ts';
import { type RowStore, openStore } from '../../local/sentinel/store.ts';
import type { Seen } from './requests.ts';

/** Accepted rows held against saved cursors: a row may come again only when the run that sent it saved no cursor behind it. */
export interface AcceptedRows {
  /** The store behind the Logs Ingestion endpoint. */
  readonly store: RowStore;
  /** Takes a request of the checkpoint store. */
  note(seen: Seen): void;
  /** No process is left that could save a cursor behind what was sent. @returns how many rows of the run that leaves so, by table */
  endRun(): ReadonlyMap<string, number>;
  /** How many rows of events came again. */
  readonly repeated: number;
  /** Those that a saved cursor had covered when they came again: table and EventId. */
  readonly forbidden: readonly string[];
}

interface Sent {
  readonly all: Set<string>;
  /** Accepted in earlier runs that ended before they saved a cursor behind it. */
  readonly uncovered: Set<string>;
  /** Accepted since the last save was sent. */
  unsaved: Set<string>;
  /** Accepted before that, while nobody knows yet whether the save was done. */
  saving: Set<string>;
}

/** Keeps the rows in memory. */
export function acceptedRows(): AcceptedRows {
  const store = openStore(':memory:');
  const byTable = new Map<string, Sent>();
  const byFeed = new Map<string, Sent>();
  for (const { name, table } of feeds) {
    const sent: Sent = { all: new Set(), uncovered: new Set(), unsaved: new Set(), saving: new Set() };
    byTable.set(table.name, sent);
    byFeed.set(name, sent);
  }
  const forbidden: string[] = [];
  let repeated = 0;

  function count(sent: Sent, table: string, id: string): void {
    if (sent.all.has(id)) {
      repeated++;
      const isCovered = !sent.unsaved.has(id) && !sent.saving.has(id) && !sent.uncovered.delete(id);
      if (isCovered) forbidden.push(`${table} ${id}`);
    }
    sent.all.add(id);
    sent.unsaved.add(id);
  }

  return {
    store: {
      ...store,
      insert(table, rows) {
        store.insert(table, rows);
        const sent = byTable.get(table);
        if (sent) for (const { row } of rows) count(sent, table, JSON.stringify(row['EventId']));
      },
    },
    note({ at, when, method, url, status }) {
      // The lease is taken by MERGE or POST; what replaces the entity whole saves a cursor or ends the lease.
      const feed = at === 'checkpoints' && method === 'PUT' ? /RowKey='(\w+)'/.exec(decodeURIComponent(url))?.[1] : '';
      const sent = byFeed.get(feed ?? '');
      if (!sent) return;
      if (when === 'asked') {
        for (const id of sent.unsaved) sent.saving.add(id);
        sent.unsaved = new Set();
      } else if (status < 300) sent.saving = new Set();
    },
    endRun() {
      const left = new Map<string, number>();
      for (const [table, sent] of byTable) {
        const ids = new Set([...sent.unsaved, ...sent.saving]);
        for (const id of ids) sent.uncovered.add(id);
        sent.unsaved = new Set();
        sent.saving = new Set();
        left.set(table, ids.size);
      }
      return left;
    },
    get repeated() {
      return repeated;
    },
    forbidden,
  };
}
