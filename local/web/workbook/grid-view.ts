import { h } from 'preact';
import { useMemo, useState } from 'preact/hooks';
import type { Json } from '../../../functions/tables/json.ts';
import { viewOf } from '../../sentinel/workbook/cell-view.ts';
import { cellsOf } from '../../sentinel/workbook/clickables.ts';
import { cellText } from '../../sentinel/workbook/exports.ts';
import { firstSorting, type GridColumn, gridColumns, type Sorting, sorted } from '../../sentinel/workbook/grid.ts';
import { countText } from '../format.ts';
import { Cell } from './cell.ts';
import type { ViewProps } from './view-props.ts';

const rowsAtATime = 50;

/** Rows under each other; they can be sorted, filtered and, where they export something, clicked. */
export function GridView({ item, rows, book, onClick, isClicked }: ViewProps) {
  const columns = useMemo(() => gridColumns(item, rows), [rows]);
  const [sorting, setSorting] = useState(firstSorting(item));
  const [filter, setFilter] = useState('');
  const [shown, setShown] = useState(rowsAtATime);
  const found = useMemo(() => arranged(rows.rows, columns, sorting, filter), [rows, columns, sorting, filter]);
  const left = found.length - shown;
  return [
    item.content.gridSettings?.filter === true && rows.rows.length > 5
      ? h('input', {
          type: 'search',
          class: 'search',
          placeholder: 'Filter these rows',
          'aria-label': `Filter ${item.content.title}`,
          value: filter,
          onInput: (event) => setFilter(event.currentTarget.value),
        })
      : null,
    h(
      'div',
      { class: 'scroll', tabIndex: 0, role: 'group', 'aria-label': item.content.title },
      h(
        'table',
        { class: 'grid book-grid' },
        h(Head, { columns, sorting, onSort: setSorting, canClick: onClick !== undefined }),
        h(
          'tbody',
          null,
          found.slice(0, shown).map((row, index) => {
            const cells = cellsOf(rows, row);
            const isChosen = onClick !== undefined && isClicked(cells);
            return h(
              'tr',
              {
                key: index,
                class: onClick ? (isChosen ? 'can-click chosen' : 'can-click') : undefined,
                onClick: onClick && (() => onClick(cells)),
              },
              onClick ? h('td', { class: 'pick' }, h(Pick, { isChosen })) : null,
              columns.map((column) => {
                const view = viewOf(row[column.index], column.type, column.formatter, column.extent);
                return h(
                  'td',
                  { key: column.name, 'data-title': column.label, class: classOf(column, view.kind) },
                  h(Cell, { view, row: cells, book }),
                );
              }),
            );
          }),
        ),
      ),
    ),
    left > 0
      ? h(
          'button',
          { type: 'button', class: 'more', onClick: () => setShown(shown + 4 * rowsAtATime) },
          `Show more of ${countText(left, 'further row')}`,
        )
      : null,
    rows.rowCount > rows.rows.length
      ? h('p', { class: 'muted' }, `Only the first ${countText(rows.rows.length, 'row')} of ${rows.rowCount} are here.`)
      : null,
  ];
}

/** The click of the button is the click of its row; by keyboard a row is chosen through it. */
function Pick({ isChosen }: { readonly isChosen: boolean }) {
  return h(
    'button',
    { type: 'button', class: 'plain', 'aria-pressed': isChosen, 'aria-label': 'Choose this row' },
    h('span', { class: 'dot' }),
  );
}

function classOf({ type }: GridColumn, kind: string): string | undefined {
  const isNumber = type === 'long' || type === 'int' || type === 'real';
  if (isNumber && kind === 'text') return 'number';
  return type === 'datetime' ? 'moment' : undefined;
}

function arranged(
  rows: readonly (readonly Json[])[],
  columns: readonly GridColumn[],
  sorting: Sorting | undefined,
  filter: string,
): readonly (readonly Json[])[] {
  const wanted = filter.toLowerCase();
  const found =
    wanted === ''
      ? rows
      : rows.filter((row) => columns.some(({ index }) => cellText(row[index]).toLowerCase().includes(wanted)));
  const by = columns.find(({ name }) => name === sorting?.name);
  return by && sorting ? sorted(found, by.index, sorting.isDescending) : found;
}

interface HeadProps {
  readonly columns: readonly GridColumn[];
  readonly sorting: Sorting | undefined;
  readonly onSort: (sorting: Sorting) => void;
  readonly canClick: boolean;
}

function Head({ columns, sorting, onSort, canClick }: HeadProps) {
  const orderOf = (name: string) =>
    sorting?.name === name ? (sorting.isDescending ? ('descending' as const) : ('ascending' as const)) : undefined;
  return h(
    'thead',
    null,
    h(
      'tr',
      null,
      canClick ? h('th', { class: 'pick' }, h('span', { class: 'hidden' }, 'Choose')) : null,
      columns.map(({ name, label, formatter }) => {
        const order = orderOf(name);
        const minWidth = formatter?.formatOptions?.customColumnWidthSetting;
        return h(
          'th',
          { key: name, scope: 'col', 'aria-sort': order, style: minWidth === undefined ? undefined : { minWidth } },
          h(
            'button',
            { type: 'button', class: 'sort', onClick: () => onSort({ name, isDescending: order === 'ascending' }) },
            label,
            order === undefined ? null : h('span', { class: `arrow ${order}` }),
          ),
        );
      }),
    ),
  );
}
