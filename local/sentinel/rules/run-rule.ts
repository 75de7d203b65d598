import type { AnalyticsRule } from '../content/analytics-rule.ts';
import { watchlistTable } from '../content/watchlists.ts';
import { type Answer, evaluate } from '../kql/evaluate.ts';
import type { Globals } from '../kql/kusto.ts';
import { type Analysis, analyze } from '../kql/language.ts';
import type { SourceRow, Surroundings } from '../kql/scope.ts';

/** A rule whose query has been bound. */
export interface BoundRule {
  readonly rule: AnalyticsRule;
  readonly analysis: Analysis;
}

/** Binds a rule's query. */
export function bindRule(rule: AnalyticsRule, globals: Globals): BoundRule {
  return { rule, analysis: analyze(rule.query, globals) };
}

/** How long after its scheduled time a rule runs. https://learn.microsoft.com/azure/sentinel/scheduled-rules-overview */
export const delayMs = 5 * 60_000;

/** One run of a rule. */
interface Run {
  /** The time of the schedule, epoch milliseconds: the query sees TimeGenerated of the rule's period up to it. */
  readonly scheduledAt: number;
  /** What `now()` is. Which of the two Sentinel means is assumed nowhere: a rule must be right under both. */
  readonly nowIs: 'scheduled' | 'run';
  readonly rows: Surroundings['rows'];
}

/** Runs a rule as Sentinel does: over the rows that have arrived when it runs, within its period. @throws Refusal */
export function runRule({ rule, analysis }: BoundRule, { scheduledAt, nowIs, rows }: Run): Answer {
  const ranAt = scheduledAt + delayMs;
  const from = scheduledAt - rule.queryPeriod;
  const isSeen = ({ timeGenerated, arrival }: SourceRow): boolean =>
    timeGenerated >= from && timeGenerated <= scheduledAt && arrival <= ranAt;
  return evaluate(analysis, {
    nowMs: nowIs === 'run' ? ranAt : scheduledAt,
    rows: (table, { sinceMs = from }) =>
      table === watchlistTable.name
        ? rows(table, {})
        : filtered(rows(table, { sinceMs: Math.max(from, sinceMs) }), isSeen),
  });
}

function* filtered(rows: Iterable<SourceRow>, isSeen: (row: SourceRow) => boolean): Iterable<SourceRow> {
  for (const row of rows) if (isSeen(row)) yield row;
}
