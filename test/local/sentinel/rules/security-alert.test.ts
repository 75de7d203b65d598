import { expect, test } from 'vitest';
import { analyticsRule } from '../../../../local/sentinel/content/analytics-rule.ts';
import { workspace } from '../../../../local/sentinel/content/workspace.ts';
import { evaluate } from '../../../../local/sentinel/kql/evaluate.ts';
import { analyze } from '../../../../local/sentinel/kql/language.ts';
import type { Alert } from '../../../../local/sentinel/rules/alert.ts';
import { recordOf } from '../../../../local/sentinel/rules/alert-record.ts';
import { securityAlertRow } from '../../../../local/sentinel/rules/security-alert.ts';

const raisedAt = Date.parse('2026-03-02T12:05:00Z');

const anyRule = analyticsRule.parse({
  id: '2c7b2a3c-5d0e-4b8f-9a38-0f4f5a8b8f10',
  name: 'Mimecast Audit - Logon Authentication Failed',
  description: 'Somebody guesses passwords.',
  severity: 'High',
  status: 'Available',
  requiredDataConnectors: [{ connectorId: 'MimecastAuditAPI', dataTypes: ['MimecastAudit'] }],
  queryFrequency: '1h',
  queryPeriod: '1d',
  triggerOperator: 'gt',
  triggerThreshold: 0,
  tactics: ['CredentialAccess'],
  relevantTechniques: ['T1110'],
  query: 'MimecastAudit',
  entityMappings: [{ entityType: 'IP', fieldMappings: [{ identifier: 'Address', columnName: 'Address' }] }],
  version: '2.0.0',
  kind: 'Scheduled',
});

const alert: Alert = {
  id: 'alert 1',
  rule: anyRule,
  scheduledAt: raisedAt - 300_000,
  raisedAt,
  from: raisedAt - 3_600_000,
  to: raisedAt - 300_000,
  name: 'A password was guessed',
  description: 'From 198.51.100.7',
  severity: 'High',
  tactics: ['CredentialAccess', 'Impact'],
  techniques: ['T1110'],
  entities: [
    { type: 'IP', identifiers: { Address: '198.51.100.7' } },
    { type: 'Account', identifiers: { Name: 'anna', UPNSuffix: 'contoso.example' } },
  ],
  customDetails: { Failures: ['14'] },
  dynamicProperties: {},
  result: { columns: [], rows: [] },
};

function ask(query: string): readonly unknown[] {
  const analysis = analyze(query, workspace([]));
  const { rows } = evaluate(analysis, {
    rows: (table) => (table === 'SecurityAlert' ? [securityAlertRow(recordOf(alert))] : []),
    nowMs: raisedAt + 60_000,
  });
  return rows[0] ?? [];
}

test('an alert is found among the alerts by its rule, its entities and its time', () => {
  const query = `SecurityAlert
    | where TimeGenerated > ago(1h) and ProviderName == "ASI Scheduled Alerts"
    | where ExtendedProperties has "${anyRule.name}" and Entities has "198.51.100.7"
    | project AlertName, AlertSeverity, Tactics`;
  expect(ask(query)).toEqual(['A password was guessed', 'High', 'CredentialAccess, Impact']);
});

test('its entities and details are texts of JSON', () => {
  const query = `SecurityAlert
    | project Account = tostring(parse_json(Entities)[1].Name), Failures = tostring(parse_json(tostring(parse_json(ExtendedProperties)["Custom Details"])).Failures[0])`;
  expect(ask(query)).toEqual(['anna', '14']);
});
