import type { AnalyticsRule } from '../content/analytics-rule.ts';
import { securityAlertTable } from '../content/security-alert.ts';
import { securityIncidentTable } from '../content/security-incident.ts';
import type { RowStore } from '../store.ts';
import { type AlertRecord, alertRecord } from './alert-record.ts';
import { type Incident, openIncidents } from './incidents.ts';
import { securityAlertRow } from './security-alert.ts';
import { securityIncidentRow } from './security-incident.ts';

/** All alerts and incidents; what is added is found in the tables `SecurityAlert` and `SecurityIncident`, too. */
export interface AlertBook {
  /** In the order in which they were raised. */
  readonly list: () => readonly AlertRecord[];
  readonly find: (id: string) => AlertRecord | undefined;
  /** The oldest first. */
  readonly incidents: () => readonly Incident[];
  /** Adds the alerts of a run, save those that are there. @returns the new ones */
  add(alerts: readonly AlertRecord[]): readonly AlertRecord[];
}

/** Where the whole of each alert is kept; queries do not see it. */
const recordsTable = 'LocalAlert';

/** Opens the book of a store, with what was added to it before. @param rules those that raise the alerts */
export function openAlertBook(store: Pick<RowStore, 'insert' | 'rows'>, rules: readonly AnalyticsRule[]): AlertBook {
  const byId = new Map<string, AlertRecord>();
  const incidents = openIncidents();
  const ruleById = new Map(rules.map((rule) => [rule.id, rule]));
  const group = (alerts: readonly AlertRecord[]): readonly Incident[] =>
    incidents.add(
      alerts.flatMap((alert) => {
        const rule = ruleById.get(alert.ruleId);
        return rule ? [{ ...alert, rule }] : [];
      }),
    );
  for (const { row } of store.rows(recordsTable)) {
    const alert = alertRecord.parse(row);
    byId.set(alert.id, alert);
    group([alert]);
  }
  return {
    list: () => [...byId.values()],
    find: (id) => byId.get(id),
    incidents: incidents.list,
    add(alerts) {
      const added = alerts.filter(({ id }) => !byId.has(id));
      for (const alert of added) byId.set(alert.id, alert);
      const kept = added.map((row) => ({ timeGenerated: row.raisedAt, arrival: row.raisedAt, row }));
      store.insert(recordsTable, kept);
      store.insert(securityAlertTable.name, added.map(securityAlertRow));
      store.insert(securityIncidentTable.name, group(added).map(securityIncidentRow));
      return added;
    },
  };
}
