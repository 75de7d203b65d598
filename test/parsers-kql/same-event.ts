import { rowOf } from '../../functions/collect/row.ts';
import type { Feed } from '../../functions/collect/feed.ts';
import { isJsonObject, type Json, type JsonObject, parseJson } from '../../functions/tables/json.ts';
import { commonColumns } from '../../functions/tables/table.ts';
import { generations } from './workspaces.ts';

/** What 3.1 and 3.0 call columns whose name is not that of ours with a suffix. */
const renamed: Readonly<Record<string, readonly string[]>> = {
  SourceId: ['id', 'id_s'],
  Logtype: ['type_s'],
  type_: ['type_s'],
  offset: ['_offset_d'],
  partition: ['_partition_d'],
  timestamp: ['timestamp_d'],
  Date: ['date_t'],
};

/** The cells of the row that the app makes of an event. */
export function cellsOf(feed: Feed, event: JsonObject): JsonObject {
  const taken = new Date('2026-03-02T06:00:00Z');
  const takenAt = feed.source.kind === 'snapshot' ? { takenAt: taken } : {};
  const row = rowOf(feed, event, { account: 'tests', collectedAt: taken, ...takenAt });
  const cells = parseJson(JSON.stringify(row));
  return isJsonObject(cells) ? cells : {};
}

/** The row that solution 3.0 or 3.1 would have made of the same event; what it had no column for is left out. */
export function oldCells(table: string, generation: '3.0' | '3.1', ours: JsonObject): JsonObject {
  const columns = generations[generation].find(({ name }) => name === table)?.columns ?? {};
  const cells = Object.entries(ours).flatMap(([column, value]): [string, Json][] => {
    if (Object.hasOwn(commonColumns, column)) return [];
    const names = [column, ...'sdtbg'.split('').map((suffix) => `${column}_${suffix}`), ...(renamed[column] ?? [])];
    const name = names.find((candidate) => Object.hasOwn(columns, candidate));
    if (name === undefined) return [];
    return [[name, columns[name] === 'string' && typeof value !== 'string' ? JSON.stringify(value) : value]];
  });
  return Object.fromEntries(cells);
}
