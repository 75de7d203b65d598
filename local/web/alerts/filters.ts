import { h, type TargetedEvent } from 'preact';
import type { AlertsAnswer } from '../../server/alerts.ts';
import { Segments } from '../parts/segments.ts';
import { replaceRoute } from '../route.ts';
import { type AlertsPlace, alertsHref, shortRule } from './place.ts';

interface Props {
  readonly all: AlertsAnswer;
  readonly place: AlertsPlace;
}

const severities = ['High', 'Medium', 'Low', 'Informational'];

/** Chooses between alerts and incidents, and which of them. */
export function Filters({ all, place }: Props) {
  const go = (change: Partial<AlertsPlace>): void => replaceRoute(alertsHref({ ...place, ...change }));
  const views = {
    alerts: `Alerts (${all.alerts.length})`,
    incidents: `Incidents (${all.incidents.length})`,
  };
  const counts = (by: 'severity' | 'ruleName', value: string): number =>
    all[place.view].filter((each) => each[by] === value).length;
  const rules = [...new Set(all.alerts.map(({ ruleName }) => ruleName))].toSorted();
  return h(
    'div',
    { class: 'alert-filters' },
    Segments({ label: 'Show', options: views, chosen: place.view, onChoose: (view) => go({ view }) }),
    h(Choice, {
      label: 'Severity',
      chosen: place.severity,
      options: severities.map((severity): Option => [severity, `${severity} (${counts('severity', severity)})`]),
      onChoose: (severity) => go({ severity }),
    }),
    h(Choice, {
      label: 'Rule',
      chosen: place.rule,
      options: rules.map((rule): Option => [rule, `${shortRule(rule)} (${counts('ruleName', rule)})`]),
      onChoose: (rule) => go({ rule }),
    }),
  );
}

type Option = readonly [value: string, label: string];

interface ChoiceProps {
  readonly label: string;
  readonly chosen: string;
  readonly options: readonly Option[];
  readonly onChoose: (value: string) => void;
}

function Choice({ label, chosen, options, onChoose }: ChoiceProps) {
  return h(
    'label',
    { class: 'parameter' },
    h('span', null, label),
    h(
      'select',
      { onChange: ({ currentTarget: { value } }: TargetedEvent<HTMLSelectElement>) => onChoose(value) },
      [['', 'All'] as const, ...options].map(([value, text]) =>
        h('option', { key: value, value, selected: value === chosen }, text),
      ),
    ),
  );
}
