import type { QueryRows } from '../query/query.ts';
import { extentOf, type Extent, formatters } from './cell-view.ts';
import { cellText } from './exports.ts';
import type { Formatter } from './schema-cells.ts';
import type { QueryItem } from './workbook.ts';

/** A column of a grid that is shown. */
export interface GridColumn {
  readonly name: string;
  readonly label: string;
  readonly type: string;
  /** Its place among the cells of a row. */
  readonly index: number;
  readonly formatter: Formatter | undefined;
  readonly extent: Extent;
}

/** In which order a grid shows its rows. */
export interface Sorting {
  readonly name: string;
  readonly isDescending: boolean;
}

/** Whether a formatter is for a column: by its name, or by a regular expression that fits all of it. */
function isFor(column: string, { columnMatch }: Formatter): boolean {
  if (columnMatch === column) return true;
  try {
    return new RegExp(`^(?:${columnMatch})$`).test(column);
  } catch {
    return false;
  }
}

/** The columns that a grid shows of an answer. */
export function gridColumns(
  { content }: QueryItem,
  { columns, rows }: Pick<QueryRows, 'columns' | 'rows'>,
): readonly GridColumn[] {
  const { formatters: all = [], labelSettings = [] } = content.gridSettings ?? {};
  return columns.flatMap(({ name, type }, index): GridColumn[] => {
    const formatter = all.find(({ columnMatch }) => columnMatch === name) ?? all.find((each) => isFor(name, each));
    if (formatter?.formatter === formatters.hidden) return [];
    const label = labelSettings.find(({ columnId }) => columnId === name)?.label ?? name;
    return [{ name, label, type, index, formatter, extent: extentOf(rows.map((row) => row[index])) }];
  });
}

/** The order that a grid begins with; undefined: that of the query. */
export function firstSorting({ content }: QueryItem): Sorting | undefined {
  const [first] = content.gridSettings?.sortBy ?? content.sortBy ?? [];
  return first && { name: columnOfKey(first.itemKey), isDescending: first.sortOrder === 2 };
}

/** A formatted column is sorted by a key that the portal makes: `$gen_bar_Count_1` for `Count`. */
export function columnOfKey(key: string): string {
  return /^\$gen_[a-z]+_(.+)_\d+$/i.exec(key)?.[1] ?? key;
}

/** Rows in the order of one of their cells; those without a value stand last. */
export function sorted<Row extends QueryRows['rows'][number]>(
  rows: readonly Row[],
  index: number,
  isDescending: boolean,
): readonly Row[] {
  const sign = isDescending ? -1 : 1;
  return rows.toSorted((a, b) => {
    const [x, y] = [a[index] ?? '', b[index] ?? ''];
    if (x === '' || y === '') return x === y ? 0 : x === '' ? 1 : -1;
    if (typeof x === 'number' && typeof y === 'number') return (x - y) * sign;
    return cellText(x).localeCompare(cellText(y), 'en') * sign;
  });
}
