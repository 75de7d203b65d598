import { h } from 'preact';
import type { Json } from '../../../functions/tables/json.ts';
import type { ShownRow } from '../../server/row-reader.ts';
import { shortText, timeText } from '../format.ts';
import { keyColumnsOf, widthOf } from '../names.ts';

interface Props {
  readonly table: string;
  readonly rows: readonly ShownRow[];
  readonly none: string;
  readonly onOpen: (id: number) => void;
}

/** Rows under each other by their telling columns. */
export function RowsGrid({ table, rows, none, onOpen }: Props) {
  const columns = keyColumnsOf(table);
  if (rows.length === 0) return h('p', { class: 'muted none' }, none);
  return h(
    'table',
    { class: 'grid rows' },
    h(
      'colgroup',
      null,
      h('col', { class: 'when' }),
      columns.map((column) => h('col', { key: column, class: widthOf(column) })),
    ),
    h(
      'thead',
      null,
      h(
        'tr',
        null,
        ['TimeGenerated', ...columns].map((column) => h('th', { key: column, scope: 'col' }, column)),
      ),
    ),
    h(
      'tbody',
      null,
      rows.map(({ id, timeGenerated, row }) =>
        h(
          'tr',
          { key: id, 'data-row': id },
          h(
            'td',
            { 'data-title': 'TimeGenerated' },
            h(
              'button',
              { type: 'button', class: 'open', 'aria-haspopup': 'dialog', onClick: () => onOpen(id) },
              timeText(timeGenerated),
            ),
          ),
          columns.map((column) =>
            h(
              'td',
              { key: column, 'data-title': column },
              h('span', { class: 'cell', dir: 'auto' }, shortText(cellText(row[column]))),
            ),
          ),
        ),
      ),
    ),
  );
}

/** A cell as text; empty for one without a value. */
export function cellText(value: Json | undefined): string {
  if (value === undefined || value === null) return '';
  return typeof value === 'string' ? value : JSON.stringify(value);
}
