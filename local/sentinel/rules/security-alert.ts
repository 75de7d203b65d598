import type { SourceRow } from '../kql/scope.ts';
import type { AlertRecord } from './alert-record.ts';

/** The row of an alert in the table `SecurityAlert`, as Sentinel writes it for a scheduled rule. */
export function securityAlertRow(alert: AlertRecord): SourceRow {
  const { id, ruleId, ruleName, name, raisedAt } = alert;
  const entities = alert.entities.map(({ type, identifiers }, index) => ({
    $id: `${index + 2}`,
    ...identifiers,
    Type: type.charAt(0).toLowerCase() + type.slice(1),
  }));
  const properties = {
    ...alert.dynamicProperties,
    'Analytic Rule Ids': JSON.stringify([ruleId]),
    'Analytic Rule Name': ruleName,
    'Custom Details': JSON.stringify(alert.customDetails),
    'Query Start Time UTC': textOf(alert.from),
    'Query End Time UTC': textOf(alert.to),
  };
  return {
    timeGenerated: raisedAt,
    arrival: raisedAt,
    row: {
      TimeGenerated: textOf(raisedAt),
      AlertName: name,
      AlertSeverity: alert.severity,
      AlertType: ruleId,
      Description: alert.description,
      DisplayName: name,
      EndTime: textOf(alert.to),
      Entities: JSON.stringify(entities),
      ExtendedProperties: JSON.stringify(properties),
      IsIncident: false,
      ProcessingEndTime: textOf(raisedAt),
      ProductName: 'Azure Sentinel',
      ProductComponentName: 'Scheduled Alerts',
      ProviderName: 'ASI Scheduled Alerts',
      StartTime: textOf(alert.from),
      Status: 'New',
      SystemAlertId: id,
      Tactics: alert.tactics.join(', '),
      Techniques: JSON.stringify(alert.techniques),
      VendorName: 'Microsoft',
    },
  };
}

function textOf(time: number): string {
  return new Date(time).toISOString();
}
