import type { Json, JsonObject } from '../../functions/tables/json.ts';
import type { Columns } from '../../functions/tables/table.ts';
import { convert, truncate } from './convert.ts';
import type { StoredRow } from './store.ts';

/** What befell values of a column: no such column, did not convert to its type, or cut at 64 KB. */
export interface Loss {
  readonly table: string;
  readonly column: string;
  readonly kind: 'dropped' | 'nulled' | 'truncated';
  readonly cells: number;
}

/** Makes rows of what was sent, as a data collection rule does. */
export interface Landing {
  /** @param now time of the call, epoch milliseconds */
  land(table: string, sent: readonly JsonObject[], now: number): StoredRow[];
  losses(): readonly Loss[];
}

interface Options {
  /** All columns of a table, the common ones included. */
  readonly columns: (table: string) => Columns;
  /** When a row arrived that is older than this run, epoch milliseconds; undefined: now. */
  readonly arrival?: ((table: string, row: JsonObject) => number | undefined) | undefined;
  /** Arrivals from this time on are real ones, whatever `arrival` says; epoch milliseconds. */
  readonly startedAt?: number | undefined;
}

const dayMs = 86_400_000;

/** Starts with no losses. */
export function createLanding({ columns, arrival, startedAt = Infinity }: Options): Landing {
  const lost = new Map<string, Loss>();
  const lose = (table: string, column: string, kind: Loss['kind']): void => {
    const key = `${table} ${column} ${kind}`;
    lost.set(key, { table, column, kind, cells: (lost.get(key)?.cells ?? 0) + 1 });
  };

  const cellsOf = (table: string, sent: JsonObject, types: Columns): Record<string, Json> => {
    const cells: Record<string, Json> = {};
    for (const [column, value] of Object.entries(sent)) {
      const type = Object.hasOwn(types, column) ? types[column] : undefined;
      if (type === undefined) lose(table, column, 'dropped');
      if (type === undefined || value === null) continue;
      const converted = convert(value, type);
      if (converted === undefined) lose(table, column, 'nulled');
      if (converted === undefined) continue;
      const cell = truncate(converted);
      if (cell.isCut) lose(table, column, 'truncated');
      cells[column] = cell.value;
    }
    return cells;
  };

  return {
    land(table, sent, now) {
      const types: Columns = { ...columns(table), TimeGenerated: 'dateTime' };
      return sent.map((event) => {
        const row = cellsOf(table, event, types);
        const simulated = arrival?.(table, row);
        const arrived = simulated !== undefined && simulated < startedAt ? simulated : now;
        const timeGenerated = acceptedTime(row['TimeGenerated'], arrived);
        return {
          timeGenerated,
          arrival: arrived,
          row: { ...row, TimeGenerated: new Date(timeGenerated).toISOString() },
        };
      });
    },
    losses: () => [...lost.values()],
  };
}

// https://learn.microsoft.com/azure/azure-monitor/logs/log-standard-columns#timegenerated
function acceptedTime(sent: Json | undefined, arrived: number): number {
  const ms = typeof sent === 'string' ? Date.parse(sent) : Number.NaN;
  return ms >= arrived - 2 * dayMs && ms <= arrived + dayMs ? ms : arrived;
}
