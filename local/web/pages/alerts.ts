import { h } from 'preact';
import type { AlertsAnswer } from '../../server/alerts.ts';
import { AlertDetail } from '../alerts/alert-detail.ts';
import { AlertList } from '../alerts/alert-list.ts';
import { Filters } from '../alerts/filters.ts';
import { IncidentList } from '../alerts/incident-list.ts';
import { type AlertsPlace, isShown, placeFrom } from '../alerts/place.ts';
import { useAlerts } from '../alerts/use-alerts.ts';
import { timeText } from '../format.ts';
import type { PageProps } from '../page.ts';

/** What the rules raised: alerts, the incidents of them, or one alert in full. */
export function AlertsPage({ overview, query }: PageProps) {
  const { all, problem } = useAlerts(overview.now);
  const place = placeFrom(query);
  const alert = query.get('alert');
  if (alert !== null) return h(AlertDetail, { key: alert, id: alert, place });
  return h(
    'div',
    { class: 'stack' },
    problem === '' ? null : h('p', { class: 'banner bad', role: 'alert' }, problem),
    all ? h(Lists, { all, place, incident: Number(query.get('incident') ?? Number.NaN) }) : null,
    all || problem !== '' ? null : h('p', { class: 'muted', role: 'status' }, 'Reading …'),
  );
}

interface Props {
  readonly all: AlertsAnswer;
  readonly place: AlertsPlace;
  /** The number of an incident to be shown open; NaN: none. */
  readonly incident: number;
}

function Lists({ all, place, incident }: Props) {
  const alerts = all.alerts.filter((each) => isShown(place, each));
  const incidents = all.incidents.filter((each) => isShown(place, each));
  const count = place.view === 'alerts' ? alerts.length : incidents.length;
  const list =
    place.view === 'alerts'
      ? h(AlertList, { alerts, place })
      : h(IncidentList, { incidents, alerts: all.alerts, place, open: incident });
  return [
    h(Progress, all),
    h(
      'section',
      { class: 'card', 'aria-label': place.view === 'alerts' ? 'Alerts' : 'Incidents', 'data-count': count },
      h(Filters, { all, place }),
      count > 0
        ? list
        : h('p', { class: 'muted none' }, all[place.view].length > 0 ? 'None is like this.' : 'There are none.'),
    ),
  ];
}

/** How far the rules are, and those that do not run any more. */
function Progress({ progress: { evaluatedUntil, isCurrent, faults } }: Pick<AlertsAnswer, 'progress'>) {
  const until = evaluatedUntil === undefined ? '' : ` They have got to ${timeText(evaluatedUntil)} UTC.`;
  return [
    isCurrent
      ? null
      : h(
          'p',
          { class: 'banner warn', role: 'status' },
          `The rules run over the past, once the feeds have caught up.${until}`,
        ),
    faults.map((fault) => h('p', { key: fault, class: 'banner bad' }, `A rule is off: ${fault}`)),
  ];
}
