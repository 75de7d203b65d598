import { h } from 'preact';
import { useEffect, useMemo, useRef } from 'preact/hooks';
import { type ChartData, chartData, slicesOf } from '../../sentinel/workbook/chart-data.ts';
import { clickedPoint, clickedSlice, isSingle } from '../../sentinel/workbook/clickables.ts';
import type { Clicked } from '../../sentinel/workbook/exports.ts';
import { numberText } from '../../sentinel/workbook/number-text.ts';
import type { NumberFormat } from '../../sentinel/workbook/schema-cells.ts';
import { colours } from '../chart.ts';
import { barOption, lineOption, type MakeOption, pieOption } from './chart-options.ts';
import { drawBookChart } from './draw-chart.ts';
import type { ViewProps } from './view-props.ts';

/** A line of a chart's legend; `clicked` is what a click on it stands for. */
interface Entry {
  readonly key: string;
  readonly label: string;
  readonly value: string;
  readonly colour: string;
  readonly clicked: Clicked;
}

/** A chart with its legend, which does by keyboard what the chart does by mouse. */
export function ChartView({ item, rows, onClick, isClicked }: ViewProps) {
  const place = useRef<HTMLDivElement>(null);
  const { option, entries, clickedAt } = useMemo(() => pictureOf(item, rows), [rows]);
  const click = useRef(onClick);
  click.current = onClick;
  useEffect(() => {
    if (!place.current) return;
    const chart = drawBookChart(place.current, option, (series, index) => {
      const clicked = clickedAt(series, index);
      if (clicked) click.current?.(clicked);
    });
    return () => chart.end();
  }, [option]);
  const hasLegend = entries.length > 1 || onClick !== undefined;
  const isPie = item.content.visualization === 'piechart';
  return h(
    'div',
    { class: isPie ? 'book-chart with-side' : 'book-chart' },
    h('div', { class: 'drawing', ref: place, 'aria-hidden': 'true' }),
    hasLegend && item.content.chartSettings?.showLegend !== false
      ? h(
          'ul',
          { class: 'legend' },
          entries.map((entry) =>
            h('li', { key: entry.key }, h(LegendEntry, { entry, onClick, isChosen: isClicked(entry.clicked) })),
          ),
        )
      : null,
  );
}

interface EntryProps {
  readonly entry: Entry;
  readonly onClick: ViewProps['onClick'];
  readonly isChosen: boolean;
}

function LegendEntry({ entry, onClick, isChosen }: EntryProps) {
  const inside = [
    h('span', { key: 's', class: 'swatch', style: { background: entry.colour } }),
    h('span', { key: 'l', class: 'legend-label', dir: 'auto' }, entry.label),
    h('span', { key: 'v', class: 'muted' }, entry.value),
  ];
  return onClick && entry.key !== ''
    ? h('button', { type: 'button', 'aria-pressed': isChosen, onClick: () => onClick(entry.clicked) }, inside)
    : h('span', { class: 'entry' }, inside);
}

interface Picture {
  readonly option: MakeOption;
  readonly entries: readonly Entry[];
  readonly clickedAt: (series: number, index: number) => Clicked | undefined;
}

function colourOf(index: number): string {
  return colours[index % colours.length] ?? '';
}

function pictureOf(item: ViewProps['item'], rows: ViewProps['rows']): Picture {
  return item.content.visualization === 'piechart' ? pieOf(item, rows) : axesOf(item, rows);
}

function pieOf(item: ViewProps['item'], rows: ViewProps['rows']): Picture {
  const slices = slicesOf(item, rows);
  const total = slices.reduce((sum, { value }) => sum + value, 0);
  return {
    option: pieOption(slices.map((slice, index) => ({ ...slice, colour: colourOf(index) }))),
    entries: slices.map((slice, index) => ({
      key: slice.name,
      label: slice.label,
      value: `${numberText(slice.value, undefined)} (${Math.round((100 * slice.value) / total)} %)`,
      colour: colourOf(index),
      clicked: clickedSlice(slice),
    })),
    clickedAt: (_series, index) => {
      const slice = slices[index];
      return slice && slice.name !== '' ? clickedSlice(slice) : undefined;
    },
  };
}

const mostEntries = 24;

function axesOf(item: ViewProps['item'], rows: ViewProps['rows']): Picture {
  const { visualization, chartSettings } = item.content;
  const data = chartData(item, rows);
  const isLine = data.isTime && ['linechart', 'timechart', 'areachart'].includes(visualization);
  const isStacked = visualization === 'barchart';
  const settings = { chartSettings, isArea: visualization === 'areachart', isStacked };
  return {
    option: isLine ? lineOption(data, settings, colours) : barOption(data, settings, colours),
    entries: entriesOf(data, chartSettings?.ySettings?.numberFormatSettings).slice(0, mostEntries),
    clickedAt: (series, index) => clickedPoint(data, series, index),
  };
}

/** A line a series, or a line a category where there is one series. */
function entriesOf(data: ChartData, format: NumberFormat | undefined): readonly Entry[] {
  const [only] = data.series;
  if (only && isSingle(data))
    return only.points.map(({ x, y }, index) => ({
      key: String(x),
      label: String(x) || '(empty)',
      value: numberText(y, format),
      colour: colourOf(0),
      clicked: clickedPoint(data, 0, index) ?? {},
    }));
  return data.series.map(({ name, label, points }, index) => {
    const sum = points.reduce((total, { y }) => total + y, 0);
    const clicked = { series: name, label, x: null, y: sum };
    return { key: name, label, value: numberText(sum, format), colour: colourOf(index), clicked };
  });
}
