import type { SourceRow } from '../local/sentinel/kql/scope.ts';
import { storyRows } from '../local/story-rows.ts';

const dayMs = 86_400_000;

/** Rows of tables as the story's company sends them, any number of them. */
export interface RuleRows {
  /** So many rows of a table, each an event of its own, spread over the day before `now`. */
  of(table: string, count: number): readonly SourceRow[];
}

/** @param now epoch milliseconds */
export function ruleRows(now: number): RuleRows {
  const told = storyRows({ seed: 1, now, days: 2, users: 100, quiet: false });
  return {
    of(table, count) {
      const rows = told.get(table) ?? [];
      return Array.from({ length: rows.length === 0 ? 0 : count }, (_, index) => {
        const { row = {} } = rows[index % rows.length] ?? {};
        const round = Math.floor(index / rows.length);
        const at = now - dayMs + Math.floor((index / count) * dayMs);
        const time = new Date(at).toISOString();
        const times = { TimeGenerated: time, ...('EventTime' in row && { EventTime: time }) };
        const cells = { ...row, ...times, EventId: `${index} ${round}` };
        return { timeGenerated: at, arrival: at + 60_000, row: cells };
      });
    },
  };
}
