import { h } from 'preact';
import { useState } from 'preact/hooks';
import type { Json, JsonObject } from '../../../functions/tables/json.ts';
import { cellText } from './rows-grid.ts';

interface Props {
  /** The types of the columns, by name. */
  readonly columns: Readonly<Record<string, string>>;
  readonly row: JsonObject;
}

/** The cells of a row under each other; empty ones when they are asked for. */
export function CellList({ columns, row }: Props) {
  const [isAll, setAll] = useState(false);
  const names = [...new Set([...Object.keys(columns), ...Object.keys(row)])];
  const filled = names.filter((name) => cellText(row[name]) !== '');
  const empty = names.length - filled.length;
  return [
    h(
      'dl',
      { class: 'cells' },
      (isAll ? names : filled).map((name) =>
        h(
          'div',
          { key: name },
          h('dt', null, name, h('small', null, columns[name] ?? '')),
          h('dd', null, h(Value, { value: row[name] })),
        ),
      ),
    ),
    empty === 0
      ? null
      : h(
          'button',
          { type: 'button', class: 'more', 'aria-pressed': isAll, onClick: () => setAll(!isAll) },
          isAll ? 'Leave empty columns out' : `Show ${empty} empty columns`,
        ),
  ];
}

function Value({ value }: { readonly value: Json | undefined }) {
  if (typeof value === 'object' && value !== null) return h('pre', { dir: 'auto' }, JSON.stringify(value, null, 2));
  return h('span', { class: 'value', dir: 'auto' }, cellText(value));
}
