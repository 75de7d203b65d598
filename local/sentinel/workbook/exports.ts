import type { Json } from '../../../functions/tables/json.ts';
import type { QueryItem } from './workbook.ts';

/** A parameter that a click sets: to a cell of what was clicked, or without a field to all of it as JSON. */
export interface Export {
  readonly parameterName: string;
  readonly fieldName: string;
  readonly defaultValue: string | undefined;
}

/** The parameters that a click on a tile sets. */
export function exportsOf({ content }: QueryItem): readonly Export[] {
  const {
    exportParameterName: parameterName,
    exportFieldName: fieldName = '',
    exportDefaultValue: defaultValue,
  } = content;
  const first = parameterName === undefined ? [] : [{ parameterName, fieldName, defaultValue }];
  const more = content.exportedParameters ?? [];
  return [
    ...first,
    ...more.map((each) => ({
      parameterName: each.parameterName,
      fieldName: each.fieldName ?? '',
      defaultValue: each.defaultValue,
    })),
  ];
}

/** What can be clicked: the cells of a row by column, or of a chart `x`, `y`, `series` and `label`. */
export type Clicked = Readonly<Record<string, Json>>;

/** What a click sets parameters to. */
export function exportedFrom(exports: readonly Export[], clicked: Clicked): readonly (readonly [string, string])[] {
  return exports.map(({ parameterName, fieldName, defaultValue = '' }) => {
    if (fieldName === '') return [parameterName, JSON.stringify(clicked)] as const;
    const text = cellText(clicked[fieldName]);
    return [parameterName, text === '' ? defaultValue : text] as const;
  });
}

/** A cell of an answer as text; nothing for one without a value. */
export function cellText(cell: Json | undefined): string {
  if (cell === undefined || cell === null) return '';
  return typeof cell === 'string' ? cell : JSON.stringify(cell);
}
