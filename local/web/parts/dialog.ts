import { type ComponentChildren, h } from 'preact';
import { useEffect, useRef } from 'preact/hooks';

interface Props {
  readonly title: string;
  readonly onClose: () => void;
  readonly children?: ComponentChildren;
}

/** Something in full above the page; Escape closes it. */
export function Dialog({ title, onClose, children }: Props) {
  const dialog = useRef<HTMLDialogElement>(null);
  useEffect(() => dialog.current?.showModal(), []);
  return h(
    'dialog',
    { ref: dialog, class: 'row-dialog', 'aria-labelledby': 'dialog-title', onClose },
    h(
      'div',
      { class: 'card-head' },
      h('h2', { id: 'dialog-title', dir: 'auto' }, title),
      h('button', { type: 'button', onClick: () => dialog.current?.close() }, 'Close'),
    ),
    children,
  );
}
