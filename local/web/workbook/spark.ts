import { h } from 'preact';
import type { CellView } from '../../sentinel/workbook/cell-view.ts';

const width = 120;
const height = 26;

/** Numbers as a small line or small bars; what they are is said in words. */
export function Spark({ values, isBars, tone }: Extract<CellView, { kind: 'spark' }>) {
  const max = values.reduce((most, value) => Math.max(most, value), 0);
  const step = width / Math.max(values.length, 1);
  const top = (value: number): number => (max === 0 ? height : height - (value / max) * (height - 2));
  const said = `${values.length} values, the latest ${values.at(-1) ?? 0}, the highest ${max}`;
  const bars = values.map((value, index) =>
    h('rect', {
      key: index,
      x: index * step,
      y: top(value),
      width: Math.max(step - 1, 0.5),
      height: height - top(value),
    }),
  );
  const points = values.map((value, index) => `${(index + 0.5) * step},${top(value)}`).join(' ');
  return h(
    'svg',
    { class: `spark tone-${tone}`, viewBox: `0 0 ${width} ${height}`, role: 'img', 'aria-label': said },
    isBars ? bars : h('polyline', { points }),
  );
}
