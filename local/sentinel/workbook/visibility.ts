import { plainText, type Values } from './values.ts';
import { conditionsOf, type Item } from './workbook.ts';

/** Whether all conditions of an item hold; a parameter that is not set is as good as empty. */
export function isVisible(item: Item, values: Values): boolean {
  return conditionsOf(item).every(({ parameterName, comparison, value = '' }) => {
    const isEqual = plainText(values.get(parameterName)) === value;
    return comparison === 'isEqualTo' ? isEqual : !isEqual;
  });
}
