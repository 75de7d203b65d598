import { type ComponentChild, h } from 'preact';

interface Props<Name extends string> {
  readonly label: string;
  readonly options: Readonly<Record<Name, string>>;
  readonly chosen: Name;
  readonly onChoose: (name: Name) => void;
}

/** Buttons side by side of which one is pressed. */
export function Segments<Name extends string>({ label, options, chosen, onChoose }: Props<Name>) {
  const buttons: ComponentChild[] = [];
  for (const name in options)
    buttons.push(
      h(
        'button',
        { key: name, type: 'button', 'aria-pressed': name === chosen, onClick: () => onChoose(name) },
        options[name],
      ),
    );
  return h('div', { class: 'segments', role: 'group', 'aria-label': label }, buttons);
}
