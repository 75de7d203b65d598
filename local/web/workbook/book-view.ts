import { h } from 'preact';
import { useMemo, useState } from 'preact/hooks';
import { startValues } from '../../sentinel/workbook/start-values.ts';
import type { Workbook } from '../../sentinel/workbook/workbook.ts';
import { type Book, filling } from './book.ts';
import { Items } from './items.ts';

interface Props {
  readonly workbook: Workbook;
  readonly query: URLSearchParams;
  readonly templates: Book['templates'];
}

/** A workbook as it is when it is opened; what is not known of it here is said first. */
export function BookView({ workbook, query, templates }: Props) {
  const [values, setValues] = useState(() => startValues(workbook, query));
  const [nowMs, setNow] = useState(() => Date.now());
  const fill = useMemo(() => filling(workbook, values, nowMs), [workbook, values, nowMs]);
  const book: Book = {
    values,
    nowMs,
    templates,
    fill,
    set: (changes) =>
      setValues((before) => {
        const after = new Map(before);
        for (const [name, value] of changes) {
          after.delete(name);
          if (value) after.set(name, value);
        }
        return after;
      }),
  };
  return h(
    'div',
    { class: 'book' },
    workbook.notices.map((notice) => h('p', { key: notice, class: 'banner bad notice' }, notice)),
    h('button', { type: 'button', class: 'refresh', onClick: () => setNow(Date.now()) }, 'Refresh'),
    h(Items, { items: workbook.items, book }),
  );
}
