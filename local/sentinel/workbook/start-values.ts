import { staticOptions } from './options.ts';
import { initialValue, type ParameterValue, textValue, type Values, valueOfLink } from './values.ts';
import { allItems, type Workbook } from './workbook.ts';

/** Parameters in an address begin with this. */
const prefix = 'p.';

/** What is set when a workbook is opened: what the address says, else what parameters and tabs begin with. */
export function startValues(workbook: Workbook, query: URLSearchParams): Values {
  const values = new Map<string, ParameterValue>();
  for (const item of allItems(workbook.items)) {
    const parameters = item.type === 9 ? item.content.parameters : [];
    for (const parameter of parameters) {
      const value = initialValue(parameter, staticOptions(parameter));
      if (value) values.set(parameter.name, value);
    }
    const [first] = item.type === 11 && item.content.style === 'tabs' ? item.content.links : [];
    if (first?.linkTarget === 'parameter') values.set(first.cellValue, valueOfLink(first));
  }
  for (const [key, text] of query) {
    const name = key.startsWith(prefix) ? key.slice(prefix.length) : '';
    const value = values.get(name);
    if (name !== '') values.set(name, value?.kind === 'time' ? (timeFrom(text) ?? value) : textValue(text));
  }
  return values;
}

function timeFrom(text: string): ParameterValue | undefined {
  const [, duration, from, to] = /^(?:(\d+)|(\d+)-(\d+))$/.exec(text) ?? [];
  if (duration !== undefined) return { kind: 'time', time: { durationMs: Number(duration) } };
  return from === undefined ? undefined : { kind: 'time', time: { fromMs: Number(from), toMs: Number(to) } };
}

/** A value as the address carries it. */
export function addressText(value: ParameterValue): string {
  if (value.kind === 'text') return value.text;
  if (value.kind === 'choice') return value.values.join(',');
  return 'durationMs' in value.time ? String(value.time.durationMs) : `${value.time.fromMs}-${value.time.toMs}`;
}

/** The parameter of an address that sets a parameter of a workbook. */
export function addressKey(name: string): string {
  return `${prefix}${name}`;
}
