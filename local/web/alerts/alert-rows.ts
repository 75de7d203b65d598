import { h } from 'preact';
import { useMemo, useState } from 'preact/hooks';
import type { AlertAnswer } from '../../server/alerts.ts';
import type { Clicked } from '../../sentinel/workbook/exports.ts';
import { itemOf, noBook } from '../kql/result-item.ts';
import { CellList } from '../parts/cell-list.ts';
import { Dialog } from '../parts/dialog.ts';
import { GridView } from '../workbook/grid-view.ts';

/** The rows of the query's result for which the alert was raised: a single one in full. */
export function AlertRows({ alert: { columns, rows, rowCount } }: { readonly alert: AlertAnswer }) {
  const [open, setOpen] = useState<Clicked>();
  const result = useMemo(() => ({ columns, rows, rowCount, elapsedMs: 0 }), [rows]);
  const types = Object.fromEntries(columns.map(({ name, type }) => [name, type]));
  const [only, ...others] = rows;
  if (only && others.length === 0) {
    const row = Object.fromEntries(columns.map(({ name }, index) => [name, only[index] ?? null]));
    return h(CellList, { columns: types, row });
  }
  return [
    h(GridView, {
      item: itemOf(result, 'table'),
      rows: result,
      book: noBook,
      isClicked: () => false,
      onClick: setOpen,
    }),
    open
      ? h(
          Dialog,
          { title: 'A row of the result', onClose: () => setOpen(undefined) },
          h(CellList, { columns: types, row: open }),
        )
      : null,
  ];
}
