import { h } from 'preact';
import type { Json } from '../../../functions/tables/json.ts';
import type { QueryRows } from '../../sentinel/query/query.ts';
import { cellText } from '../../sentinel/workbook/exports.ts';
import { cellsOf } from '../../sentinel/workbook/clickables.ts';
import { extentOf, viewOf } from '../../sentinel/workbook/cell-view.ts';
import { sorted } from '../../sentinel/workbook/grid.ts';
import { numberText } from '../../sentinel/workbook/number-text.ts';
import type { Formatter } from '../../sentinel/workbook/schema-cells.ts';
import { Cell } from './cell.ts';
import type { ViewProps } from './view-props.ts';

const parts = ['titleContent', 'subtitleContent', 'leftContent', 'rightContent', 'secondaryContent'] as const;

/** A card for each row; where they export something they are buttons. */
export function TilesView({ item, rows, book, onClick, isClicked }: ViewProps) {
  const settings = item.content.tileSettings ?? {};
  const by = rows.columns.findIndex(({ name }) => name === settings.sortCriteriaField);
  const inOrder = by < 0 ? rows.rows : sorted(rows.rows, by, settings.sortOrderField === 2);
  return h(
    'div',
    { class: 'book-tiles' },
    inOrder.map((row, index) => {
      const cells = cellsOf(rows, row);
      const shown = parts.map((part) => {
        const formatter = settings[part];
        const view = formatter && viewIn(rows, row, formatter);
        return view && h('span', { key: part, class: `tile-${part}` }, h(Cell, { view, row: cells, book }));
      });
      return onClick
        ? h(
            'button',
            {
              key: index,
              type: 'button',
              class: 'book-tile',
              'aria-pressed': isClicked(cells),
              onClick: () => onClick(cells),
            },
            shown,
          )
        : h('div', { key: index, class: 'book-tile' }, shown);
    }),
  );
}

function viewIn({ columns, rows }: QueryRows, row: readonly Json[], formatter: Formatter) {
  const index = columns.findIndex(({ name }) => name === formatter.columnMatch);
  const column = columns[index];
  return column && viewOf(row[index], column.type, formatter, extentOf(rows.map((each) => each[index])));
}

/** One large value: that of the first row. */
export function StatView({ item, rows }: ViewProps) {
  const { valueField, numberFormat } = item.content.statSettings ?? {};
  const index = Math.max(
    0,
    rows.columns.findIndex(({ name }) => name === valueField),
  );
  const value = rows.rows[0]?.[index] ?? '';
  return h('p', { class: 'big stat' }, typeof value === 'number' ? numberText(value, numberFormat) : cellText(value));
}
