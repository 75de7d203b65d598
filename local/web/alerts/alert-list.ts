import { h } from 'preact';
import { useState } from 'preact/hooks';
import type { AlertSummary } from '../../server/alerts.ts';
import { countText, timeText } from '../format.ts';
import { entitiesText } from './entity-text.ts';
import { type AlertsPlace, alertsHref, shortRule } from './place.ts';
import { SeverityText } from './severity.ts';

interface Props {
  readonly alerts: readonly AlertSummary[];
  readonly place: AlertsPlace;
}

const alertsAtATime = 100;

/** Alerts under each other, the newest first. */
export function AlertList({ alerts, place }: Props) {
  const [shown, setShown] = useState(alertsAtATime);
  const left = alerts.length - shown;
  return [
    h(
      'table',
      { class: 'grid alert-list' },
      h(
        'thead',
        null,
        h(
          'tr',
          null,
          ['Severity', 'Time (UTC)', 'Title', 'Rule', 'Entities', 'Status'].map((name) =>
            h('th', { key: name, scope: 'col' }, name),
          ),
        ),
      ),
      h(
        'tbody',
        null,
        alerts
          .slice(0, shown)
          .map(({ id, severity, raisedAt, name, ruleName, entities, status }) =>
            h(
              'tr',
              { key: id, 'data-alert': id, 'data-rule': ruleName },
              h('td', { 'data-title': 'Severity' }, h(SeverityText, { severity })),
              h('td', { 'data-title': 'Time (UTC)', class: 'moment' }, timeText(raisedAt)),
              h('td', { 'data-title': 'Title' }, h('a', { href: alertsHref(place, id), dir: 'auto' }, name)),
              h('td', { 'data-title': 'Rule' }, shortRule(ruleName)),
              h('td', { 'data-title': 'Entities' }, h('span', { class: 'cell', dir: 'auto' }, entitiesText(entities))),
              h('td', { 'data-title': 'Status' }, status),
            ),
          ),
      ),
    ),
    left > 0
      ? h(
          'button',
          { type: 'button', class: 'more', onClick: () => setShown(shown + alertsAtATime) },
          `Show more of ${countText(left, 'older alert')}`,
        )
      : null,
  ];
}
