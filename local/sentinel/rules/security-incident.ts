import type { SourceRow } from '../kql/scope.ts';
import type { Incident } from './incidents.ts';
import { guidOf } from './raise.ts';

/** The row that Sentinel adds to the table `SecurityIncident` when an incident begins or changes. */
export function securityIncidentRow(incident: Incident): SourceRow {
  const { number, modifiedAt, alertIds, tactics, techniques } = incident;
  return {
    timeGenerated: modifiedAt,
    arrival: modifiedAt,
    row: {
      TimeGenerated: textOf(modifiedAt),
      IncidentNumber: number,
      IncidentName: guidOf(`incident ${incident.ruleId} ${incident.createdAt} ${number}`),
      Title: incident.title,
      Description: incident.description,
      Severity: incident.severity,
      Status: 'New',
      CreatedTime: textOf(incident.createdAt),
      FirstModifiedTime: textOf(incident.createdAt),
      LastModifiedTime: textOf(modifiedAt),
      FirstActivityTime: textOf(incident.from),
      LastActivityTime: textOf(incident.to),
      AlertIds: alertIds,
      RelatedAnalyticRuleIds: [incident.ruleId],
      AdditionalData: { alertsCount: alertIds.length, alertProductNames: ['Azure Sentinel'], tactics, techniques },
      ModifiedBy: 'Incident created from alert',
      ProviderName: 'Azure Sentinel',
      ProviderIncidentId: String(number),
      Owner: { objectId: null, email: null, assignedTo: null, userPrincipalName: null },
      Labels: [],
      Comments: [],
      BookmarkIds: [],
      Tasks: [],
    },
  };
}

function textOf(time: number): string {
  return new Date(time).toISOString();
}
