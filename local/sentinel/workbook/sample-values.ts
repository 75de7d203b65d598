import { choiceOf, initialValue, type ParameterValue, textValue, type Values, valueOfLink } from './values.ts';
import { declaredBy } from './declared.ts';
import { staticOptions } from './options.ts';
import { allItems, type Item, type Parameter } from './workbook.ts';

/** Values for all parameters, so that every query can be bound: what they begin with, else a text that stands nowhere. */
export function sampleValues(items: readonly Item[]): Values {
  const values = new Map<string, ParameterValue>();
  for (const name of declaredBy(items).keys()) values.set(name, textValue('sample'));
  for (const item of allItems(items)) {
    for (const parameter of item.type === 9 ? item.content.parameters : [])
      values.set(parameter.name, sampleOf(parameter));
    const [first] = item.type === 11 && item.content.style === 'tabs' ? item.content.links : [];
    if (first) values.set(first.cellValue, valueOfLink(first));
  }
  return values;
}

function sampleOf(parameter: Parameter): ParameterValue {
  const options = staticOptions(parameter);
  return initialValue(parameter, options) ?? choiceOf(parameter, options, ['sample']);
}
