import type { Json } from '../../../functions/tables/json.ts';
import type { QueryRows } from '../query/query.ts';
import { cellText } from './exports.ts';
import type { QueryItem } from './workbook.ts';

/** A place on a map, of all rows that are there. */
export interface MapPoint {
  readonly label: string;
  readonly latitude: number;
  readonly longitude: number;
  readonly size: number;
  readonly value: number;
  /** The cells of the first row there, by column. */
  readonly row: Readonly<Record<string, Json>>;
}

/** The places that a map shows, the largest first. */
export function mapPoints(
  { content }: QueryItem,
  { columns, rows }: Pick<QueryRows, 'columns' | 'rows'>,
): readonly MapPoint[] {
  const settings = content.mapSettings;
  if (!settings) return [];
  const cells = rows.map((row) => Object.fromEntries(columns.map(({ name }, index) => [name, row[index] ?? null])));
  const placed = cells.filter((row) => [settings.latitude, settings.longitude].every((name) => isNumber(row[name])));
  const places = Map.groupBy(placed, (row) =>
    [settings.latitude, settings.longitude, settings.labelSettings].map((name) => cellText(row[name])).join(' '),
  );
  const made = [...places.values()].map((all): MapPoint => {
    const [row = {}] = all;
    const numbers = (name: string): number[] => all.map((each) => Number(each[name] ?? 0));
    return {
      label: cellText(row[settings.labelSettings]),
      latitude: Number(row[settings.latitude]),
      longitude: Number(row[settings.longitude]),
      size: aggregated(settings.sizeAggregation, numbers(settings.sizeSettings)),
      value: aggregated(settings.legendAggregation, numbers(settings.legendMetric)),
      row,
    };
  });
  return made.toSorted((a, b) => b.size - a.size);
}

function isNumber(cell: Json | undefined): boolean {
  return typeof cell === 'number';
}

function aggregated(how: 'Sum' | 'Count' | 'Average' | 'Max' | 'Min', numbers: readonly number[]): number {
  const sum = numbers.reduce((total, value) => total + value, 0);
  if (how === 'Sum') return sum;
  if (how === 'Count') return numbers.length;
  if (how === 'Average') return sum / numbers.length;
  return how === 'Max' ? Math.max(...numbers) : Math.min(...numbers);
}
