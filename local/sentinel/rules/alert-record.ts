import * as z from 'zod';
import { severities } from '../content/analytics-rule.ts';
import { jsonCell } from '../query/json-cell.ts';
import type { Alert } from './alert.ts';

const texts = z.array(z.string()).readonly();

/** An alert as it is kept and sent to the page: JSON, with its rule by id. Times are epoch milliseconds. */
export const alertRecord = z.object({
  id: z.string(),
  ruleId: z.string(),
  ruleName: z.string(),
  query: z.string(),
  scheduledAt: z.number(),
  raisedAt: z.number(),
  from: z.number(),
  to: z.number(),
  name: z.string(),
  description: z.string(),
  severity: z.enum(severities),
  tactics: texts,
  techniques: texts,
  entities: z.array(z.object({ type: z.string(), identifiers: z.record(z.string(), z.string()) })).readonly(),
  customDetails: z.record(z.string(), texts),
  dynamicProperties: z.record(z.string(), z.string()),
  /** The rows of the query's result: at most a hundred of them. */
  columns: z.array(z.object({ name: z.string(), type: z.string() })).readonly(),
  rows: z.array(z.array(z.json())).readonly(),
  rowCount: z.number(),
});

export type AlertRecord = z.output<typeof alertRecord>;

const mostRows = 100;

/** The record of an alert. */
export function recordOf({ rule, result, ...alert }: Alert): AlertRecord {
  const { columns, rows } = result;
  const json = rows
    .slice(0, mostRows)
    .map((row) => columns.map(({ type }, index) => jsonCell(row[index] ?? null, type)));
  return alertRecord.parse({
    ...alert,
    ruleId: rule.id,
    ruleName: rule.name,
    query: rule.query,
    columns,
    rows: json,
    rowCount: rows.length,
  });
}
