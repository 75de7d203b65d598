import { h } from 'preact';
import { useState } from 'preact/hooks';
import type { ShownSwitch } from '../../server/switches.ts';
import { setSwitch } from '../api.ts';
import type { PageProps } from '../page.ts';
import { PromiseCard } from '../parts/promise.ts';

/** Switches that make trouble, beside the ledger that has to hold. */
export function TroublePage({ overview }: PageProps) {
  const isReal = overview.source.kind === 'real';
  return h(
    'div',
    { class: 'stack' },
    h('p', { class: 'lead' }, isReal ? realLead : lead),
    h('div', { class: 'pinned' }, h(PromiseCard, { overview })),
    h(
      'div',
      { class: 'switches' },
      overview.switches.map((each) => h(SwitchCard, { key: each.name, of: each })),
    ),
  );
}

const lead =
  'Break what you like and watch the numbers: events may wait and rows may come twice, but lost stays 0. Every switch runs all connectors at once, so that you need not wait for their timers.';
const realLead = 'With the real Mimecast nothing is broken on its side, so only the troubles of this machine are here.';

function SwitchCard({ of }: { readonly of: ShownSwitch }) {
  const [isBusy, setBusy] = useState(false);
  const [problem, setProblem] = useState('');
  const { name, title, does, expect, stays, isOn, happens } = of;
  const flip = async (): Promise<void> => {
    setBusy(true);
    await setSwitch(name, !isOn).then(
      () => setProblem(''),
      (error: Error) => setProblem(error.message),
    );
    setBusy(false);
  };
  const onClick = () => void flip();
  const describedBy = `expect-${name}`;
  return h(
    'article',
    { class: isOn ? 'card switch on' : 'card switch', 'data-switch': name },
    h(
      'div',
      { class: 'switch-head' },
      h('h2', { id: `switch-${name}` }, title),
      stays
        ? h(
            'button',
            {
              type: 'button',
              role: 'switch',
              'aria-checked': isOn,
              'aria-labelledby': `switch-${name}`,
              'aria-describedby': describedBy,
              disabled: isBusy,
              onClick,
            },
            h('span', { class: 'knob', 'aria-hidden': 'true' }),
            isOn ? 'On' : 'Off',
          )
        : h(
            'button',
            {
              type: 'button',
              'aria-labelledby': `switch-${name}`,
              'aria-describedby': describedBy,
              disabled: isBusy,
              onClick,
            },
            'Do it',
          ),
    ),
    h('p', null, does),
    h('p', { class: 'muted', id: describedBy }, h('strong', null, 'Expect: '), expect),
    h('p', { class: 'happens', role: 'status' }, problem || happens),
  );
}
