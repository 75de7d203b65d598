import { type ComponentChildren, h } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import type { AlertAnswer } from '../../server/alerts.ts';
import { readAlert } from '../api.ts';
import { timeText } from '../format.ts';
import { queryHref } from '../kql/time.ts';
import { CopyLink } from '../parts/copy-link.ts';
import { hrefOf } from '../route.ts';
import { AlertRows } from './alert-rows.ts';
import { EntityList } from './entity-list.ts';
import { GuideView } from './guide-view.ts';
import { type AlertsPlace, alertsHref } from './place.ts';
import { SeverityText } from './severity.ts';
import { TracedText, type TraceSpan } from './traced-text.ts';

/** An alert in full, with the way back to the list. */
export function AlertDetail({ id, place }: { readonly id: string; readonly place: AlertsPlace }) {
  const [alert, setAlert] = useState<AlertAnswer>();
  const [problem, setProblem] = useState('');
  useEffect(() => {
    readAlert(id).then(setAlert, () => setProblem('There is no such alert any more.'));
  }, [id]);
  return h(
    'div',
    { class: 'stack alert-detail' },
    h(
      'p',
      null,
      h('a', { href: alertsHref(place) }, place.view === 'alerts' ? 'Back to the alerts' : 'Back to the incidents'),
    ),
    problem === '' ? null : h('p', { class: 'banner bad', role: 'alert' }, problem),
    alert ? h(Whole, { alert }) : problem === '' ? h('p', { class: 'muted', role: 'status' }, 'Reading …') : null,
  );
}

const dayMs = 86_400_000;

function Whole({ alert }: { readonly alert: AlertAnswer }) {
  // What led to it, and what came of it.
  const span = { fromMs: alert.from, toMs: alert.to + dayMs };
  const details = Object.entries(alert.customDetails);
  return [
    h(
      'section',
      { class: 'card', 'aria-label': 'Alert' },
      h('h2', { dir: 'auto' }, alert.name),
      h(Facts, { alert }),
      alert.description === alert.guide?.meaning
        ? null
        : h('p', { dir: 'auto', class: 'description' }, alert.description),
    ),
    alert.guide ? h(Card, { title: alert.ruleName }, h(GuideView, { guide: alert.guide })) : null,
    h(
      'div',
      { class: 'side-by-side' },
      h(Card, { title: 'Entities' }, h(EntityList, { entities: alert.entities, span })),
      details.length === 0 ? null : h(Card, { title: 'Details' }, h(Details, { details, span })),
    ),
    h(Card, { title: 'The rows that raised it' }, h(AlertRows, { alert })),
    h(
      Card,
      { title: "The rule's query" },
      h('pre', { class: 'rule-query', tabIndex: 0 }, alert.query),
      h(
        'p',
        { class: 'query-links' },
        h('a', { href: queryHref({ query: alert.query, now: alert.raisedAt }) }, 'Run it as of the alert'),
        ' or ',
        h('a', { href: queryHref({ query: alert.query }) }, 'run it now'),
        '.',
      ),
    ),
  ];
}

function Facts({ alert }: { readonly alert: AlertAnswer }) {
  const facts: readonly (readonly [string, ComponentChildren])[] = [
    ['Severity', h(SeverityText, { severity: alert.severity })],
    ['Raised', `${timeText(alert.raisedAt)} UTC`],
    ['Looked at', `${timeText(alert.from)} to ${timeText(alert.to)} UTC`],
    ['Status', 'New'],
    ['Tactics', alert.tactics.join(', ')],
    ['Techniques', alert.techniques.join(', ')],
    [
      'Incident',
      alert.incident === undefined
        ? 'None'
        : h(
            'a',
            { href: hrefOf('alerts', { view: 'incidents', incident: String(alert.incident) }) },
            String(alert.incident),
          ),
    ],
  ];
  return [
    h(
      'dl',
      { class: 'facts' },
      facts.map(([name, value]) => h('div', { key: name }, h('dt', null, name), h('dd', null, value))),
    ),
    h('p', null, h(CopyLink, { href: hrefOf('alerts', { alert: alert.id }) })),
  ];
}

function Card({ title, children }: { readonly title: string; readonly children?: ComponentChildren }) {
  return h(
    'section',
    { class: 'card', 'aria-label': title },
    h('div', { class: 'card-head' }, h('h2', null, title)),
    children,
  );
}

interface DetailsProps {
  readonly details: readonly (readonly [string, readonly string[]])[];
  readonly span: TraceSpan;
}

/** The custom details; lists in them are taken apart. */
function Details({ details, span }: DetailsProps) {
  return h(
    'dl',
    { class: 'cells' },
    details.map(([name, values]) =>
      h(
        'div',
        { key: name },
        h('dt', null, name),
        h(
          'dd',
          null,
          values.flatMap(itemsIn).map((text, index) => h(TracedText, { key: index, text, span })),
        ),
      ),
    ),
  );
}

/** The items of a JSON array; any other text as it is. */
function itemsIn(text: string): readonly string[] {
  if (!/^\[.*\]$/s.test(text)) return [text];
  try {
    const items: unknown = JSON.parse(text);
    return Array.isArray(items)
      ? items.map((item) => (typeof item === 'string' ? item : JSON.stringify(item)))
      : [text];
  } catch {
    return [text];
  }
}
