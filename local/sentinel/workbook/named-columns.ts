import { exportsOf } from './exports.ts';
import { columnOfKey } from './grid.ts';
import { tileParts } from './known-looks.ts';
import type { Formatter } from './schema-cells.ts';
import type { QueryItem } from './workbook.ts';

/** What a chart exports beside columns. */
const ofCharts: ReadonlySet<string> = new Set(['x', 'y', 'series', 'label', 'legend']);

const withColumns: ReadonlySet<QueryItem['content']['visualization']> = new Set(['table', 'tiles', 'stat', 'map']);

/** The columns that a tile names outside its query. */
export function namedColumns(item: QueryItem): readonly string[] {
  const { content } = item;
  const { gridSettings, tileSettings, chartSettings, mapSettings, statSettings, sortBy } = content;
  const isGrid = withColumns.has(content.visualization);
  const exported = exportsOf(item)
    .map(({ fieldName }) => fieldName)
    .filter((name) => name !== '' && (isGrid || !ofCharts.has(name)));
  const keys = [...(gridSettings?.sortBy ?? []), ...(sortBy ?? [])].map(({ itemKey }) => columnOfKey(itemKey));
  const names = [
    ...(gridSettings?.formatters ?? []).flatMap(columnsOfFormatter),
    ...(gridSettings?.labelSettings ?? []).map(({ columnId }) => columnId),
    ...tileParts(tileSettings).flatMap(columnsOfFormatter),
    ...keys,
    ...exported,
    ...(chartSettings?.yAxis ?? []),
    ...[chartSettings?.xAxis, chartSettings?.group, statSettings?.valueField, tileSettings?.sortCriteriaField].flatMap(
      (name) => name ?? [],
    ),
    ...(mapSettings ? columnsOfMap(mapSettings) : []),
  ];
  return [...new Set(names)];
}

function columnsOfFormatter({ columnMatch, formatOptions }: Formatter): readonly string[] {
  const given = formatOptions?.workbookContext?.templateParameters ?? [];
  const linked = given.filter(({ source }) => source === 'column').map(({ value }) => value);
  const link = formatOptions?.linkColumn;
  return [columnMatch, ...linked, ...(link === undefined ? [] : [link])];
}

function columnsOfMap(map: NonNullable<QueryItem['content']['mapSettings']>): readonly string[] {
  const { latitude, longitude, sizeSettings, labelSettings, legendMetric, itemColorSettings } = map;
  const colour = itemColorSettings ? [itemColorSettings.nodeColorField] : [];
  return [latitude, longitude, sizeSettings, labelSettings, legendMetric, ...colour];
}
