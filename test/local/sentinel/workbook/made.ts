import type { Json } from '../../../../functions/tables/json.ts';
import type { KqlType } from '../../../../local/sentinel/kql/types.ts';
import type { QueryRows } from '../../../../local/sentinel/query/query.ts';
import { readWorkbook } from '../../../../local/sentinel/workbook/read-workbook.ts';
import type { QueryItem, Workbook } from '../../../../local/sentinel/workbook/workbook.ts';

const logs = { queryType: 0, resourceType: 'microsoft.operationalinsights/workspaces' };

/** A query tile as it stands in a workbook. */
export function tile(name: string, content: object, rest: object = {}): object {
  const query = { version: 'KqlItem/1.0', query: 'Audit_CL', size: 0, title: name, ...logs, ...content };
  return { type: 3, content: query, name, ...rest };
}

/** A parameter item of some parameters. */
export function parameters(...all: readonly object[]): object {
  const made = all.map((each, index) => ({ id: `${index}`, version: 'KqlParameterItem/1.0', ...each }));
  return { type: 9, content: { version: 'KqlParameterItem/1.0', parameters: made }, name: 'parameters' };
}

/** Tabs that set a parameter to one of some values. */
export function tabs(parameter: string, ...values: readonly string[]): object {
  const links = values.map((value) => ({
    id: value,
    cellValue: parameter,
    linkTarget: 'parameter',
    linkLabel: `To ${value}`,
    subTarget: value,
  }));
  return { type: 11, content: { version: 'LinkItem/1.0', style: 'tabs', links }, name: `tabs of ${parameter}` };
}

export function group(name: string, items: readonly object[], rest: object = {}): object {
  return { type: 12, content: { version: 'NotebookGroup/1.0', groupType: 'editable', items }, name, ...rest };
}

/** Shown when a parameter has a value. */
export function when(parameterName: string, comparison: 'isEqualTo' | 'isNotEqualTo', value = ''): object {
  return { conditionalVisibility: { parameterName, comparison, value } };
}

/** The text of a workbook of some items. */
export function workbookText(items: readonly object[], rest: object = {}): string {
  return JSON.stringify({ version: 'Notebook/1.0', items, fromTemplateId: 'Sentinel-Some-Workbook', ...rest });
}

export function workbook(...items: readonly object[]): Workbook {
  return readWorkbook(workbookText(items));
}

/** A tile that has been read. */
export function readTile(content: object): QueryItem {
  const [item] = workbook(tile('it', content)).items;
  if (item?.type !== 3) throw new Error('a tile is read as a tile');
  return item;
}

/** An answer with these columns, as `name:type`, and rows. */
export function rowsOf(
  columns: readonly (readonly [string, KqlType])[],
  rows: readonly (readonly Json[])[],
): QueryRows {
  return { columns: columns.map(([name, type]) => ({ name, type })), rows, rowCount: rows.length, elapsedMs: 0 };
}
