import { type AnalyticsRule, analyticsRule } from '../../../../local/sentinel/content/analytics-rule.ts';
import type { Answer } from '../../../../local/sentinel/kql/evaluate.ts';
import type { Alert } from '../../../../local/sentinel/rules/alert.ts';
import { alertsOf } from '../../../../local/sentinel/rules/raise.ts';

const usual = {
  id: '2c7b2a3c-5d0e-4b8f-9a38-0f4f5a8b8f10',
  name: 'A rule',
  description: 'What it is for.',
  severity: 'Medium',
  status: 'Available',
  requiredDataConnectors: [{ connectorId: 'MimecastSEGAPI', dataTypes: ['MimecastCG'] }],
  queryFrequency: '1h',
  queryPeriod: '1d',
  triggerOperator: 'gt',
  triggerThreshold: 0,
  tactics: ['InitialAccess'],
  relevantTechniques: ['T1566'],
  query: 'Seg_Cg_CL',
  entityMappings: [
    { entityType: 'Mailbox', fieldMappings: [{ identifier: 'MailboxPrimaryAddress', columnName: 'User' }] },
  ],
  eventGroupingSettings: { aggregationKind: 'AlertPerResult' },
  version: '2.0.0',
  kind: 'Scheduled',
};

/** A rule like any other, save for what is given. */
export function ruleWith(changes: object = {}): AnalyticsRule {
  return analyticsRule.parse({ ...usual, ...changes });
}

/** A result of text columns. */
export function resultOf(...rows: readonly Readonly<Record<string, string>>[]): Answer {
  const names = [...new Set(rows.flatMap((row) => Object.keys(row)))];
  return {
    columns: names.map((name) => ({ name, type: 'string' as const })),
    rows: rows.map((row) => names.map((name) => row[name] ?? '')),
  };
}

export const scheduledAt = Date.parse('2026-03-02T12:00:00Z');

/** The alerts that a rule raises over a result. */
export function raisedBy(changes: object, answer: Answer, at = scheduledAt): readonly Alert[] {
  return alertsOf({ rule: ruleWith(changes), scheduledAt: at, ranAt: at + 300_000, answer });
}
