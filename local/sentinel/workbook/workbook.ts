import type * as z from 'zod';
import type * as schema from './schema.ts';

export type TextItem = z.output<typeof schema.textItem>;
export type QueryItem = z.output<typeof schema.queryItem>;
export type ParametersItem = z.output<typeof schema.parametersItem>;
export type Parameter = z.output<typeof schema.parameter>;
export type LinksItem = z.output<typeof schema.linksItem>;
export type Link = z.output<typeof schema.link>;
export type Condition = z.output<typeof schema.condition>;
export type Visualization = QueryItem['content']['visualization'];

/** A group with its items read. */
export interface GroupItem extends Omit<z.output<typeof schema.groupItem>, 'content'> {
  readonly content: Omit<z.output<typeof schema.groupItem>['content'], 'items'> & { readonly items: readonly Item[] };
}

/** Something of a workbook that is not known here; it is shown as what it says. */
export interface UnknownItem {
  readonly type: 'unknown';
  readonly name: string;
  readonly conditionalVisibility?: undefined;
  readonly conditionalVisibilities?: undefined;
  readonly customWidth?: undefined;
  readonly notice: string;
}

/** A part of a workbook, in the order of the page. */
export type Item = TextItem | QueryItem | ParametersItem | LinksItem | GroupItem | UnknownItem;

/** A workbook as it was read; `notices` say what of it is not known here. */
export interface Workbook {
  readonly templateId: string;
  readonly items: readonly Item[];
  readonly notices: readonly string[];
}

/** All items, those of groups behind their group. */
export function allItems(items: readonly Item[]): readonly Item[] {
  return items.flatMap((item) => (item.type === 12 ? [item, ...allItems(item.content.items)] : [item]));
}

/** The conditions of an item, of which all must hold. */
export function conditionsOf({ conditionalVisibility, conditionalVisibilities }: Item): readonly Condition[] {
  return [...(conditionalVisibility ? [conditionalVisibility] : []), ...(conditionalVisibilities ?? [])];
}

/** What a query calls itself: the title of its tile. */
export function titleOf(items: readonly Item[]): string {
  for (const item of items) {
    const heading = item.type === 1 ? /^#+ (.+)$/m.exec(item.content.json)?.[1] : undefined;
    if (heading !== undefined) return heading;
  }
  return '';
}
