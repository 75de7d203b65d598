import { isJsonObject, type Json, parseJson } from '../../../functions/tables/json.ts';

/** The id that Sentinel gives to workbooks that a person saved; no template may carry it. */
const userWorkbook = 'sentinel-UserWorkbook';

/** What the checks of the Azure-Sentinel repository would say of a workbook template (`.script/utils/workbookCheckers`). */
export function templateFaults(text: string): readonly string[] {
  const json = parseJson(text);
  const { version = '', fromTemplateId = '' } = isJsonObject(json) ? json : {};
  return [
    ...(version === 'Notebook/1.0' ? [] : ['version is not Notebook/1.0']),
    ...(typeof fromTemplateId === 'string' && /^Sentinel-[\w-]+$/i.test(fromTemplateId)
      ? []
      : ['fromTemplateId is missing']),
    ...(fromTemplateId === userWorkbook ? ['fromTemplateId is that of a workbook of a user'] : []),
    ...(/\/?subscriptions\/|resourcegroups\/|\/providers\/microsoft\./i.test(text)
      ? ['it names a resource of somebody']
      : []),
    ...blanks(json, []),
  ];
}

/** Names, titles and labels that say nothing, or begin or end with a blank. */
function blanks(json: Json, path: readonly string[]): readonly string[] {
  if (typeof json === 'string') {
    const key = path.findLast((part) => !/^\d+$/.test(part)) ?? '';
    const isShown = ['title', 'name', 'linkLabel', 'label', 'parameterName', 'columnMatch', 'query'].includes(key);
    return isShown && (json.trim() === '' || (key !== 'query' && json !== json.trim()))
      ? [`${path.join('.')} is blank or has blanks around it`]
      : [];
  }
  if (typeof json !== 'object' || json === null) return [];
  return Object.entries(json).flatMap(([key, inner]) => blanks(inner, [...path, key]));
}
