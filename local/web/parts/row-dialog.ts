import { h } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import { type RowAnswer, readRow } from '../api.ts';
import { timeText } from '../format.ts';
import { CellList } from './cell-list.ts';
import { Dialog } from './dialog.ts';

interface Props {
  readonly table: string;
  readonly id: number;
  readonly onClose: () => void;
}

/** A row in full, in a dialog that Escape closes. */
export function RowDialog({ table, id, onClose }: Props) {
  const [answer, setAnswer] = useState<RowAnswer>();
  const [problem, setProblem] = useState('');
  useEffect(() => {
    readRow(table, id).then(setAnswer, (error: Error) => setProblem(error.message));
  }, [table, id]);
  return h(
    Dialog,
    { title: table, onClose },
    problem === '' ? null : h('p', { class: 'banner bad', role: 'alert' }, problem),
    answer
      ? h(
          'div',
          { class: 'stack' },
          h('p', { class: 'muted' }, `Arrived ${timeText(answer.arrival)} UTC.`),
          h(CellList, answer),
        )
      : null,
  );
}
