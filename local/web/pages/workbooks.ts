import { h } from 'preact';
import { useEffect, useMemo, useState } from 'preact/hooks';
import { readWorkbook } from '../../sentinel/workbook/read-workbook.ts';
import { titleOf, type Workbook } from '../../sentinel/workbook/workbook.ts';
import { readWorkbooks, readWorkbookText } from '../api.ts';
import type { PageProps } from '../page.ts';
import { hrefOf } from '../route.ts';
import { BookView } from '../workbook/book-view.ts';

/** A workbook and the name of its file. */
interface Found {
  readonly name: string;
  readonly workbook: Workbook;
}

/** The workbooks, or one of them. */
export function WorkbooksPage({ query }: PageProps) {
  const [all, setAll] = useState<readonly Found[]>();
  const [problem, setProblem] = useState('');
  useEffect(() => {
    readAll().then(setAll, (error: Error) => setProblem(error.message));
  }, []);
  const templates = useMemo(() => new Map((all ?? []).map(({ name, workbook }) => [workbook.templateId, name])), [all]);
  if (problem !== '') return h('p', { class: 'banner bad', role: 'alert' }, problem);
  if (!all) return h('p', { class: 'muted', role: 'status' }, 'Reading the workbooks …');
  const chosen = all.find(({ name }) => name === query.get('name'));
  return h(
    'div',
    { class: 'stack' },
    h(BookList, { all, chosen: chosen?.name }),
    // Another address opens it anew, with the parameters that stand there.
    chosen ? h(BookView, { key: query.toString(), workbook: chosen.workbook, query, templates }) : null,
  );
}

async function readAll(): Promise<readonly Found[]> {
  const names = await readWorkbooks();
  return Promise.all(names.map(async (name) => ({ name, workbook: readWorkbook(await readWorkbookText(name)) })));
}

function BookList({ all, chosen }: { readonly all: readonly Found[]; readonly chosen: string | undefined }) {
  if (all.length === 0) return h('p', { class: 'muted' }, 'There are no workbooks.');
  return h(
    'nav',
    { 'aria-label': 'Workbooks' },
    h(
      'ul',
      { class: chosen === undefined ? 'book-list' : 'book-list small' },
      all.map(({ name, workbook }) =>
        h(
          'li',
          { key: name },
          h(
            'a',
            {
              href: hrefOf('workbooks', { name }),
              'aria-current': name === chosen ? 'true' : undefined,
              'data-workbook': name,
            },
            titleOf(workbook.items) || name,
          ),
        ),
      ),
    ),
  );
}
