import { h, type TargetedEvent } from 'preact';
import { choiceLabel, spanOf } from '../../sentinel/workbook/time-span.ts';
import type { TimeChoice } from '../../sentinel/workbook/values.ts';
import type { PickerProps } from './parameters.ts';

const custom = 'custom';

/** A time before now, or a span of one's own in UTC. */
export function TimePicker({ parameter: { name, label, description, typeSettings }, book }: PickerProps) {
  const value = book.values.get(name);
  const time: TimeChoice = value?.kind === 'time' ? value.time : { durationMs: 86_400_000 };
  const choose = (chosen: TimeChoice): void => book.set([[name, { kind: 'time', time: chosen }]]);
  const offered = typeSettings?.selectableValues?.map(({ durationMs }) => durationMs) ?? [];
  const isCustom = !('durationMs' in time);
  const span = spanOf(time, book.nowMs);
  const durations = isCustom || offered.includes(time.durationMs) ? offered : [time.durationMs, ...offered];
  return h(
    'div',
    { class: 'parameter time' },
    h(
      'label',
      { title: description },
      h('span', null, label ?? name),
      h(
        'select',
        {
          name,
          onChange: ({ currentTarget: { value: chosen } }: TargetedEvent<HTMLSelectElement>) =>
            choose(chosen === custom ? span : { durationMs: Number(chosen) }),
        },
        durations.map((durationMs) =>
          h(
            'option',
            { key: durationMs, value: durationMs, selected: !isCustom && time.durationMs === durationMs },
            choiceLabel({ durationMs }),
          ),
        ),
        typeSettings?.allowCustom === true
          ? h('option', { value: custom, selected: isCustom }, 'Custom (UTC) …')
          : null,
      ),
    ),
    isCustom
      ? [
          h(Moment, { label: 'From', ms: span.fromMs, onChange: (fromMs) => choose({ ...span, fromMs }) }),
          h(Moment, { label: 'To', ms: span.toMs, onChange: (toMs) => choose({ ...span, toMs }) }),
        ]
      : null,
  );
}

interface MomentProps {
  readonly label: string;
  readonly ms: number;
  readonly onChange: (ms: number) => void;
}

/** A moment in UTC, epoch milliseconds. */
export function Moment({ label, ms, onChange }: MomentProps) {
  return h(
    'label',
    null,
    h('span', null, label),
    h('input', {
      type: 'datetime-local',
      value: new Date(ms).toISOString().slice(0, 16),
      onChange: ({ currentTarget: { value } }) => {
        const chosen = Date.parse(`${value}Z`);
        if (!Number.isNaN(chosen)) onChange(chosen);
      },
    }),
  );
}
