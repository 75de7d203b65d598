import type { AnalyticsRule, Severity } from '../content/analytics-rule.ts';
import type { Answer } from '../kql/evaluate.ts';
import type { Entity } from './entities.ts';

/** An alert that a rule raised. Times are epoch milliseconds. */
export interface Alert {
  readonly id: string;
  readonly rule: AnalyticsRule;
  /** The time of the run's schedule; the run itself was five minutes later. */
  readonly scheduledAt: number;
  readonly raisedAt: number;
  /** The span of time that the query looked at. */
  readonly from: number;
  readonly to: number;
  readonly name: string;
  readonly description: string;
  readonly severity: Severity;
  readonly tactics: readonly string[];
  readonly techniques: readonly string[];
  readonly entities: readonly Entity[];
  /** The values of each detail, none twice. */
  readonly customDetails: Readonly<Record<string, readonly string[]>>;
  readonly dynamicProperties: Readonly<Record<string, string>>;
  /** The rows of the query's result that it stands for. */
  readonly result: Pick<Answer, 'columns' | 'rows'>;
}
