import * as z from 'zod';
import { isJsonObject, type Json, parseJson } from '../../../functions/tables/json.ts';
import { readKnown } from './read-known.ts';
import * as schema from './schema.ts';
import type { GroupItem, Item, LinksItem, ParametersItem, QueryItem, TextItem, Workbook } from './workbook.ts';

type SimpleItem = TextItem | QueryItem | ParametersItem | LinksItem;

const kinds = new Map<Json | undefined, z.ZodType<SimpleItem>>([
  [1, schema.textItem],
  [3, schema.queryItem],
  [9, schema.parametersItem],
  [11, schema.linksItem],
]);

/**
 * Reads the JSON of a workbook. Whatever of it is not known here is left out, and a notice says so; an item that cannot
 * be read at all stands there as one that is unknown.
 * @throws Error when it is no workbook
 */
export function readWorkbook(text: string): Workbook {
  const notices: string[] = [];
  const found = readKnown(schema.notebook, parsed(text), 'workbook', notices);
  if (!found) throw new Error(`This is no workbook of version Notebook/1.0: ${notices.join('; ')}`);
  const items = found.items.map((item) => readItem(item, notices));
  return { templateId: found.fromTemplateId ?? '', items, notices };
}

function parsed(text: string): Json {
  try {
    return parseJson(text);
  } catch (error) {
    throw new Error('This is no workbook: it is not JSON.', { cause: error });
  }
}

function readItem(json: Json, notices: string[]): Item {
  const raw = isJsonObject(json) ? json : {};
  const name = typeof raw['name'] === 'string' ? raw['name'] : 'an item without a name';
  const before = notices.length;
  const kind = kinds.get(raw['type']);
  const item = raw['type'] === 12 ? readGroup(json, name, notices) : kind && readKnown(kind, json, name, notices);
  if (item) return item;
  if (notices.length === before) notices.push(`${name}: items of type ${JSON.stringify(raw['type'])} are not known`);
  return { type: 'unknown', name, notice: notices.slice(before).join('; ') };
}

function readGroup(json: Json, name: string, notices: string[]): GroupItem | undefined {
  const group = readKnown(schema.groupItem, json, name, notices);
  if (!group) return undefined;
  const items = group.content.items.map((item) => readItem(item, notices));
  return { ...group, content: { ...group.content, items } };
}
