import { isProblem, type QueryAnswer } from '../query/query.ts';
import { cellsOf } from './clickables.ts';
import { cellText, type Clicked } from './exports.ts';
import type { FormatOptions } from './schema-cells.ts';
import { addressText } from './start-values.ts';
import type { Values } from './values.ts';
import type { QueryItem } from './workbook.ts';

/** A workbook that a cell links to, and the texts that its parameters are set to there. */
export interface BookLink {
  readonly templateId: string;
  readonly parameters: readonly (readonly [name: string, text: string])[];
}

/** The workbook that a cell with these options links to; undefined when it links to none. @param row the cells of its row */
export function bookLink(
  { linkTarget, workbookContext }: FormatOptions,
  row: Clicked,
  values: Values,
): BookLink | undefined {
  if (linkTarget !== 'WorkbookTemplate' || !workbookContext) return undefined;
  const parameters = (workbookContext.templateParameters ?? []).map(({ name, source, value }) => {
    const set = values.get(value);
    const own = source === 'parameter' ? (set ? addressText(set) : '') : value;
    return [name, source === 'column' ? cellText(row[value]) : own] as const;
  });
  return { templateId: workbookContext.templateId, parameters };
}

/** The links in the first rows of a tile whose cells have a value. */
export function bookLinks(item: QueryItem, answer: QueryAnswer, values: Values, rows: number): readonly BookLink[] {
  if (isProblem(answer)) return [];
  const formatters = item.content.gridSettings?.formatters ?? [];
  return answer.rows.slice(0, rows).flatMap((row) => {
    const cells = cellsOf(answer, row);
    return formatters.flatMap(({ columnMatch, formatOptions }) =>
      formatOptions && cellText(cells[columnMatch]) !== '' ? (bookLink(formatOptions, cells, values) ?? []) : [],
    );
  });
}
