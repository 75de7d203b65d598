import { h } from 'preact';
import type { AlertSummary, IncidentSummary } from '../../server/alerts.ts';
import { countText, timeText } from '../format.ts';
import { type AlertsPlace, alertsHref, shortRule } from './place.ts';
import { SeverityText } from './severity.ts';

interface Props {
  readonly incidents: readonly IncidentSummary[];
  readonly alerts: readonly AlertSummary[];
  readonly place: AlertsPlace;
  /** The number of an incident that is shown open. */
  readonly open: number | undefined;
}

/** Incidents, the newest first, each with its alerts. */
export function IncidentList({ incidents, alerts, place, open }: Props) {
  const byId = new Map(alerts.map((alert) => [alert.id, alert]));
  return h(
    'ul',
    { class: 'incidents' },
    incidents.map((incident) =>
      h(
        'li',
        { key: incident.number },
        h(
          'details',
          { open: incident.number === open, 'data-incident': incident.number },
          h(
            'summary',
            null,
            h(SeverityText, { severity: incident.severity }),
            h('strong', { dir: 'auto' }, `${incident.number} · ${incident.title}`),
            h('span', { class: 'muted' }, shortRule(incident.ruleName)),
            h(
              'span',
              { class: 'muted' },
              `${timeText(incident.createdAt)} UTC · ${countText(incident.alertIds.length, 'alert')} · ${incident.status}`,
            ),
          ),
          h(
            'ul',
            null,
            incident.alertIds.map((id) => {
              const alert = byId.get(id);
              return h(
                'li',
                { key: id },
                alert ? h('span', { class: 'muted' }, `${timeText(alert.raisedAt)} `) : null,
                h('a', { href: alertsHref(place, id), dir: 'auto' }, alert?.name ?? id),
              );
            }),
          ),
        ),
      ),
    ),
  );
}
