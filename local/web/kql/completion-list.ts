import { h } from 'preact';
import { useEffect, useRef } from 'preact/hooks';
import type { Completion } from '../../sentinel/query/assistance.ts';

interface Props {
  readonly completions: readonly Completion[];
  readonly chosen: number;
  /** Where the text to be replaced begins: its line counted from 0, and pixels from the left; how far the text is scrolled. */
  readonly place: { readonly line: number; readonly across: number; readonly left: number; readonly top: number };
  readonly onAccept: (completion: Completion) => void;
}

export const listId = 'completions';

/** The id of an entry of the list. */
export function entryId(index: number): string {
  return `${listId}-${index}`;
}

/** What may stand at the caret, below it; the keyboard stays in the editor. */
export function CompletionList({ completions, chosen, place, onAccept }: Props) {
  const list = useRef<HTMLUListElement>(null);
  useEffect(() => list.current?.children[chosen]?.scrollIntoView({ block: 'nearest' }), [chosen, completions]);
  return h(
    'ul',
    {
      ref: list,
      id: listId,
      class: 'completions',
      role: 'listbox',
      'aria-label': 'Completions',
      style: {
        left: `calc(var(--pad) + ${place.across - place.left}px)`,
        top: `calc(var(--pad) + ${place.line + 1} * var(--line-height) - ${place.top}px)`,
      },
    },
    completions.map((completion, index) =>
      h(
        'li',
        {
          key: `${completion.kind} ${completion.label}`,
          id: entryId(index),
          role: 'option',
          'aria-selected': index === chosen,
          // The text keeps the caret.
          onMouseDown: (event: Event) => {
            event.preventDefault();
            onAccept(completion);
          },
        },
        h('span', null, completion.label),
        h('small', null, completion.kind),
      ),
    ),
  );
}
