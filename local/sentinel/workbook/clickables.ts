import type { Json } from '../../../functions/tables/json.ts';
import type { QueryRows } from '../query/query.ts';
import { type ChartData, chartData, slicesOf, type Slice } from './chart-data.ts';
import type { Clicked } from './exports.ts';
import { mapPoints } from './map-data.ts';
import type { QueryItem } from './workbook.ts';

/** The cells of a row by the names of their columns. */
export function cellsOf({ columns }: Pick<QueryRows, 'columns'>, row: readonly Json[]): Clicked {
  return Object.fromEntries(columns.map(({ name }, index) => [name, row[index] ?? null]));
}

/** What a click on a slice of a pie stands for. */
export function clickedSlice({ name, label, value }: Slice): Clicked {
  return { series: name, x: name, y: value, label };
}

/** Whether categories are series of their own, as in the portal: those of a chart without others. */
export function isSingle({ isTime, series }: ChartData): boolean {
  return !isTime && series.length === 1;
}

/** What a click on a point of a chart stands for; undefined when there is no such point. */
export function clickedPoint(data: ChartData, series: number, index: number): Clicked | undefined {
  const found = data.series[series];
  const point = found?.points[index];
  if (!found || !point) return undefined;
  const x = typeof point.x === 'number' ? new Date(point.x).toISOString() : point.x;
  return isSingle(data)
    ? { series: x, x, y: point.y, label: x }
    : { series: found.name, x, y: point.y, label: found.label };
}

/** All that can be clicked on a tile. */
export function clickables(item: QueryItem, rows: QueryRows): readonly Clicked[] {
  const { visualization } = item.content;
  if (visualization === 'map') return mapPoints(item, rows).map(({ row }) => row);
  if (visualization === 'table' || visualization === 'tiles') return rows.rows.map((row) => cellsOf(rows, row));
  if (visualization === 'stat') return [];
  if (visualization === 'piechart')
    return slicesOf(item, rows).flatMap((slice) => (slice.name === '' ? [] : [clickedSlice(slice)]));
  const data = chartData(item, rows);
  const points = data.series.flatMap(({ points: all }, series) =>
    all.map((_, index) => clickedPoint(data, series, index)),
  );
  return points.filter((point) => point !== undefined);
}
