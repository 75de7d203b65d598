import { DatabaseSync } from 'node:sqlite';
import { isJsonObject, parseJson } from '../../../functions/tables/json.ts';
import { mimecastHealth } from '../../../functions/tables/mimecast-health.ts';
import type { SourceRow } from '../kql/scope.ts';

/** The rows of a store's file as they land. */
interface LandedRows {
  /** Those that have landed since the last time, by table. */
  next(): ReadonlyMap<string, readonly SourceRow[]>;
  /** The rows of Health that were given. */
  health(): readonly SourceRow[];
}

/** Opens a store's file for reading, beside whoever writes to it. @param since rows that arrived before are left out, epoch milliseconds */
export function openLandedRows(path: string, since: number): LandedRows {
  const database = new DatabaseSync(path, { readOnly: true });
  // Only tables that the connector fills: what the rules themselves raise has other names.
  const newer = database.prepare(
    `SELECT rows.id, name, timeGenerated, arrival, json FROM rows JOIN tables ON tables.id = tableId
     WHERE rows.id > ? AND arrival >= ? AND name LIKE '%\\_CL' ESCAPE '\\' ORDER BY rows.id`,
  );
  const health: SourceRow[] = [];
  let lastId = 0;
  return {
    next() {
      const found = new Map<string, SourceRow[]>();
      for (const { id, name, timeGenerated, arrival, json } of newer.iterate(lastId, Math.max(since, -8.64e15))) {
        const row = parseJson(String(json));
        const table = String(name);
        const rows = found.get(table) ?? [];
        found.set(table, rows);
        rows.push({
          timeGenerated: Number(timeGenerated),
          arrival: Number(arrival),
          row: isJsonObject(row) ? row : {},
        });
        lastId = Number(id);
      }
      health.push(...(found.get(mimecastHealth.name) ?? []));
      return found;
    },
    health: () => health,
  };
}
