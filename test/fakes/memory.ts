import type { Cursor } from '../../functions/collect/cursor.ts';
import type { Checkpoint, Checkpoints, Keepsakes, Lease, Logs } from '../../functions/collect/ports.ts';
import type { Row } from '../../functions/tables/table.ts';
import { rowsIn } from './bodies.ts';

/** Logs that keep every row in memory, by table. */
export interface MemoryLogs extends Logs {
  rows(table: string): readonly Row[];
}

/** Logs in memory. */
export function memoryLogs(): MemoryLogs {
  const tables = new Map<string, Row[]>();
  return {
    async write(table, bodies) {
      const rows = await rowsIn(table, bodies);
      tables.set(table.name, [...(tables.get(table.name) ?? []), ...rows]);
      return rows.length;
    },
    rows: (table) => tables.get(table) ?? [],
  };
}

/** Checkpoints that keep cursors in memory, without a lease of their own. */
export interface MemoryCheckpoints extends Checkpoints {
  cursor(feedName: string): Cursor | undefined;
  put(feedName: string, checkpoint: Checkpoint): void;
}

/** Checkpoints in memory. @param now when they are saved, epoch ms */
export function memoryCheckpoints(now: () => number): MemoryCheckpoints {
  const kept = new Map<string, Checkpoint>();
  const keepsakes = new Map<string, Keepsakes>();
  return {
    cursor: (feedName) => kept.get(feedName)?.cursor,
    put: (feedName, checkpoint) => void kept.set(feedName, checkpoint),
    async take(feedName, _runId, until): Promise<Lease> {
      return {
        checkpoint: kept.get(feedName),
        keepsakes: keepsakes.get(feedName) ?? { unsentHealth: [] },
        until,
        save: async (cursor) => void kept.set(feedName, { cursor: structuredClone(cursor), savedAt: now() }),
        release: async (left) => void keepsakes.set(feedName, left),
      };
    },
  };
}
