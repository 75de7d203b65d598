import { isJsonObject, type Json, parseJson } from '../../../functions/tables/json.ts';
import type { QueryRows } from '../query/query.ts';
import { cellText } from './exports.ts';
import type { Option } from './values.ts';
import type { Parameter } from './workbook.ts';

/** The options of a drop-down that stand in the workbook: a list of texts, or of objects with `value` and `label`. */
export function staticOptions({ jsonData }: Parameter): readonly Option[] {
  const listed: Json = jsonData === undefined ? [] : parseJson(jsonData);
  const items: readonly Json[] = Array.isArray(listed) ? listed : [];
  return items.map((item) => {
    const found = isJsonObject(item) ? item : { value: item };
    const value = cellText(found['value']);
    return { value, label: cellText(found['label']) || value, isSelected: found['selected'] === true };
  });
}

/** The options of a drop-down that a query gives: its columns `value`, `label` and `selected`, or the first one. */
export function queriedOptions({ columns, rows }: Pick<QueryRows, 'columns' | 'rows'>): readonly Option[] {
  const place = (name: string): number => columns.findIndex((column) => column.name === name);
  const [value, label, selected] = [Math.max(place('value'), 0), place('label'), place('selected')];
  return rows.map((row) => {
    const text = cellText(row[value]);
    return { value: text, label: cellText(row[label]) || text, isSelected: row[selected] === true };
  });
}
