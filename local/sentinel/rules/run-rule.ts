import type { AnalyticsRule } from '../content/analytics-rule.ts';
import { watchlistTable } from '../content/watchlists.ts';
import { type Answer, evaluate } from '../kql/evaluate.ts';
import type { Globals } from '../kql/kusto.ts';
import { type Analysis, analyze } from '../kql/language.ts';
import { createMemory, type Memory } from '../kql/memory.ts';
import type { SourceRow } from '../kql/scope.ts';
import type { ArrivedRows } from './arrived-rows.ts';

/** A rule whose query has been bound. */
export interface BoundRule {
  readonly rule: AnalyticsRule;
  readonly analysis: Analysis;
  /** What one run leaves to the next. */
  readonly memory: Memory;
}

/** Binds a rule's query. */
export function bindRule(rule: AnalyticsRule, globals: Globals): BoundRule {
  return { rule, analysis: analyze(rule.query, globals), memory: createMemory() };
}

/** How long after its scheduled time a rule runs. https://learn.microsoft.com/azure/sentinel/scheduled-rules-overview */
export const delayMs = 5 * 60_000;

/** Rows of earlier runs that are kept; those that are too old for the next ones among them. */
const mostRemembered = 400_000;

/** One run of a rule. */
interface Run {
  /** The time of the schedule, epoch milliseconds: the query sees TimeGenerated of the rule's period up to it. */
  readonly scheduledAt: number;
  /** What `now()` is. Which of the two Sentinel means is assumed nowhere: a rule must be right under both. */
  readonly nowIs: 'scheduled' | 'run';
  readonly rows: ArrivedRows['rows'];
}

/** Runs a rule as Sentinel does: over the rows that have arrived when it runs, within its period. @throws Refusal */
export function runRule({ rule, analysis, memory }: BoundRule, { scheduledAt, nowIs, rows }: Run): Answer {
  const ranAt = scheduledAt + delayMs;
  const from = scheduledAt - rule.queryPeriod;
  if (memory.size() > mostRemembered) memory.forget();
  return evaluate(analysis, {
    memory,
    nowMs: nowIs === 'run' ? ranAt : scheduledAt,
    rows: (table, { sinceMs = from, matches }) =>
      table === watchlistTable.name
        ? rows(table, {})
        : arrived(rows(table, { sinceMs: Math.max(from, sinceMs), untilMs: scheduledAt, matches }), ranAt),
  });
}

function* arrived(rows: Iterable<SourceRow>, by: number): Iterable<SourceRow> {
  for (const row of rows) if (row.arrival <= by) yield row;
}
