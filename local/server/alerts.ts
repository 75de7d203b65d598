import type { Severity } from '../sentinel/content/analytics-rule.ts';
import { knownType } from '../sentinel/kql/types.ts';
import type { AlertRecord } from '../sentinel/rules/alert-record.ts';
import type { Incident } from '../sentinel/rules/incidents.ts';
import type { QueryRows } from '../sentinel/query/query.ts';
import type { RuleGuide } from '../sentinel/rules/rule-guide.ts';
import type { Detection, RuleProgress } from './detection.ts';

/** An alert in a list. Times are epoch milliseconds. */
export type AlertSummary = Pick<AlertRecord, 'id' | 'ruleName' | 'name' | 'severity' | 'raisedAt' | 'entities'> & {
  /** Sentinel's own; nobody works on alerts here. */
  readonly status: 'New';
  /** The number of its incident, if it has one. */
  readonly incident: number | undefined;
};

/** An incident in a list. */
export type IncidentSummary = Pick<Incident, 'number' | 'title' | 'createdAt' | 'modifiedAt' | 'alertIds'> & {
  readonly ruleName: string;
  readonly severity: Severity;
  readonly status: 'New';
};

/** All alerts and incidents, the newest first. */
export interface AlertsAnswer {
  readonly alerts: readonly AlertSummary[];
  readonly incidents: readonly IncidentSummary[];
  readonly progress: RuleProgress;
}

/** An alert in full, and what the page on the rules says of its rule. */
export interface AlertAnswer extends Omit<AlertRecord, 'columns' | 'rows'>, Pick<QueryRows, 'columns' | 'rows'> {
  readonly incident: number | undefined;
  readonly guide: RuleGuide | undefined;
}

type Book = Omit<Detection, 'close'>;

/** The list of a book's alerts and incidents. */
export function alertsOf(book: Book): AlertsAnswer {
  const incidentOf = incidentsByAlert(book);
  const alerts = book.list().map(({ id, ruleName, name, severity, raisedAt, entities }): AlertSummary => {
    return { id, ruleName, name, severity, raisedAt, entities, status: 'New', incident: incidentOf.get(id) };
  });
  const incidents = book.incidents().map((incident): IncidentSummary => {
    const { number, title, createdAt, modifiedAt, alertIds, severity } = incident;
    const ruleName = book.find(alertIds[0] ?? '')?.ruleName ?? '';
    return { number, title, createdAt, modifiedAt, alertIds, severity, ruleName, status: 'New' };
  });
  return {
    alerts: alerts.toSorted((a, b) => b.raisedAt - a.raisedAt),
    incidents: incidents.toSorted((a, b) => b.number - a.number),
    progress: book.progress(),
  };
}

/** An alert of a book in full; undefined when there is none of that id. */
export function alertOf(
  book: Omit<Book, 'progress'>,
  guides: ReadonlyMap<string, RuleGuide>,
  id: string,
): AlertAnswer | undefined {
  const found = book.find(id);
  if (!found) return undefined;
  const columns = found.columns.map(({ name, type }) => ({ name, type: knownType(type) ?? 'unknown' }));
  return { ...found, columns, incident: incidentsByAlert(book).get(id), guide: guides.get(found.ruleName) };
}

function incidentsByAlert(book: Pick<Book, 'incidents'>): ReadonlyMap<string, number> {
  return new Map(book.incidents().flatMap(({ number, alertIds }) => alertIds.map((id) => [id, number] as const)));
}
