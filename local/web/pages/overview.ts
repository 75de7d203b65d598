import { h } from 'preact';
import type { PageProps } from '../page.ts';
import { ConnectorCard } from '../parts/connector-card.ts';
import { HistoryCard } from '../parts/history-card.ts';
import { PromiseCard } from '../parts/promise.ts';
import { TroubleBanner } from '../parts/trouble-banner.ts';

/** How everything is, at a glance. */
export function OverviewPage({ overview }: PageProps) {
  return h(
    'div',
    { class: 'stack' },
    h(TroubleBanner, { overview }),
    h(PromiseCard, { overview }),
    h(HistoryCard, { overview }),
    h('div', null, h('h2', null, 'Connectors'), h('p', { class: 'muted' }, lagText)),
    h(
      'div',
      { class: 'connectors' },
      overview.connectors.map((connector) => h(ConnectorCard, { key: connector.name, connector, now: overview.now })),
    ),
  );
}

const lagText = 'Each fires its timer by itself. Lag: from the newest event to the end of the run that read it.';
