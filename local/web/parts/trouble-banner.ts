import { h } from 'preact';
import type { Overview } from '../../server/overview.ts';
import { hrefOf } from '../route.ts';

/** Which troubles are on, so that nobody wonders. */
export function TroubleBanner({ overview }: { readonly overview: Overview }) {
  const on = overview.switches.filter(({ isOn }) => isOn).map(({ title }) => title);
  if (on.length === 0) return null;
  return h(
    'p',
    { class: 'banner warn', role: 'status' },
    `Trouble is on: ${on.join(' · ')}. `,
    h('a', { href: hrefOf('trouble') }, 'Watch it, or switch it off'),
  );
}
