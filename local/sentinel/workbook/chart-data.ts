import type { Json } from '../../../functions/tables/json.ts';
import type { QueryRows } from '../query/query.ts';
import { cellText } from './exports.ts';
import type { QueryItem } from './workbook.ts';

/** A point of a chart: `x` is epoch milliseconds on a time axis, else a category. */
export interface Point {
  readonly x: number | string;
  readonly y: number;
}

/** Points that belong together. */
export interface Series {
  readonly name: string;
  readonly label: string;
  readonly points: readonly Point[];
}

/** What a chart shows. */
export interface ChartData {
  readonly isTime: boolean;
  readonly series: readonly Series[];
}

type Rows = Pick<QueryRows, 'columns' | 'rows'>;
type ChartSettings = QueryItem['content']['chartSettings'];

/** Which column is which axis. */
interface Axes {
  readonly x: number;
  readonly ys: readonly number[];
  readonly group: number;
}

/** Draws the points of an answer: arrays of `make-series` become one point an item. */
export function chartData({ content }: QueryItem, answer: Rows): ChartData {
  const { columns, rows } = unzipped(answer);
  const axes = axesOf(columns, content.chartSettings);
  const isTime = columns[axes.x]?.type === 'datetime';
  const byName = new Map<string, Point[]>();
  for (const row of rows) {
    for (const y of axes.ys) {
      const value = row[y];
      if (typeof value !== 'number') continue;
      const name = seriesName(cellText(row[axes.group]), columns[y]?.name ?? '', axes);
      const points = byName.get(name) ?? [];
      byName.set(name, points);
      const x = cellText(row[axes.x]);
      points.push({ x: isTime ? Date.parse(x) : x, y: value });
    }
  }
  const labels = new Map(content.chartSettings?.seriesLabelSettings?.map((each) => [each.seriesName, each.label]));
  const series = [...byName].map(([name, points]) => ({ name, label: labels.get(name) ?? name, points }));
  return { isTime, series: isTime ? series.map(inOrder) : series };
}

function inOrder(series: Series): Series {
  return { ...series, points: series.points.toSorted((a, b) => Number(a.x) - Number(b.x)) };
}

function seriesName(group: string, column: string, { group: index, ys }: Axes): string {
  if (index < 0) return column;
  return ys.length > 1 ? `${group || '(empty)'} ${column}` : group || '(empty)';
}

/** The columns that `chartSettings` names, else: a time or the first text across, numbers up, another text for series. */
function axesOf(columns: Rows['columns'], settings: ChartSettings): Axes {
  const named = (name: string | undefined): number => columns.findIndex((column) => column.name === name);
  const first = (types: readonly string[], but = -1): number =>
    columns.findIndex(({ type }, index) => index !== but && types.includes(type));
  const time = first(['datetime']);
  const texts = ['string', 'bool', 'dynamic', 'guid'];
  const wanted = named(settings?.xAxis);
  const text = first(texts);
  const x = wanted >= 0 ? wanted : time >= 0 ? time : text >= 0 ? text : 0;
  const group = settings?.group === undefined ? first(texts, x) : named(settings.group);
  const numeric = columns.flatMap(({ type }, index) =>
    isNumeric(type) && index !== x && index !== group ? [index] : [],
  );
  const ys = settings?.yAxis?.map(named).filter((index) => index >= 0) ?? numeric;
  return { x, ys, group };
}

function isNumeric(type: string): boolean {
  return type === 'long' || type === 'int' || type === 'real' || type === 'decimal';
}

/** Rows in which the arrays of `make-series` are taken apart, an item a row. */
function unzipped({ columns, rows }: Rows): Rows {
  const [sample] = rows;
  const isSeries = columns.map(({ type }, index) => type === 'dynamic' && isLongArray(sample?.[index]));
  if (!isSeries.some(Boolean)) return { columns, rows };
  const typed = columns.map((column, index) =>
    isSeries[index] ? { ...column, type: itemType(sample?.[index]) } : column,
  );
  return {
    columns: typed,
    rows: rows.flatMap((row) => {
      const arrays = row.map((cell, index) => (isSeries[index] && Array.isArray(cell) ? itemsOf(cell) : undefined));
      const length = Math.max(...arrays.map((items) => items?.length ?? 0));
      return Array.from({ length }, (_, at) =>
        row.map((cell, index) => arrays[index]?.[at] ?? (arrays[index] ? null : cell)),
      );
    }),
  };
}

function itemsOf(cell: readonly Json[]): readonly Json[] {
  return cell;
}

function isLongArray(cell: Json | undefined): boolean {
  return Array.isArray(cell) && cell.length > 0;
}

function itemType(cell: Json | undefined): 'real' | 'datetime' {
  const items: readonly Json[] = Array.isArray(cell) ? cell : [];
  return items.some((item) => typeof item === 'string') ? 'datetime' : 'real';
}

/** A slice of a pie. */
export interface Slice {
  readonly name: string;
  readonly label: string;
  readonly value: number;
}

const mostSlices = 12;

/** The slices of a pie, the largest first; what is small beside many others stands together. */
export function slicesOf(item: QueryItem, answer: Rows): readonly Slice[] {
  const { series } = chartData(item, answer);
  const labels = new Map(item.content.chartSettings?.seriesLabelSettings?.map((each) => [each.seriesName, each.label]));
  const byName = new Map<string, number>();
  for (const { points } of series)
    for (const { x, y } of points) byName.set(String(x), (byName.get(String(x)) ?? 0) + y);
  const all = [...byName]
    .map(([name, value]) => ({ name, label: labels.get(name) ?? (name || '(empty)'), value }))
    .toSorted((a, b) => b.value - a.value);
  const most = item.content.chartSettings?.createOtherGroup ?? mostSlices;
  if (all.length <= most + 1) return all;
  const rest = all.slice(most);
  const value = rest.reduce((sum, slice) => sum + slice.value, 0);
  return [...all.slice(0, most), { name: '', label: `${rest.length} others`, value }];
}
