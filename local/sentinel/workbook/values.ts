import type { Link, Parameter } from './workbook.ts';

/** One of the things a drop-down offers. */
export interface Option {
  readonly value: string;
  readonly label: string;
  readonly isSelected: boolean;
}

/** What a time parameter is set to: the time before now, or a span; epoch milliseconds. */
export type TimeChoice = { readonly durationMs: number } | { readonly fromMs: number; readonly toMs: number };

/** What a parameter is set to. */
export type ParameterValue =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'time'; readonly time: TimeChoice }
  | {
      readonly kind: 'choice';
      readonly values: readonly string[];
      readonly labels: readonly string[];
      readonly of: Parameter;
    };

/** The parameters that are set, by name. */
export type Values = ReadonlyMap<string, ParameterValue>;

/** A text as a value, as tabs and clicked rows set it. */
export function textValue(text: string): ParameterValue {
  return { kind: 'text', text };
}

const all = 'value::all';

/** What a parameter is set to before anybody chooses; undefined when nothing is. @param options of a drop-down */
export function initialValue(parameter: Parameter, options: readonly Option[] = []): ParameterValue | undefined {
  const { type, value } = parameter;
  if (type === 4) return timeValue(value);
  if (type === 1) return textValue(typeof value === 'string' ? value : '');
  const given = typeof value === 'string' ? [value] : Array.isArray(value) ? value : [];
  const selected = options.filter(({ isSelected }) => isSelected).map((option) => option.value);
  const { defaultValue } = parameter;
  const chosen =
    given.length > 0 ? given : selected.length > 0 ? selected : defaultValue === undefined ? [] : [defaultValue];
  return chosen.length === 0 ? undefined : choiceOf(parameter, options, chosen);
}

function timeValue(value: Parameter['value']): ParameterValue | undefined {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return undefined;
  return { kind: 'time', time: { durationMs: value.durationMs } };
}

/** A choice of some of the options; `value::all` stands for all of them, `value::1` for the first. */
export function choiceOf(parameter: Parameter, options: readonly Option[], chosen: readonly string[]): ParameterValue {
  const first = /^value::(\d+)$/;
  const values = chosen.flatMap((value) => {
    const count = Number(first.exec(value)?.[1] ?? 0);
    return count > 0 ? options.slice(0, count).map((option) => option.value) : [value];
  });
  const labels = values.map((value) =>
    value === all ? 'All' : (options.find((option) => option.value === value)?.label ?? value),
  );
  const isAll = values.includes(all);
  const selectAll = parameter.typeSettings?.selectAllValue;
  if (!isAll) return { kind: 'choice', values, labels, of: parameter };
  const everything = selectAll === undefined ? options.map((option) => option.value) : [selectAll];
  return { kind: 'choice', values: everything, labels: ['All'], of: parameter };
}

/** The text of a choice in a query: one value, or several in quotes. */
export function choiceText({ values, of }: Extract<ParameterValue, { kind: 'choice' }>): string {
  if (of.multiSelect !== true) return values[0] ?? '';
  // What stands for all values is a text of its own.
  const isOwn = values.length === 1 && values[0] === of.typeSettings?.selectAllValue;
  const { quote = "'", delimiter = ',' } = of;
  return isOwn ? (values[0] ?? '') : values.map((value) => `${quote}${value}${quote}`).join(delimiter);
}

/** What a tab sets. */
export function valueOfLink({ subTarget }: Link): ParameterValue {
  return textValue(subTarget ?? '');
}

/** The plain text of a value, with which conditions compare. */
export function plainText(value: ParameterValue | undefined): string {
  if (value === undefined) return '';
  if (value.kind === 'text') return value.text;
  return value.kind === 'choice' ? choiceText(value) : JSON.stringify(value.time);
}
