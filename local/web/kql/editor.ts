import { h, type RefObject, type TargetedEvent } from 'preact';
import { useState } from 'preact/hooks';
import type { Completion, WritingFault } from '../../sentinel/query/assistance.ts';
import { CompletionList, entryId, listId } from './completion-list.ts';
import { tokenLines } from './tokens.ts';
import type { Assisted } from './use-assistance.ts';
import { writeText } from './write-text.ts';

interface Props {
  readonly place: RefObject<HTMLTextAreaElement | null>;
  readonly text: string;
  readonly caret: number;
  /** What the language service said last, of this text or an earlier one. */
  readonly assisted: Assisted | undefined;
  readonly faults: readonly WritingFault[];
  readonly onChange: (text: string, caret: number) => void;
  readonly onRun: () => void;
}

const [fewestLines, mostLines] = [6, 20];

/** A query with its text coloured, faulty lines marked, and completions. */
export function Editor({ place, text, caret, assisted, faults, onChange, onRun }: Props) {
  const [isOpen, setOpen] = useState(false);
  const [chosen, setChosen] = useState(0);
  const [scrolled, setScrolled] = useState({ left: 0, top: 0 });

  const isCurrent = assisted?.request.writing === text && assisted.request.caret === caret;
  const { completions = [], start = 0, length = 0 } = isCurrent ? assisted.assistance : {};
  const isWritten = completions[0]?.label === text.slice(start, start + length);
  const shown = isOpen && !isWritten ? completions : [];
  const current = Math.min(chosen, shown.length - 1);

  const accept = ({ before, after }: Completion): void => {
    const editor = place.current;
    if (!editor) return;
    const at = writeText(editor, { start, length, before, after });
    onChange(editor.value, at);
    setOpen(false);
  };
  const onKeyDown = (event: TargetedEvent<HTMLTextAreaElement, KeyboardEvent>): void => {
    const does = keyDoes(event);
    const inList = { next: 1, previous: -1 } as const;
    if (does === 'run') onRun();
    else if (does === 'open') setOpen(true);
    else if (shown.length === 0 || does === undefined) return;
    else if (does === 'close') setOpen(false);
    else if (does === 'accept') accept(shown[current] ?? { label: '', kind: '', before: '', after: '' });
    else setChosen((current + inList[does] + shown.length) % shown.length);
    event.preventDefault();
  };
  const follow = ({ currentTarget: { value, selectionEnd } }: TargetedEvent<HTMLTextAreaElement>): void =>
    onChange(value, selectionEnd);
  const moved = (event: TargetedEvent<HTMLTextAreaElement>): void => {
    if (event.currentTarget.selectionEnd === caret) return;
    setOpen(false);
    follow(event);
  };
  const lines = tokenLines(text, faults);
  return h(
    'div',
    { class: 'editor', style: { '--lines': Math.max(fewestLines, Math.min(mostLines, lines.length)) } },
    h(
      'pre',
      { class: 'coloured', 'aria-hidden': 'true' },
      h(
        'div',
        { style: { transform: `translate(${-scrolled.left}px, ${-scrolled.top}px)` } },
        lines.map((tokens, index) =>
          h(
            'div',
            { key: index, class: tokens.some(({ isFault }) => isFault) ? 'line faulty' : 'line' },
            tokens.map(({ text: piece, kind, isFault }, at) =>
              h('span', { key: at, class: isFault ? `token-${kind} fault` : `token-${kind}` }, piece),
            ),
          ),
        ),
      ),
    ),
    h('textarea', {
      ref: place,
      value: text,
      wrap: 'off',
      spellcheck: false,
      autocomplete: 'off',
      autocapitalize: 'off',
      'aria-label': 'Query',
      'aria-describedby': 'query-keys query-faults',
      'aria-autocomplete': 'list',
      'aria-haspopup': 'listbox',
      'aria-controls': shown.length > 0 ? listId : undefined,
      'aria-activedescendant': shown.length > 0 ? entryId(current) : undefined,
      'aria-invalid': faults.some(({ isError }) => isError),
      onInput: (event: TargetedEvent<HTMLTextAreaElement, InputEvent>) => {
        setChosen(0);
        setOpen(opensList(event.data));
        follow(event);
      },
      onKeyDown,
      onKeyUp: moved,
      onClick: moved,
      onScroll: ({ currentTarget }: TargetedEvent<HTMLTextAreaElement>) =>
        setScrolled({ left: currentTarget.scrollLeft, top: currentTarget.scrollTop }),
      onBlur: () => setOpen(false),
    }),
    shown.length === 0
      ? null
      : h(CompletionList, {
          completions: shown,
          chosen: current,
          place: { ...placeOf(text.slice(0, start), place.current), ...scrolled },
          onAccept: accept,
        }),
  );
}

const keys = {
  ArrowDown: 'next',
  ArrowUp: 'previous',
  Enter: 'accept',
  Tab: 'accept',
  Escape: 'close',
} as const;

/** What a key is for; Tab leaves the editor unless the list is open. */
function keyDoes({ key, ctrlKey, metaKey, shiftKey }: KeyboardEvent) {
  if (ctrlKey || metaKey) return key === 'Enter' ? 'run' : key === ' ' ? 'open' : undefined;
  return shiftKey ? undefined : Object.entries(keys).find(([name]) => name === key)?.[1];
}

/** Letters, and what comes before a name; anything else closes the list. */
function opensList(written: string | null): boolean {
  return written !== null && /^[\w.['" ]$/.test(written);
}

/** The line at which a text ends, and how far across; not every machine has letters of one width. */
function placeOf(text: string, editor: HTMLElement | null): { readonly line: number; readonly across: number } {
  const lines = text.split('\n');
  const drawing = document.createElement('canvas').getContext('2d');
  if (drawing && editor) drawing.font = getComputedStyle(editor).font;
  return { line: lines.length - 1, across: drawing?.measureText(lines.at(-1) ?? '').width ?? 0 };
}
