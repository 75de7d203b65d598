import { h } from 'preact';
import type { Overview } from '../../server/overview.ts';
import { countText, numberText } from '../format.ts';
import { type Totals, totalsOf } from '../totals.ts';
import { Badge } from './badge.ts';

/** The promise held against the numbers: one sentence, and the sums of the loss ledger. */
export function PromiseCard({ overview }: { readonly overview: Overview }) {
  const totals = totalsOf(overview);
  const isCalm = overview.connectors.every(({ feeds }) => feeds.every(({ level }) => level === 'good'));
  const verdict = verdictOf(totals, isCalm);
  const tiles = [
    ['served', 'Served', totals.served, 'Events that Mimecast could give until now'],
    ['landed', 'Landed', totals.landed, 'Served events that are in a table'],
    ['waiting', 'Waiting', totals.waiting, 'Served events that the next runs will read'],
    ['rejected', 'Rejected', totals.rejected, 'Lines and files that cannot become rows; kept and counted'],
    ['lost', 'Lost', totals.lost, 'Served events that a run passed without a row'],
    ['repeated', 'Repeated', totals.repeated, 'Rows that came again with the same EventId; the parsers show one'],
  ] as const;
  return h(
    'section',
    { class: 'card promise', 'aria-label': 'The promise' },
    h('p', { class: 'verdict', 'data-verdict': verdict.level }, h(Badge, verdict)),
    h(
      'dl',
      { class: 'tiles' },
      tiles.map(([name, title, value, meaning]) =>
        h(
          'div',
          { key: name, class: name === 'lost' && (value ?? 0) > 0 ? 'tile bad' : 'tile', title: meaning },
          h('dt', null, title),
          h('dd', { 'data-total': name }, numberText(value)),
        ),
      ),
    ),
  );
}

// Between two runs something always waits; it is worth a second look when a feed is not well.
function verdictOf({ served, landed, waiting, rejected, lost, rows }: Totals, isCalm: boolean) {
  if (served === null || lost === null || waiting === null)
    return {
      level: 'unknown',
      text: `${countText(rows, 'row')} landed. Mimecast does not tell how many events it holds, so what is served, waits or is lost cannot be counted.`,
    } as const;
  if (lost > 0) return { level: 'attention', text: `${countText(lost, 'event')} lost.` } as const;
  const beside = rejected > 0 ? `, ${countText(rejected, 'line')} rejected` : '';
  const known = `${numberText(landed)} of ${countText(served, 'event')} landed${beside}`;
  if (waiting > 0)
    return {
      level: isCalm ? 'good' : 'waits',
      text: `${known}. ${countText(waiting, 'waits', 'wait')} to be read; none is lost.`,
    } as const;
  return { level: 'good', text: `${known}. None is lost.` } as const;
}
