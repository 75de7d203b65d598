import type { GroupingConfiguration, Severity } from '../content/analytics-rule.ts';
import type { Alert } from './alert.ts';
import { type Entity, entityText } from './entities.ts';

/** An incident: alerts of one rule that belong together. Times are epoch milliseconds. */
export interface Incident {
  readonly number: number;
  readonly ruleId: string;
  readonly title: string;
  readonly description: string;
  /** That of its gravest alert. */
  readonly severity: Severity;
  readonly createdAt: number;
  readonly modifiedAt: number;
  /** The span of time that its alerts are about. */
  readonly from: number;
  readonly to: number;
  readonly alertIds: readonly string[];
  readonly tactics: readonly string[];
  readonly techniques: readonly string[];
}

/** What of an alert decides on its incident. */
export type Grouped = Omit<Alert, 'result' | 'dynamicProperties' | 'scheduledAt'>;

/** The incidents of alerts. */
export interface Incidents {
  /** Takes the alerts of a run, after those of earlier runs. @returns the incidents that are new or have changed */
  add(alerts: readonly Grouped[]): readonly Incident[];
  /** All of them, the oldest first. */
  readonly list: () => readonly Incident[];
}

/** What decides whether an alert belongs to an incident. */
interface Open {
  incident: Incident;
  readonly first: Grouped;
}

// https://learn.microsoft.com/azure/sentinel/scheduled-rules-overview#alert-grouping
const mostAlerts = 150;
const gravity: readonly Severity[] = ['Informational', 'Low', 'Medium', 'High'];

/** Starts without incidents. */
export function openIncidents(): Incidents {
  const all: Open[] = [];

  const take = (alert: Grouped): Incident | undefined => {
    const { createIncident, groupingConfiguration: grouping } = alert.rule.incidentConfiguration;
    if (!createIncident) return undefined;
    const found = grouping?.enabled ? all.findLast((open) => belongs(alert, open, grouping)) : undefined;
    const open = found ?? { incident: begun(alert, all.length + 1), first: alert };
    if (found) open.incident = joined(found.incident, alert);
    else all.push(open);
    return open.incident;
  };

  return {
    add(alerts) {
      const changed = new Map(alerts.map(take).flatMap((each) => (each ? [[each.number, each] as const] : [])));
      return [...changed.values()];
    },
    list: () => all.map(({ incident }) => incident),
  };
}

/** Whether an alert joins an incident; the span of time counts from its first alert. */
function belongs(alert: Grouped, { incident, first }: Open, grouping: GroupingConfiguration): boolean {
  if (incident.ruleId !== alert.rule.id || incident.alertIds.length >= mostAlerts) return false;
  if (alert.raisedAt - first.raisedAt > grouping.lookbackDuration) return false;
  if (grouping.matchingMethod === 'AnyAlert') return true;
  if (grouping.matchingMethod === 'AllEntities') return isSame(alert.entities, first.entities);
  return isSelectedSame(alert, first, grouping);
}

/** Whether two alerts have the same entities; those that have none have nothing in common. */
function isSame(a: readonly Entity[], b: readonly Entity[]): boolean {
  const [texts, others] = [new Set(a.map(entityText)), new Set(b.map(entityText))];
  return texts.size > 0 && texts.size === others.size && [...texts].every((text) => others.has(text));
}

function isSelectedSame(alert: Grouped, first: Grouped, grouping: GroupingConfiguration): boolean {
  const { groupByEntities: types, groupByAlertDetails, groupByCustomDetails: keys } = grouping;
  const selected = (of: Grouped): readonly Entity[] => of.entities.filter(({ type }) => types.includes(type));
  const isAlike = { DisplayName: alert.name === first.name, Severity: alert.severity === first.severity };
  const areDetailsAlike = keys.every((key) => String(alert.customDetails[key]) === String(first.customDetails[key]));
  return (
    (types.length === 0 || isSame(selected(alert), selected(first))) &&
    groupByAlertDetails.every((detail) => isAlike[detail]) &&
    areDetailsAlike
  );
}

function begun(alert: Grouped, number: number): Incident {
  return {
    number,
    ruleId: alert.rule.id,
    title: alert.name,
    description: alert.description,
    severity: alert.severity,
    createdAt: alert.raisedAt,
    modifiedAt: alert.raisedAt,
    from: alert.from,
    to: alert.to,
    alertIds: [alert.id],
    tactics: alert.tactics,
    techniques: alert.techniques,
  };
}

function joined(incident: Incident, alert: Grouped): Incident {
  const isGraver = gravity.indexOf(alert.severity) > gravity.indexOf(incident.severity);
  return {
    ...incident,
    severity: isGraver ? alert.severity : incident.severity,
    modifiedAt: alert.raisedAt,
    from: Math.min(incident.from, alert.from),
    to: Math.max(incident.to, alert.to),
    alertIds: [...incident.alertIds, alert.id],
    tactics: [...new Set([...incident.tactics, ...alert.tactics])],
    techniques: [...new Set([...incident.techniques, ...alert.techniques])],
  };
}
