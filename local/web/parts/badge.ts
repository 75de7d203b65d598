import { h } from 'preact';
import type { Level } from '../../server/condition.ts';

/** A level as a mark and words: never as a colour alone. */
export function Badge({ level, text }: { readonly level: Level; readonly text: string }) {
  const mark = h('svg', { viewBox: '0 0 16 16', class: 'mark', 'aria-hidden': 'true' }, h('path', { d: marks[level] }));
  return h('span', { class: `badge ${level}` }, mark, h('span', null, text));
}

// Drawn, since not every font has such signs: a dash, a tick, an arrow, three dots, an exclamation mark.
const marks = {
  unknown: 'M5 8h6',
  good: 'M4.5 8.3l2.4 2.4 4.6-5',
  behind: 'M4.5 8h6.5M8.3 5l3 3-3 3',
  waits: 'M4.6 8h.01M8 8h.01M11.4 8h.01',
  attention: 'M8 4.4v4.2M8 11.4h.01',
} as const satisfies Record<Level, string>;
