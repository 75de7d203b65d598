import { h } from 'preact';
import type { ShownLedgerLine } from '../../server/overview.ts';
import { numberText } from '../format.ts';
import type { PageProps } from '../page.ts';
import { PromiseCard } from '../parts/promise.ts';
import { TroubleBanner } from '../parts/trouble-banner.ts';
import { hrefOf } from '../route.ts';
import { type Totals, totalsOf } from '../totals.ts';

const columns = [
  ['served', 'Served'],
  ['landed', 'Landed'],
  ['waiting', 'Waiting'],
  ['rejected', 'Rejected'],
  ['lost', 'Lost'],
  ['repeated', 'Repeated'],
] as const;

/** What Mimecast served against what arrived, feed by feed. */
export function LedgerPage({ overview }: PageProps) {
  const isReal = overview.source.kind === 'real';
  return h(
    'div',
    { class: 'stack' },
    h(TroubleBanner, { overview }),
    h(PromiseCard, { overview }),
    h(
      'section',
      { class: 'card' },
      h(
        'table',
        { class: 'grid ledger' },
        h('caption', { class: 'hidden' }, 'The loss ledger by feed'),
        h(
          'thead',
          null,
          h(
            'tr',
            null,
            h('th', { scope: 'col' }, 'Feed'),
            columns.map(([key, title]) => h('th', { key, scope: 'col', class: 'number' }, title)),
          ),
        ),
        h(
          'tbody',
          null,
          overview.ledger.map((line) => h(Line, { key: line.feed, line })),
        ),
        h(
          'tfoot',
          null,
          h('tr', { 'data-feed': 'all' }, h('th', { scope: 'row' }, 'All feeds'), h(Cells, { of: totalsOf(overview) })),
        ),
      ),
    ),
    h(
      'section',
      { class: 'card prose' },
      h('h2', null, 'How it is counted'),
      isReal ? h(RealWords, {}) : h(SimulatedWords, {}),
    ),
  );
}

function Line({ line }: { readonly line: ShownLedgerLine }) {
  return h(
    'tr',
    { 'data-feed': line.feed },
    h('th', { scope: 'row' }, h('a', { href: hrefOf('tables', { table: line.table }) }, line.feed)),
    h(Cells, { of: line }),
  );
}

function Cells({ of }: { readonly of: Totals }) {
  return columns.map(([key, title]) =>
    h(
      'td',
      {
        key,
        class: key === 'lost' && (of.lost ?? 0) > 0 ? 'number bad' : 'number',
        'data-title': title,
        'data-count': key,
      },
      numberText(of[key]),
    ),
  );
}

function SimulatedWords() {
  return h(
    'ul',
    null,
    h(
      'li',
      null,
      h('strong', null, 'Served'),
      ' counts the tenant’s own events by the ids it gave them, never by what the connector says of itself.',
    ),
    h('li', null, h('strong', null, 'Waiting'), ' is served, but no run that began later has caught up yet.'),
    h(
      'li',
      null,
      h('strong', null, 'Lost'),
      ' is served, in no table and not in Rejected, though a run has caught up since. It must stay 0, whatever trouble you make.',
    ),
    h(
      'li',
      null,
      h('strong', null, 'Repeated'),
      ' rows came again after a run that died or was refused. They have the same EventId, and the parsers show one of them.',
    ),
  );
}

function RealWords() {
  return h(
    'p',
    null,
    'Mimecast does not tell how many events it holds. What was served, what waits and what is lost can therefore not be counted here; a simulated tenant can be counted to the last event. Rejected and Repeated are counted all the same.',
  );
}
