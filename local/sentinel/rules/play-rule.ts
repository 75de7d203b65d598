import type { Alert } from './alert.ts';
import type { ArrivedRows } from './arrived-rows.ts';
import { alertsOf } from './raise.ts';
import { type BoundRule, delayMs, runRule } from './run-rule.ts';

interface Playing {
  readonly rows: ArrivedRows;
  /** The span of scheduled times, epoch milliseconds: after `after`, up to `until`. */
  readonly after: number;
  readonly until: number;
  readonly nowIs: 'scheduled' | 'run';
  /** Whether a run at a scheduled time can be left out. */
  readonly skips?: ((scheduledAt: number) => boolean) | undefined;
}

/** Runs a rule over a span of its schedule, which counts its frequency from 1970 on. @returns the alerts in their order */
export function playRule(bound: BoundRule, { rows, after, until, nowIs, skips }: Playing): readonly Alert[] {
  const { rule } = bound;
  const alerts: Alert[] = [];
  let resumesAt = Number.NEGATIVE_INFINITY;
  const first = (Math.floor(after / rule.queryFrequency) + 1) * rule.queryFrequency;
  for (let at = first; at <= until; at += rule.queryFrequency) {
    if (at < resumesAt || skips?.(at)) continue;
    const answer = runRule(bound, { scheduledAt: at, nowIs, rows: rows.rows });
    const raised = alertsOf({ rule, scheduledAt: at, ranAt: at + delayMs, answer });
    alerts.push(...raised);
    if (rule.suppressionEnabled && raised.length > 0) resumesAt = at + rule.suppressionDuration;
  }
  return alerts;
}
