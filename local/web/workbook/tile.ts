import { h } from 'preact';
import { useState } from 'preact/hooks';
import { isProblem } from '../../sentinel/query/query.ts';
import { type Clicked, exportedFrom, exportsOf } from '../../sentinel/workbook/exports.ts';
import { requestOf } from '../../sentinel/workbook/request.ts';
import { plainText, textValue } from '../../sentinel/workbook/values.ts';
import type { QueryItem } from '../../sentinel/workbook/workbook.ts';
import { countText } from '../format.ts';
import type { Book, Change } from './book.ts';
import { ChartView } from './chart-view.ts';
import { GridView } from './grid-view.ts';
import { MapView } from './map-view.ts';
import { StatView, TilesView } from './tiles-view.ts';
import { useAnswer } from './use-answer.ts';
import type { ViewProps } from './view-props.ts';

/** A query and what it looks like. */
export function Tile({ item, book }: { readonly item: QueryItem; readonly book: Book }) {
  const { content } = item;
  const [round, setRound] = useState(0);
  const { text, missing } = book.fill(content.query, 'query');
  const { answer, isReading } = useAnswer(
    missing.length > 0 ? undefined : requestOf(item, text, book.values, book.nowMs),
    round,
  );
  const title = book.fill(content.title, 'text').text;
  const rows = answer && !isProblem(answer) ? answer : undefined;
  return h(
    'section',
    {
      class: `card tile-card size-${content.size}`,
      'aria-label': title,
      'aria-busy': isReading,
      'data-tile': item.name,
      'data-rows': rows?.rowCount,
    },
    h(
      'div',
      { class: 'card-head' },
      h('h3', { dir: 'auto' }, title),
      rows && content.visualization === 'table' ? h('span', { class: 'muted' }, countText(rows.rowCount, 'row')) : null,
      content.showRefreshButton === true
        ? h(
            'button',
            { type: 'button', class: 'plain', 'aria-label': `Refresh ${title}`, onClick: () => setRound(round + 1) },
            h(
              'svg',
              { viewBox: '0 0 16 16', class: 'turn', 'aria-hidden': 'true' },
              h('path', { d: 'M13 8a5 5 0 1 1-1.6-3.7M13 2v3h-3' }),
            ),
          )
        : null,
    ),
    missing.length > 0 ? h('p', { class: 'muted' }, `Waits for ${missing.join(', ')}.`) : null,
    answer && isProblem(answer) ? h(Problem, answer) : null,
    rows ? h(Body, { item, rows, book }) : null,
    !answer && isReading ? h('p', { class: 'muted reading', role: 'status' }, 'Reading …') : null,
  );
}

function Problem({
  problem,
  line,
  column,
}: {
  readonly problem: string;
  readonly line?: number | undefined;
  readonly column?: number | undefined;
}) {
  const place = line === undefined ? '' : `Line ${line}, column ${column}: `;
  return h('p', { class: 'banner bad', role: 'alert' }, `${place}${problem}`);
}

const noDataClasses = ['said', 'said', 'said attention', 'said fine', 'said', 'said'];

function Body({ item, rows, book }: Pick<ViewProps, 'item' | 'rows' | 'book'>) {
  const { visualization, noDataMessage, noDataMessageStyle = 0 } = item.content;
  if (rows.rowCount === 0)
    return h('p', { class: noDataClasses[noDataMessageStyle] }, noDataMessage ?? 'The query gave no rows.');
  const exports = exportsOf(item);
  const isClicked = (clicked: Clicked): boolean =>
    exports.length > 0 &&
    exportedFrom(exports, clicked).every(
      ([name, text]) => book.values.has(name) && plainText(book.values.get(name)) === text,
    );
  const onClick = (clicked: Clicked): void => {
    const isAgain = isClicked(clicked);
    book.set(
      exportedFrom(exports, clicked).map(([name, text]): Change => [name, isAgain ? undefined : textValue(text)]),
    );
  };
  const props = { item, rows, book, isClicked, onClick: exports.length > 0 ? onClick : undefined };
  if (visualization === 'table') return h(GridView, props);
  if (visualization === 'tiles') return h(TilesView, props);
  if (visualization === 'stat') return h(StatView, props);
  return visualization === 'map' ? h(MapView, props) : h(ChartView, props);
}
