import { type Values, valueOfLink } from './values.ts';
import { isVisible } from './visibility.ts';
import { allItems, type Item } from './workbook.ts';

/** The values with each tab open in turn, those within an open tab too. */
export function tabStates(items: readonly Item[], values: Values): readonly Values[] {
  const shown = items.filter((item) => isVisible(item, values) || item.type === 12);
  const bars = shown.flatMap((item) => (item.type === 11 && item.content.style === 'tabs' ? [item] : []));
  const own = bars.flatMap(({ content }) =>
    content.links.map((link) => new Map([...values, [link.cellValue, valueOfLink(link)] as const])),
  );
  const states: readonly Values[] = own.length > 0 ? own : [values];
  return states.flatMap((state) => {
    const open = shown.filter((item) => item.type === 12 && isVisible(item, state));
    const inner = open.flatMap((item) =>
      item.type === 12 && hasTabs(item.content.items) ? tabStates(item.content.items, state) : [],
    );
    return inner.length > 0 ? inner : [state];
  });
}

function hasTabs(items: readonly Item[]): boolean {
  return allItems(items).some((item) => item.type === 11 && item.content.style === 'tabs');
}
