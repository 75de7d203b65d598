import type { AnalyticsRule } from '../content/analytics-rule.ts';
import { mimecastHealth } from '../../../functions/tables/mimecast-health.ts';
import { watchlistTable } from '../content/watchlists.ts';
import { Refusal } from '../kql/refusal.ts';
import type { Match } from '../kql/scope.ts';
import type { Alert } from './alert.ts';
import { arrivalWindow } from './arrival-window.ts';
import type { ArrivedRows } from './arrived-rows.ts';
import { alertsOf } from './raise.ts';
import { type BoundRule, delayMs, runRule } from './run-rule.ts';

/** A run of a rule that took place. */
export interface RanRule {
  readonly rule: AnalyticsRule;
  readonly scheduledAt: number;
  readonly alerts: readonly Alert[];
  /** Why the rule could not run; it does not run any more, as Sentinel disables a rule that keeps failing. */
  readonly fault?: string | undefined;
}

interface Options {
  readonly rules: readonly BoundRule[];
  readonly rows: ArrivedRows;
  /** Runs scheduled up to this time (epoch milliseconds) have taken place. */
  readonly after: number;
  /** What `now()` is. */
  readonly nowIs: 'scheduled' | 'run';
  /** Leaves out runs for which nothing can have arrived that the rule would find. */
  readonly isSkipping: boolean;
}

interface Planned extends BoundRule {
  nextAt: number;
  isDisabled: boolean;
  /** What the latest run read, and when it was scheduled. */
  latest?: { readonly scheduledAt: number; readonly reads: readonly Read[] } | undefined;
}

interface Read {
  readonly table: string;
  readonly matches: readonly Match[];
}

/**
 * Runs rules by their schedules, which count their frequencies from 1970 on, in the order of time.
 * @returns runs what is due at a time (epoch milliseconds): each step of the iterator is one run that took place
 */
export function scheduleRules({
  rules,
  rows,
  after,
  nowIs,
  isSkipping,
}: Options): (until: number) => Iterable<RanRule> {
  const planned = rules.map((bound): Planned => {
    const { queryFrequency } = bound.rule;
    const nextAt = (Math.floor(after / queryFrequency) + 1) * queryFrequency;
    return { ...bound, nextAt, isDisabled: false };
  });
  return function* due(until) {
    for (let next = earliest(planned); next && next.nextAt + delayMs <= until; next = earliest(planned)) {
      const { rule, nextAt: scheduledAt } = next;
      next.nextAt += rule.queryFrequency;
      if (isSkipping && canSkip(next, { scheduledAt, nowIs, rows })) continue;
      const ran = run(next, { scheduledAt, nowIs, rows });
      if (ran.alerts.length > 0 && rule.suppressionEnabled)
        next.nextAt = Math.max(next.nextAt, firstAfter(scheduledAt + rule.suppressionDuration, rule.queryFrequency));
      yield ran;
    }
  };
}

interface Due {
  readonly scheduledAt: number;
  readonly nowIs: 'scheduled' | 'run';
  readonly rows: ArrivedRows;
}

function firstAfter(time: number, frequency: number): number {
  return Math.ceil(time / frequency) * frequency;
}

function earliest(planned: readonly Planned[]): Planned | undefined {
  return planned
    .filter(({ isDisabled }) => !isDisabled)
    .reduce<Planned | undefined>((best, each) => (best && best.nextAt <= each.nextAt ? best : each), undefined);
}

/**
 * Nothing of what the latest run read has arrived in the rule's arrival window, so that the query would read the same
 * again, save what has grown too old. Of Health that counts too: rules are silent while it tells of a feed.
 */
function canSkip({ rule, latest }: Planned, { scheduledAt, nowIs, rows }: Due): boolean {
  const window = arrivalWindow(rule);
  if (window === undefined || latest === undefined) return false;
  const now = nowIs === 'run' ? scheduledAt + delayMs : scheduledAt;
  const arrived = { after: now - window.beforeMs, until: now - window.byMs };
  const left = { after: latest.scheduledAt - rule.queryPeriod, until: scheduledAt - rule.queryPeriod };
  return !latest.reads.some(
    ({ table, matches }) =>
      rows.hasArrived(table, matches, arrived) || (table === mimecastHealth.name && rows.hasTime(table, left)),
  );
}

function run(planned: Planned, { scheduledAt, nowIs, rows }: Due): RanRule {
  const { rule } = planned;
  const reads: Read[] = [];
  const reading: ArrivedRows['rows'] = (table, span) => {
    // The items of watchlists have no place in time.
    if (table !== watchlistTable.name) reads.push({ table, matches: span.matches ?? [] });
    return rows.rows(table, span);
  };
  planned.latest = { scheduledAt, reads };
  try {
    const answer = runRule(planned, { scheduledAt, nowIs, rows: reading });
    return { rule, scheduledAt, alerts: alertsOf({ rule, scheduledAt, ranAt: scheduledAt + delayMs, answer }) };
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    planned.isDisabled = true;
    return { rule, scheduledAt, alerts: [], fault: error.message };
  }
}
