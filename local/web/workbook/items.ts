import { h } from 'preact';
import { isVisible } from '../../sentinel/workbook/visibility.ts';
import type { Item, LinksItem, TextItem } from '../../sentinel/workbook/workbook.ts';
import { valueOfLink, plainText } from '../../sentinel/workbook/values.ts';
import type { Book } from './book.ts';
import { Markdown } from './markdown.ts';
import { Parameters } from './parameters.ts';
import { safeUrl } from './safe-url.ts';
import { Tile } from './tile.ts';

interface Props {
  readonly items: readonly Item[];
  readonly book: Book;
}

/** The items that are to be seen, side by side where they are narrow. */
export function Items({ items, book }: Props) {
  const shown = items.filter((item) => isVisible(item, book.values));
  return h(
    'div',
    { class: 'items' },
    shown.map((item) =>
      h(
        'div',
        { key: item.name, class: 'item', style: { '--share': Number(item.customWidth ?? 100) / 100 } },
        viewOfItem(item, book),
      ),
    ),
  );
}

function viewOfItem(item: Item, book: Book) {
  switch (item.type) {
    case 1:
      return h(Text, { item, book });
    case 3:
      return h(Tile, { item, book });
    case 9:
      return h(Parameters, { item, book });
    case 11:
      return h(Links, { item, book });
    case 12:
      return h(
        'section',
        { class: 'group' },
        item.content.title === undefined ? null : h('h2', null, book.fill(item.content.title, 'text').text),
        h(Items, { items: item.content.items, book }),
      );
    case 'unknown':
      return h('p', { class: 'banner bad notice' }, item.notice);
  }
}

function Text({ item, book }: { readonly item: TextItem; readonly book: Book }) {
  const { json, style } = item.content;
  return h(
    'div',
    { class: style === undefined ? 'text' : `text said ${style}` },
    h(Markdown, { text: book.fill(json, 'text').text }),
  );
}

/** Tabs and other links; those of a parameter set it. */
function Links({ item, book }: { readonly item: LinksItem; readonly book: Book }) {
  const { style, links } = item.content;
  return h(
    'nav',
    { class: style === 'tabs' ? 'tabs' : 'links', 'aria-label': style === 'tabs' ? 'Tabs' : 'Links' },
    links.map((link) => {
      if (link.linkTarget === 'Url')
        return h(
          'a',
          { key: link.id, href: safeUrl(link.cellValue), rel: 'noreferrer', target: '_blank' },
          link.linkLabel,
        );
      const isChosen = plainText(book.values.get(link.cellValue)) === (link.subTarget ?? '');
      return h(
        'button',
        {
          key: link.id,
          type: 'button',
          'aria-pressed': isChosen,
          'data-tab': link.subTarget,
          onClick: () => book.set([[link.cellValue, valueOfLink(link)]]),
        },
        link.linkLabel,
      );
    }),
  );
}
