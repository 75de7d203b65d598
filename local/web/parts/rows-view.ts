import { h } from 'preact';
import { useEffect, useRef, useState } from 'preact/hooks';
import type { ShownRow } from '../../server/row-reader.ts';
import { type RowsAnswer, readRows } from '../api.ts';
import { countText } from '../format.ts';
import { usePaced } from '../paced.ts';
import { hrefOf, replaceRoute } from '../route.ts';
import { RowDialog } from './row-dialog.ts';
import { RowsGrid } from './rows-grid.ts';

interface Props {
  readonly table: string;
  /** How many rows the table has. */
  readonly rows: number;
  readonly search: string;
  /** The page it stands in, for the address. */
  readonly path: string;
  /** What is said when there are no rows. */
  readonly none: string;
}

const pauseMs = 2500;
const typingMs = 250;

/** The rows of a table with a search; a row is shown in full when it is opened. */
export function RowsView({ table, rows, search, path, none }: Props) {
  const [text, setText] = useState(search);
  const [answer, setAnswer] = useState<RowsAnswer>();
  const [problem, setProblem] = useState('');
  const [open, setOpen] = useState<number>();
  const landed = usePaced(rows, pauseMs);
  // Rows that were asked for by hand stay, while new ones land above them.
  const [isPaged, setPaged] = useState(false);

  const take = (wanted: Promise<RowsAnswer>, before: readonly ShownRow[], isWanted: () => boolean): void => {
    wanted.then(
      (found) => {
        if (!isWanted()) return;
        setAnswer({ ...found, rows: [...before, ...found.rows] });
        setProblem('');
      },
      (error: Error) => isWanted() && setProblem(error.message),
    );
  };
  useEffect(() => {
    if (isPaged) return;
    let isWanted = true;
    take(readRows(table, search, undefined), [], () => isWanted);
    return () => void (isWanted = false);
  }, [table, search, landed, isPaged]);
  // The address may change by a link or the browser's arrows, too.
  const typed = useRef(search);
  useEffect(() => {
    if (search !== typed.current) setText((typed.current = search));
  }, [search]);
  useEffect(() => {
    if (text === typed.current) return;
    const timer = setTimeout(() => {
      setPaged(false);
      typed.current = text;
      replaceRoute(hrefOf(path, { table, ...(text !== '' && { search: text }) }));
    }, typingMs);
    return () => clearTimeout(timer);
  }, [text]);
  const more = () => {
    setPaged(true);
    take(readRows(table, search, answer?.rows.at(-1)), answer?.rows ?? [], () => true);
  };

  return h(
    'section',
    { class: 'card', 'aria-label': table },
    h(
      'div',
      { class: 'card-head' },
      h('h2', null, table),
      h('span', { class: 'muted' }, countText(rows, 'row')),
      h('input', {
        type: 'search',
        class: 'search',
        placeholder: 'Search in these rows',
        'aria-label': `Search in ${table}`,
        value: text,
        onInput: (event) => setText(event.currentTarget.value),
      }),
    ),
    problem === '' ? null : h('p', { class: 'banner bad', role: 'alert' }, problem),
    answer
      ? h(RowsGrid, {
          table,
          rows: answer.rows,
          none: search === '' ? none : 'No row holds this text.',
          onOpen: setOpen,
        })
      : h('p', { class: 'muted' }, 'Reading rows …'),
    answer?.isMore ? h('button', { type: 'button', class: 'more', onClick: more }, 'Show older rows') : null,
    open === undefined ? null : h(RowDialog, { table, id: open, onClose: () => setOpen(undefined) }),
  );
}
