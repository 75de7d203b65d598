import { h } from 'preact';
import type { PageProps } from '../page.ts';
import { RowsView } from '../parts/rows-view.ts';

const table = 'Mimecast_Rejected_CL';

/** What could not become a row. */
export function RejectedPage({ overview, query }: PageProps) {
  const rows = overview.tables.find(({ name }) => name === table)?.rows ?? 0;
  return h(
    'div',
    { class: 'stack' },
    h(
      'p',
      { class: 'lead' },
      'A line that cannot be read, or a file that stays unreadable, becomes no row. It is kept here with its feed, the reason and its text, and reading goes on.',
    ),
    h(RowsView, {
      key: table,
      table,
      rows,
      search: query.get('search') ?? '',
      path: 'rejected',
      none: 'Nothing was rejected.',
    }),
  );
}
