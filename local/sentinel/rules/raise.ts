import { createHash } from 'node:crypto';
import { type AnalyticsRule, placeholdersOf, severityOf } from '../content/analytics-rule.ts';
import type { Answer } from '../kql/evaluate.ts';
import { parseDynamic } from '../kql/values/convert.ts';
import { isList } from '../kql/values/value.ts';
import type { Alert } from './alert.ts';
import { cellReader } from './cells.ts';
import { entitiesOf } from './entities.ts';

/** A run of a rule: its place in the schedule, when it ran, and what its query found. Times are epoch milliseconds. */
export interface RuleRun {
  readonly rule: AnalyticsRule;
  readonly scheduledAt: number;
  readonly ranAt: number;
  readonly answer: Answer;
}

type Result = Alert['result'];

// https://learn.microsoft.com/azure/sentinel/scheduled-rules-overview#event-grouping
const mostAlerts = 150;

const reaches = {
  gt: (rows: number, threshold: number) => rows > threshold,
  lt: (rows: number, threshold: number) => rows < threshold,
  eq: (rows: number, threshold: number) => rows === threshold,
  ne: (rows: number, threshold: number) => rows !== threshold,
} as const;

/** The alerts of a run: none below the threshold, else one for all rows or one a row. */
export function alertsOf(run: RuleRun): readonly Alert[] {
  const { rule, answer } = run;
  if (!reaches[rule.triggerOperator](answer.rows.length, rule.triggerThreshold)) return [];
  return resultsOf(rule, answer).map((result, index) => alertOf(run, result, index));
}

/** What each alert stands for; beyond 150 rows the last alert stands for all of them. */
function resultsOf({ eventGroupingSettings }: AnalyticsRule, { columns, rows }: Answer): readonly Result[] {
  if (eventGroupingSettings.aggregationKind === 'SingleAlert' || rows.length === 0) return [{ columns, rows }];
  const single = rows.map((row) => ({ columns, rows: [row] }));
  return rows.length > mostAlerts ? [...single.slice(0, mostAlerts - 1), { columns, rows }] : single;
}

function alertOf({ rule, scheduledAt, ranAt }: RuleRun, result: Result, index: number): Alert {
  const { alertDetailsOverride: override } = rule;
  const severity = override.alertSeverityColumnName && firstOf(result, override.alertSeverityColumnName);
  const dynamic = (override.alertDynamicProperties ?? []).map(({ alertProperty, value }): [string, string] => [
    alertProperty,
    firstOf(result, value),
  ]);
  return {
    id: guidOf(`${rule.id} ${scheduledAt} ${index}`),
    rule,
    scheduledAt,
    raisedAt: ranAt,
    from: scheduledAt - rule.queryPeriod,
    to: scheduledAt,
    name: (filled(override.alertDisplayNameFormat, result) ?? rule.name).slice(0, 256),
    description: (filled(override.alertDescriptionFormat, result) ?? rule.description).slice(0, 5000),
    severity: severityOf(severity ?? '') ?? rule.severity,
    tactics: tacticsOf(rule, result),
    techniques: rule.relevantTechniques,
    entities: entitiesOf(rule, result),
    customDetails: detailsOf(rule, result),
    dynamicProperties: Object.fromEntries(dynamic.filter(([, value]) => value !== '')),
    result,
  };
}

/** The first row speaks for all. */
function firstOf({ columns, rows }: Result, column: string): string {
  const [row] = rows;
  return row ? cellReader(columns, column)(row) : '';
}

/** A format with the values of its columns; undefined when there is none or a column has no value. */
function filled(format: string | undefined, result: Result): string | undefined {
  if (format === undefined) return undefined;
  const values = placeholdersOf(format).map((column) => firstOf(result, column));
  if (values.includes('')) return undefined;
  const left = [...values];
  return format.replace(/\{\{\w+\}\}/g, () => left.shift() ?? '');
}

function tacticsOf(rule: AnalyticsRule, result: Result): readonly string[] {
  const column = rule.alertDetailsOverride.alertTacticsColumnName;
  const given = column === undefined ? null : parseDynamic(firstOf(result, column));
  if (given === null) return rule.tactics;
  const names = (isList(given) ? given : [given]).filter((each) => typeof each === 'string' && each !== '');
  return names.length > 0 ? names.map(String) : rule.tactics;
}

function detailsOf({ customDetails }: AnalyticsRule, { columns, rows }: Result): Alert['customDetails'] {
  const details = Object.entries(customDetails).map(([key, column]): [string, readonly string[]] => {
    const read = cellReader(columns, column);
    return [key, [...new Set(rows.map(read))].filter((value) => value !== '')];
  });
  return Object.fromEntries(details.filter(([, values]) => values.length > 0));
}

/** A GUID that is the same for the same text. */
export function guidOf(text: string): string {
  const digits = createHash('sha256').update(text).digest('hex');
  return digits.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12}).*$/, '$1-$2-$3-$4-$5');
}
