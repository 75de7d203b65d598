import { mimecastHealth } from '../functions/tables/mimecast-health.ts';
import { type Severity, severities } from './sentinel/content/analytics-rule.ts';
import { oldAlerts } from './sentinel/rules/old-logic.ts';
import { type BoundContent, replayRules } from './sentinel/rules/replay.ts';
import { storyRows } from './story-rows.ts';

/** How many alerts a rule raises, by severity. */
export type Counts = Readonly<Record<Severity, number>>;

/** What a rule raises in a quiet tenant: as shipped, alone (the feeds of Targeted Threat Protection are not there) and in 3.1. */
export interface QuietRule {
  readonly rule: string;
  readonly shipped: Counts;
  readonly alone: Counts;
  readonly old: Counts;
}

export interface QuietOptions {
  readonly seed: number;
  /** Epoch milliseconds. */
  readonly now: number;
  readonly days: number;
  readonly users: number;
}

/** Counts what each rule raises over the ordinary days of a simulated company in which nobody attacks. @throws Error when a rule cannot run */
export function quietAlerts(options: QuietOptions, content: BoundContent): readonly QuietRule[] {
  const rows = storyRows({ ...options, quiet: true });
  const withoutHealth = new Map([...rows].filter(([table]) => table !== mimecastHealth.name));
  const readsHealth = content.rules.filter(({ rule }) => rule.query.includes(mimecastHealth.name));
  const shipped = raised(content, rows, options.now);
  const alone = raised({ ...content, rules: readsHealth }, withoutHealth, options.now);
  const old = oldAlerts(rows);
  return content.rules.map((bound) => {
    const { rule } = bound;
    const own = shipped.filter((alert) => alert.rule === rule.name);
    const isTwin = readsHealth.includes(bound);
    return {
      rule: rule.name,
      shipped: countsOf(own),
      alone: countsOf(isTwin ? alone.filter((alert) => alert.rule === rule.name) : own),
      old: countsOf(old.filter((alert) => alert.rule === rule.name)),
    };
  });
}

interface Raised {
  readonly rule: string;
  readonly severity: Severity;
}

function raised(content: BoundContent, rows: ReturnType<typeof storyRows>, until: number): readonly Raised[] {
  const replay = replayRules({ content });
  for (const [table, of] of rows) replay.add(table, of);
  return [...replay.due(until)].flatMap(({ rule, alerts, fault }) => {
    if (fault !== undefined) throw new Error(`The rule ${rule.name} cannot run: ${fault}`);
    return alerts.map(({ severity }) => ({ rule: rule.name, severity }));
  });
}

function countsOf(alerts: readonly Raised[]): Counts {
  const counts: Record<Severity, number> = { Informational: 0, Low: 0, Medium: 0, High: 0 };
  for (const { severity } of alerts) counts[severity]++;
  return counts;
}

/** The sums of counts. */
export function together(all: readonly Counts[]): Counts {
  const counts: Record<Severity, number> = { Informational: 0, Low: 0, Medium: 0, High: 0 };
  for (const each of all) for (const severity of severities) counts[severity] += each[severity];
  return counts;
}

/** How many there are of all severities. */
export function sumOf(counts: Counts): number {
  return severities.reduce((sum, severity) => sum + counts[severity], 0);
}

/** How many are graver than Low. */
export function graveOf({ Medium, High }: Counts): number {
  return Medium + High;
}
