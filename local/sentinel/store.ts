import { DatabaseSync, type SQLOutputValue } from 'node:sqlite';
import { isJsonObject, type JsonObject, parseJson } from '../../functions/tables/json.ts';

/** A row of a table: its cells by column name, its TimeGenerated and when it arrived, both epoch milliseconds. */
export interface StoredRow {
  readonly timeGenerated: number;
  readonly arrival: number;
  readonly row: JsonObject;
}

/** The workspace's rows. */
export interface RowStore {
  /** Adds all rows or none. */
  insert(table: string, rows: readonly StoredRow[]): void;
  count(table: string): number;
  /** The rows that are there when reading starts, in the order they were inserted. */
  rows(table: string): Iterable<StoredRow>;
  /** Names of the tables that have had rows, sorted. */
  tables(): readonly string[];
  close(): void;
}

const schema = `
  PRAGMA journal_mode = WAL;
  PRAGMA synchronous = NORMAL;
  CREATE TABLE IF NOT EXISTS tables (id INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE);
  CREATE TABLE IF NOT EXISTS rows (
    id INTEGER PRIMARY KEY, tableId INTEGER NOT NULL, timeGenerated INTEGER NOT NULL, arrival INTEGER NOT NULL, json TEXT NOT NULL);
  CREATE INDEX IF NOT EXISTS rowsOfTable ON rows (tableId);
`;

/** Opens the file, or makes it; `:memory:` keeps rows until `close`. In a file they outlive the process, killed or not. */
export function openStore(path: string): RowStore {
  const database = new DatabaseSync(path);
  database.exec(schema);
  const add = database.prepare('INSERT INTO rows (tableId, timeGenerated, arrival, json) VALUES (?, ?, ?, ?)');
  const addTable = database.prepare('INSERT OR IGNORE INTO tables (name) VALUES (?)');
  const findTable = database.prepare('SELECT id FROM tables WHERE name = ?');
  const countRows = database.prepare('SELECT count(*) AS n FROM rows WHERE tableId = ?');
  const lastRow = database.prepare('SELECT max(id) AS n FROM rows');
  const names = database.prepare('SELECT name FROM tables ORDER BY name');
  const select = 'SELECT timeGenerated, arrival, json FROM rows WHERE tableId = ? AND id <= ? ORDER BY id';
  const idOf = (table: string): number => Number(findTable.get(table)?.['id'] ?? 0);

  return {
    insert(table, rows) {
      if (rows.length === 0) return;
      database.exec('BEGIN IMMEDIATE');
      try {
        addTable.run(table);
        const tableId = idOf(table);
        for (const { timeGenerated, arrival, row } of rows)
          add.run(tableId, timeGenerated, arrival, JSON.stringify(row));
        database.exec('COMMIT');
      } catch (error) {
        database.exec('ROLLBACK');
        throw error;
      }
    },
    count: (table) => Number(countRows.get(idOf(table))?.['n']),
    *rows(table) {
      const last = Number(lastRow.get()?.['n'] ?? 0);
      // A statement of its own, since one that is shared cannot be read twice at a time.
      for (const found of database.prepare(select).iterate(idOf(table), last)) yield stored(found);
    },
    tables: () => names.all().map((found) => String(found['name'])),
    close: () => database.close(),
  };
}

function stored(found: Record<string, SQLOutputValue>): StoredRow {
  const row = parseJson(String(found['json']));
  if (!isJsonObject(row)) throw new Error('the store holds a row that is no object');
  return { timeGenerated: Number(found['timeGenerated']), arrival: Number(found['arrival']), row };
}
