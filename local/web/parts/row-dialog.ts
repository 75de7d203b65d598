import { h } from 'preact';
import { useEffect, useRef, useState } from 'preact/hooks';
import type { Json } from '../../../functions/tables/json.ts';
import { type RowAnswer, readRow } from '../api.ts';
import { timeText } from '../format.ts';
import { cellText } from './rows-grid.ts';

interface Props {
  readonly table: string;
  readonly id: number;
  readonly onClose: () => void;
}

/** A row in full, in a dialog that Escape closes. */
export function RowDialog({ table, id, onClose }: Props) {
  const dialog = useRef<HTMLDialogElement>(null);
  const [answer, setAnswer] = useState<RowAnswer>();
  const [problem, setProblem] = useState('');
  useEffect(() => dialog.current?.showModal(), []);
  useEffect(() => {
    readRow(table, id).then(setAnswer, (error: Error) => setProblem(error.message));
  }, [table, id]);
  return h(
    'dialog',
    { ref: dialog, class: 'row-dialog', 'aria-labelledby': 'row-title', onClose },
    h(
      'div',
      { class: 'card-head' },
      h('h2', { id: 'row-title' }, table),
      h('button', { type: 'button', onClick: () => dialog.current?.close() }, 'Close'),
    ),
    problem === '' ? null : h('p', { class: 'banner bad', role: 'alert' }, problem),
    answer ? h(Cells, { answer }) : null,
  );
}

function Cells({ answer }: { readonly answer: RowAnswer }) {
  const [isAll, setAll] = useState(false);
  const names = [...new Set([...Object.keys(answer.columns), ...Object.keys(answer.row)])];
  const filled = names.filter((name) => cellText(answer.row[name]) !== '');
  const empty = names.length - filled.length;
  return h(
    'div',
    { class: 'stack' },
    h('p', { class: 'muted' }, `Arrived ${timeText(answer.arrival)} UTC.`),
    h(
      'dl',
      { class: 'cells' },
      (isAll ? names : filled).map((name) =>
        h(
          'div',
          { key: name },
          h('dt', null, name, h('small', null, answer.columns[name] ?? '')),
          h('dd', null, h(Value, { value: answer.row[name] })),
        ),
      ),
    ),
    empty === 0
      ? null
      : h(
          'button',
          { type: 'button', class: 'more', 'aria-pressed': isAll, onClick: () => setAll(!isAll) },
          isAll ? 'Leave empty columns out' : `Show ${empty} empty columns`,
        ),
  );
}

function Value({ value }: { readonly value: Json | undefined }) {
  if (typeof value === 'object' && value !== null) return h('pre', { dir: 'auto' }, JSON.stringify(value, null, 2));
  return h('span', { class: 'value', dir: 'auto' }, cellText(value));
}
