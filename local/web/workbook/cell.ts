import { h } from 'preact';
import { useState } from 'preact/hooks';
import type { Json } from '../../../functions/tables/json.ts';
import { bookLink } from '../../sentinel/workbook/book-links.ts';
import type { CellView } from '../../sentinel/workbook/cell-view.ts';
import { cellText } from '../../sentinel/workbook/exports.ts';
import type { FormatOptions } from '../../sentinel/workbook/schema-cells.ts';
import { addressKey } from '../../sentinel/workbook/start-values.ts';
import { hrefOf } from '../route.ts';
import type { Book } from './book.ts';
import { safeUrl } from './safe-url.ts';
import { Spark } from './spark.ts';

interface Props {
  readonly view: CellView;
  /** The cells of its row, by column. */
  readonly row: Readonly<Record<string, Json>>;
  readonly book: Book;
}

/** A cell as its formatter shows it; every value is text. */
export function Cell({ view, row, book }: Props) {
  switch (view.kind) {
    case 'text':
      return h(LongText, { text: view.text });
    case 'big':
      return h('span', { class: 'big' }, view.text);
    case 'bar':
      return h(
        'span',
        { class: `bar-cell tone-${view.tone}` },
        h('span', { class: 'bar-value' }, view.text),
        h('span', { class: 'bar', style: { '--share': view.share } }),
      );
    case 'heat':
      return h('span', { class: `heat tone-${view.tone}`, style: { '--share': view.share } }, view.text);
    case 'sign':
      return h('span', { class: `sign sign-${view.sign}` }, h('span', { dir: 'auto' }, view.text));
    case 'tag':
      return h('span', { class: `tag tone-${view.tone}`, dir: 'auto' }, view.text);
    case 'spark':
      return h(Spark, view);
    case 'link':
      return h(LinkCell, { view, row, book });
  }
}

const shortLength = 240;

/** A text, which is cut where it is too long to be shown among others until it is asked for. */
function LongText({ text }: { readonly text: string }) {
  const [isWhole, setWhole] = useState(false);
  if (text.length <= shortLength) return h('span', { class: 'cell', dir: 'auto' }, text);
  return h(
    'span',
    { class: isWhole ? 'cell whole' : 'cell', dir: 'auto' },
    isWhole ? text : `${text.slice(0, shortLength)}… `,
    isWhole
      ? null
      : h(
          'button',
          {
            type: 'button',
            class: 'open',
            onClick: (event: Event) => {
              event.stopPropagation();
              setWhole(true);
            },
          },
          'all of it',
        ),
  );
}

function LinkCell({ view, row, book }: Props & { readonly view: Extract<CellView, { kind: 'link' }> }) {
  const href = linkOf(view.options, view.text, row, book);
  if (href === undefined) return h(LongText, { text: view.text });
  const outside = href.startsWith('https:') ? { rel: 'noreferrer', target: '_blank' } : {};
  const text = view.text.length <= shortLength ? view.text : `${view.text.slice(0, shortLength)}…`;
  const stop = (event: Event): void => event.stopPropagation();
  return h('a', { class: 'cell', dir: 'auto', href, onClick: stop, ...outside }, text);
}

/** Where a link leads: to a workbook here with its parameters set, or to an address of the web. */
function linkOf(options: FormatOptions, text: string, row: Props['row'], book: Book): string | undefined {
  const { linkTarget, linkColumn } = options;
  if (linkTarget === 'Url') return safeUrl(linkColumn === undefined ? text : cellText(row[linkColumn]));
  const link = bookLink(options, row, book.values);
  const name = link && book.templates.get(link.templateId);
  if (!link || name === undefined) return undefined;
  const parameters = link.parameters.map(([parameter, given]) => [addressKey(parameter), given]);
  return hrefOf('workbooks', { name, ...Object.fromEntries(parameters) });
}
