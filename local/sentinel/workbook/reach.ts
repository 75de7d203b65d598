import { declaredBy, type DeclaredKind } from './declared.ts';
import { knownFormats, placesIn } from './substitute.ts';
import { conditionsOf, type Item } from './workbook.ts';

/**
 * Parameters that items use where the portal does not see them: before they are set, or outside the group that sets them;
 * and formats of parameters that are not known here.
 */
export function unreachable(items: readonly Item[]): readonly string[] {
  return walk(items, new Set(globalNames(items)), declaredBy(items));
}

function walk(
  items: readonly Item[],
  seen: ReadonlySet<string>,
  declared: ReadonlyMap<string, DeclaredKind>,
): string[] {
  const reached = new Set(seen);
  return items.flatMap((item) => {
    // A parameter sees those that stand before it in its own item.
    const inReach = item.type === 9 ? new Set([...reached, ...setBy(item)]) : reached;
    const found = textsOf(item).flatMap((text) => faultsIn(text, item.name, inReach, declared));
    const conditions = conditionsOf(item).map(({ parameterName }) => parameterName);
    const unseen = conditions
      .filter((name) => !reached.has(name))
      .map((name) => `${item.name} depends on ${name}, which nothing before it sets`);
    const inside = item.type === 12 ? walk(item.content.items, reached, declared) : [];
    for (const name of setBy(item)) reached.add(name);
    return [...found, ...unseen, ...inside];
  });
}

/** The names that an item sets for those behind it; a group keeps its own to itself. */
function setBy(item: Item): readonly string[] {
  if (item.type === 12) return item.content.exportParameters === true ? [...declaredBy(item.content.items).keys()] : [];
  return [...declaredBy([item]).keys()];
}

/** Parameters that are seen everywhere. */
function globalNames(items: readonly Item[]): readonly string[] {
  return items.flatMap((item) => {
    if (item.type === 12) return globalNames(item.content.items);
    const parameters = item.type === 9 ? item.content.parameters : [];
    return parameters.filter(({ isGlobal }) => isGlobal === true).map(({ name }) => name);
  });
}

function textsOf(item: Item): readonly string[] {
  if (item.type === 1) return [item.content.json];
  if (item.type === 3) return [item.content.query, item.content.title, item.content.noDataMessage ?? ''];
  const parameters = item.type === 9 ? item.content.parameters : [];
  return parameters.flatMap(({ query }) => query ?? []);
}

function faultsIn(
  text: string,
  name: string,
  reached: ReadonlySet<string>,
  declared: ReadonlyMap<string, DeclaredKind>,
): readonly string[] {
  const places = placesIn(text).filter((place) => declared.has(place.name));
  return places.flatMap((place) => {
    const formats: readonly string[] = knownFormats[declared.get(place.name) ?? 'text'];
    const isKnown = formats.includes(place.format)
      ? []
      : [`${name} uses {${place.name}:${place.format}}, a format that is not known`];
    const isReached = reached.has(place.name) ? [] : [`${name} uses {${place.name}}, which nothing before it sets`];
    return [...isKnown, ...isReached];
  });
}
