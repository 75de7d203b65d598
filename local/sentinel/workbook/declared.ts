import { exportsOf } from './exports.ts';
import { allItems, type Item } from './workbook.ts';

/** What kind of value a parameter has. */
export type DeclaredKind = 'text' | 'choice' | 'time';

/** The parameters of items: those of parameter items, those that tabs set, and those that clicks set. */
export function declaredBy(items: readonly Item[]): ReadonlyMap<string, DeclaredKind> {
  return new Map(allItems(items).flatMap((item) => namesOf(item)));
}

function namesOf(item: Item): (readonly [string, DeclaredKind])[] {
  if (item.type === 9) return item.content.parameters.map(({ name, type }) => [name, kinds[type]]);
  if (item.type === 3) return exportsOf(item).map(({ parameterName }) => [parameterName, 'text']);
  const links = item.type === 11 ? item.content.links : [];
  return links.flatMap(({ linkTarget, cellValue }) =>
    linkTarget === 'parameter' ? [[cellValue, 'text'] satisfies [string, DeclaredKind]] : [],
  );
}

const kinds = { 1: 'text', 2: 'choice', 4: 'time', 10: 'choice' } as const satisfies Record<number, DeclaredKind>;
