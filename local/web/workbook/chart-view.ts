import { h } from 'preact';
import { useEffect, useMemo, useRef } from 'preact/hooks';
import { chartData, slicesOf } from '../../sentinel/workbook/chart-data.ts';
import type { Clicked } from '../../sentinel/workbook/exports.ts';
import { numberText } from '../../sentinel/workbook/number-text.ts';
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
  const clicked = ({ name, label, value }: (typeof slices)[number]): Clicked => ({
    series: name,
    x: name,
    y: value,
    label,
  });
  return {
    option: pieOption(slices.map((slice, index) => ({ ...slice, colour: colourOf(index) }))),
    entries: slices.map((slice, index) => ({
      key: slice.name,
      label: slice.label,
      value: `${numberText(slice.value, undefined)} (${Math.round((100 * slice.value) / total)} %)`,
      colour: colourOf(index),
      clicked: clicked(slice),
    })),
    clickedAt: (_series, index) => {
      const slice = slices[index];
      return slice && slice.name !== '' ? clicked(slice) : undefined;
    },
  };
}

function axesOf(item: ViewProps['item'], rows: ViewProps['rows']): Picture {
  const { visualization, chartSettings } = item.content;
  const data = chartData(item, rows);
  // Of categories without series each is one of its own, as in the portal.
  const isSingle = !data.isTime && data.series.length === 1;
  const clickedAt = (series: number, index: number): Clicked | undefined => {
    const found = data.series[series];
    const point = found?.points[index];
    if (!found || !point) return undefined;
    const at = typeof point.x === 'number' ? new Date(point.x).toISOString() : point.x;
    return { series: isSingle ? at : found.name, x: at, y: point.y, label: isSingle ? at : found.label };
  };
  const isLine =
    data.isTime && (visualization === 'linechart' || visualization === 'timechart' || visualization === 'areachart');
  const settings = { chartSettings, isArea: visualization === 'areachart', isStacked: visualization === 'barchart' };
  const sum = (points: (typeof data.series)[number]['points']): number => points.reduce((total, { y }) => total + y, 0);
  const [only] = data.series;
  const entries = isSingle
    ? (only?.points ?? []).map((point, index) => ({
        key: String(point.x),
        label: String(point.x) || '(empty)',
        value: numberText(point.y, chartSettings?.ySettings?.numberFormatSettings),
        colour: colourOf(0),
        clicked: clickedAt(0, index) ?? {},
      }))
    : data.series.map(({ name, label, points }, index) => ({
        key: name,
        label,
        value: numberText(sum(points), chartSettings?.ySettings?.numberFormatSettings),
        colour: colourOf(index),
        clicked: { series: name, label, x: null, y: sum(points) },
      }));
  return {
    option: isLine ? lineOption(data, settings, colours) : barOption(data, settings, colours),
    entries: entries.slice(0, mostEntries),
    clickedAt,
  };
}

const mostEntries = 24;
