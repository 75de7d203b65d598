import { DatabaseSync, type SQLOutputValue } from 'node:sqlite';
import { isJsonObject, type JsonObject, parseJson } from '../../functions/tables/json.ts';

/** A row as the page shows it. Times are epoch milliseconds. */
export interface ShownRow {
  readonly id: number;
  readonly timeGenerated: number;
  readonly arrival: number;
  readonly row: JsonObject;
}

/** Which rows of a table: those that hold a text, older than a row shown before. */
interface RowQuery {
  readonly table: string;
  /** Text that the row holds in a cell or a column name, in any case of ASCII letters; empty: any row. */
  readonly search: string;
  /** The last row of the page before this one. */
  readonly after?: { readonly timeGenerated: number; readonly id: number } | undefined;
  readonly limit: number;
}

/** Reads the rows of a store's file beside it. */
export interface RowReader {
  /** The rows with the newest TimeGenerated first. */
  list(query: RowQuery): readonly ShownRow[];
  one(table: string, id: number): ShownRow | undefined;
  close(): void;
}

const select = 'SELECT rows.id, timeGenerated, arrival, json FROM rows JOIN tables ON tables.id = tableId';

/** Opens a store's file for reading. */
export function openRowReader(path: string): RowReader {
  const database = new DatabaseSync(path, { readOnly: true });
  const page = database.prepare(`${select}
    WHERE tables.name = ? AND json LIKE ? ESCAPE '\\' AND (timeGenerated, rows.id) < (?, ?)
    ORDER BY timeGenerated DESC, rows.id DESC LIMIT ?`);
  const single = database.prepare(`${select} WHERE tables.name = ? AND rows.id = ?`);
  return {
    list({ table, search, after, limit }) {
      const last = after ?? { timeGenerated: Number.MAX_SAFE_INTEGER, id: 0 };
      return page.all(table, pattern(search), last.timeGenerated, last.id, limit).map(shown);
    },
    one(table, id) {
      const found = single.get(table, id);
      return found && shown(found);
    },
    close: () => database.close(),
  };
}

// Cells are searched in the row's JSON, so the text is spelt as JSON spells it.
function pattern(search: string): string {
  const spelt = JSON.stringify(search).slice(1, -1);
  return `%${spelt.replace(/[\\%_]/g, '\\$&')}%`;
}

function shown(found: Record<string, SQLOutputValue>): ShownRow {
  const row = parseJson(String(found['json']));
  return {
    id: Number(found['id']),
    timeGenerated: Number(found['timeGenerated']),
    arrival: Number(found['arrival']),
    row: isJsonObject(row) ? row : {},
  };
}
