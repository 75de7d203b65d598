import { h } from 'preact';
import { useEffect, useRef, useState } from 'preact/hooks';
import type { HistoryAnswer, Span, TimeKind } from '../../server/history.ts';
import type { Overview } from '../../server/overview.ts';
import { readHistory } from '../api.ts';
import { type Chart, drawChart } from '../chart.ts';
import { countText, numberText } from '../format.ts';
import { usePaced } from '../paced.ts';
import { Segments } from './segments.ts';

/** A new answer is asked for at most so often. */
const pauseMs = 3000;

/** Rows per table over time, as bars and, below them, as numbers. */
export function HistoryCard({ overview }: { readonly overview: Overview }) {
  const [time, setTime] = useState<TimeKind>('event');
  const [span, setSpan] = useState<Span>('fortnight');
  const history = useHistory(time, span, overview);
  const place = useRef<HTMLDivElement>(null);
  const chart = useRef<Chart>(undefined);

  useEffect(() => {
    if (place.current) chart.current = drawChart(place.current);
    return () => chart.current?.end();
  }, []);
  useEffect(() => {
    if (history) chart.current?.show(history);
  }, [history]);

  const total = history?.series.reduce((sum, { rows }) => sum + sumOf(rows), 0) ?? 0;
  return h(
    'section',
    { class: 'card', 'aria-labelledby': 'history' },
    h(
      'div',
      { class: 'card-head' },
      h('h2', { id: 'history' }, 'Rows by table'),
      Segments({ label: 'Span', options: spans, chosen: span, onChoose: setSpan }),
      Segments({ label: 'Which time', options: times, chosen: time, onChoose: setTime }),
    ),
    h('div', {
      class: 'chart',
      ref: place,
      role: 'img',
      'aria-label': `Bars of ${countText(total, 'row')}; the numbers are below`,
    }),
    h(Numbers, { history }),
  );
}

const spans = { hour: 'Last hour', day: 'Last day', fortnight: 'Last 2 weeks' } as const satisfies Record<Span, string>;
const times = { event: 'By event time', arrival: 'By arrival' } as const satisfies Record<TimeKind, string>;

/** The history, asked for again when rows have landed. */
function useHistory(time: TimeKind, span: Span, { tables }: Overview): HistoryAnswer | undefined {
  const [history, setHistory] = useState<HistoryAnswer>();
  const rows = usePaced(
    tables.reduce((sum, table) => sum + table.rows, 0),
    pauseMs,
  );
  useEffect(() => {
    let isWanted = true;
    readHistory(time, span).then(
      (answer) => isWanted && setHistory(answer),
      () => undefined,
    );
    return () => void (isWanted = false);
  }, [time, span, rows]);
  return history;
}

function Numbers({ history }: { readonly history: HistoryAnswer | undefined }) {
  const sums = (history?.series ?? [])
    .map(({ table, rows }) => ({ table, sum: sumOf(rows) }))
    .filter(({ sum }) => sum > 0);
  return h(
    'details',
    { class: 'numbers' },
    h('summary', null, 'The same in numbers'),
    h(
      'dl',
      { class: 'pairs' },
      sums.map(({ table, sum }) => h('div', { key: table }, h('dt', null, table), h('dd', null, numberText(sum)))),
    ),
  );
}

function sumOf(rows: readonly number[]): number {
  return rows.reduce((sum, n) => sum + n, 0);
}
