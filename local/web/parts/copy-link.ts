import { h } from 'preact';
import { useState } from 'preact/hooks';

/** Copies the address of a place in the page. */
export function CopyLink({ href }: { readonly href: string }) {
  const [said, setSaid] = useState('');
  const copy = (): void => {
    navigator.clipboard.writeText(new URL(href, location.href).href).then(
      () => setSaid('Copied.'),
      () => setSaid('This browser does not let the page copy: take the address above.'),
    );
  };
  return [
    h('button', { type: 'button', onClick: copy }, 'Copy link'),
    h('span', { class: 'muted', role: 'status' }, said),
  ];
}
