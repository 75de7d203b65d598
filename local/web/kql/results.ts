import { h } from 'preact';
import { useMemo, useState } from 'preact/hooks';
import type { QueryRows } from '../../sentinel/query/query.ts';
import type { Clicked } from '../../sentinel/workbook/exports.ts';
import { countText } from '../format.ts';
import { CellList } from '../parts/cell-list.ts';
import { Dialog } from '../parts/dialog.ts';
import { Segments } from '../parts/segments.ts';
import { ChartView } from '../workbook/chart-view.ts';
import { GridView } from '../workbook/grid-view.ts';
import { chartOf, itemOf, noBook } from './result-item.ts';

const looks = { table: 'Table', chart: 'Chart' } as const;

/** The rows of an answer, and the chart that its `render` asks for; a row is shown in full when it is chosen. */
export function Results({ rows }: { readonly rows: QueryRows }) {
  const chart = rows.rowCount > 0 ? chartOf(rows) : undefined;
  const [look, setLook] = useState<keyof typeof looks>(chart ? 'chart' : 'table');
  const [open, setOpen] = useState<Clicked>();
  const visualization = look === 'chart' && chart ? chart : 'table';
  const item = useMemo(() => itemOf(rows, visualization), [rows, visualization]);
  const props = { item, rows, book: noBook, isClicked: () => false };
  return h(
    'section',
    { class: 'card results', 'aria-label': 'Results', 'data-rows': rows.rowCount },
    h(
      'div',
      { class: 'card-head' },
      h('h2', null, countText(rows.rowCount, 'row')),
      h('span', { class: 'muted', 'data-elapsed': rows.elapsedMs }, `in ${(rows.elapsedMs / 1000).toFixed(3)} s`),
      chart ? Segments({ label: 'Show as', options: looks, chosen: look, onChoose: setLook }) : null,
    ),
    rows.render && !chart && rows.rowCount > 0 && rows.render.kind !== 'table'
      ? h('p', { class: 'said' }, `A ${rows.render.kind} is not drawn here: these are its rows.`)
      : null,
    visualization === 'table'
      ? h(GridView, { ...props, onClick: setOpen })
      : h(ChartView, { ...props, onClick: undefined }),
    open
      ? h(
          Dialog,
          { title: 'A row of the result', onClose: () => setOpen(undefined) },
          h(CellList, { columns: Object.fromEntries(rows.columns.map(({ name, type }) => [name, type])), row: open }),
        )
      : null,
  );
}
