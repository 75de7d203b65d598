import { DatabaseSync } from 'node:sqlite';
import { isJsonObject, parseJson } from '../../../functions/tables/json.ts';
import { keepTable, type KeptTable } from '../kql/kept-table.ts';
import type { SourceRow } from '../kql/scope.ts';

/** The rows of a store's file, decoded once and kept in memory. */
export interface KeptRows {
  /** The rows of a table, those that have landed since the last time included, and the number of the newest. */
  table(name: string): { readonly kept: KeptTable; readonly newest: number };
  close(): void;
}

interface Known {
  readonly rows: KeptTable;
  lastId: number;
}

/** Opens a store's file for reading, beside whoever writes to it. */
export function openKeptRows(path: string): KeptRows {
  const database = new DatabaseSync(path, { readOnly: true });
  const findTable = database.prepare('SELECT id FROM tables WHERE name = ?');
  const newer = database.prepare(
    'SELECT id, timeGenerated, arrival, json FROM rows WHERE tableId = ? AND id > ? ORDER BY id',
  );
  const tables = new Map<string, Known>();

  function* landed(known: Known, tableId: number): Iterable<SourceRow> {
    for (const { id, timeGenerated, arrival, json } of newer.iterate(tableId, known.lastId)) {
      const row = parseJson(String(json));
      known.lastId = Number(id);
      yield { timeGenerated: Number(timeGenerated), arrival: Number(arrival), row: isJsonObject(row) ? row : {} };
    }
  }

  return {
    table(name) {
      const known = tables.get(name) ?? { rows: keepTable(), lastId: 0 };
      tables.set(name, known);
      const tableId = Number(findTable.get(name)?.['id'] ?? 0);
      if (tableId > 0) known.rows.add(landed(known, tableId));
      return { kept: known.rows, newest: known.lastId };
    },
    close: () => database.close(),
  };
}
