import { h, type TargetedEvent } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import { isProblem } from '../../sentinel/query/query.ts';
import { queriedOptions, staticOptions } from '../../sentinel/workbook/options.ts';
import { choiceOf, initialValue, type Option, plainText, textValue } from '../../sentinel/workbook/values.ts';
import type { Parameter, ParametersItem } from '../../sentinel/workbook/workbook.ts';
import type { Book } from './book.ts';
import { TimePicker } from './time-picker.ts';
import { useAnswer } from './use-answer.ts';

/** The parameters of a workbook or group, side by side. */
export function Parameters({ item, book }: { readonly item: ParametersItem; readonly book: Book }) {
  const shown = item.content.parameters.filter(({ isHiddenWhenLocked }) => isHiddenWhenLocked !== true);
  return h(
    'div',
    { class: 'parameters' },
    shown.map((parameter) => h(pickerOf(parameter), { key: parameter.name, parameter, book })),
  );
}

export interface PickerProps {
  readonly parameter: Parameter;
  readonly book: Book;
}

function pickerOf({ type }: Parameter) {
  return type === 4 ? TimePicker : type === 1 ? TextPicker : ChoicePicker;
}

const typingMs = 500;

function TextPicker({ parameter: { name, label, description }, book }: PickerProps) {
  const set = plainText(book.values.get(name));
  const [text, setText] = useState(set);
  useEffect(() => setText(set), [set]);
  const commit = (): void => {
    if (text !== set) book.set([[name, textValue(text)]]);
  };
  useEffect(() => {
    const timer = setTimeout(commit, typingMs);
    return () => clearTimeout(timer);
  }, [text]);
  return h(
    'label',
    { class: 'parameter', title: description },
    h('span', null, label ?? name),
    h('input', {
      type: 'text',
      name,
      value: text,
      dir: 'auto',
      onInput: (event) => setText(event.currentTarget.value),
      onBlur: commit,
    }),
  );
}

function ChoicePicker({ parameter, book }: PickerProps) {
  const { name, label, description, query, multiSelect } = parameter;
  const filled = query === undefined ? undefined : book.fill(query, 'query');
  const request = filled && filled.missing.length === 0 ? { query: filled.text, rowLimit: 1000 } : undefined;
  const { answer } = useAnswer(request, 0);
  const options: readonly Option[] = answer && !isProblem(answer) ? queriedOptions(answer) : staticOptions(parameter);
  const value = book.values.get(name);
  useEffect(() => {
    const first = value ? undefined : initialValue(parameter, options);
    if (first) book.set([[name, first]]);
  }, [options.length]);
  const chosen = value?.kind === 'choice' ? value.values : [plainText(value)];
  const hasAll = parameter.typeSettings?.additionalResourceOptions?.includes('value::all') ?? false;
  const isAll = value?.kind === 'choice' && value.labels.includes('All');
  const choose = (values: readonly string[]): void => book.set([[name, choiceOf(parameter, options, values)]]);
  const known = options.some((option) => chosen.includes(option.value)) || isAll;
  return h(
    'label',
    { class: 'parameter', title: description },
    h('span', null, label ?? name),
    answer && isProblem(answer) ? h('span', { class: 'banner bad', role: 'alert' }, answer.problem) : null,
    h(
      'select',
      {
        name,
        multiple: multiSelect,
        onChange: (event: TargetedEvent<HTMLSelectElement>) =>
          choose([...event.currentTarget.selectedOptions].map((option) => option.value)),
      },
      hasAll ? h('option', { value: 'value::all', selected: isAll }, 'All') : null,
      known || multiSelect ? null : chosen.map((each) => h('option', { key: each, value: each, selected: true }, each)),
      options.map((option) =>
        h(
          'option',
          { key: option.value, value: option.value, selected: !isAll && chosen.includes(option.value) },
          option.label,
        ),
      ),
    ),
  );
}
