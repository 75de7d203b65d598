import { h } from 'preact';
import { numberText } from '../format.ts';
import type { PageProps } from '../page.ts';
import { RowsView } from '../parts/rows-view.ts';
import { hrefOf } from '../route.ts';

/** The tables, and the rows of one of them. */
export function TablesPage({ overview, query }: PageProps) {
  const { tables } = overview;
  const chosen =
    tables.find(({ name }) => name === query.get('table')) ?? tables.find(({ rows }) => rows > 0) ?? tables[0];
  return h(
    'div',
    { class: 'stack' },
    h(
      'nav',
      { 'aria-label': 'Tables' },
      h(
        'ul',
        { class: 'table-list' },
        tables.map(({ name, rows }) =>
          h(
            'li',
            { key: name },
            h(
              'a',
              {
                href: hrefOf('tables', { table: name }),
                'aria-current': name === chosen?.name ? 'true' : undefined,
                'data-table': name,
              },
              h('span', null, name),
              h('span', { class: 'number', 'data-rows': rows }, numberText(rows)),
            ),
          ),
        ),
      ),
    ),
    chosen
      ? h(RowsView, {
          key: chosen.name,
          table: chosen.name,
          rows: chosen.rows,
          search: query.get('search') ?? '',
          path: 'tables',
          none: 'This table has no rows yet.',
        })
      : null,
  );
}
