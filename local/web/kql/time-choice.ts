import { h, type TargetedEvent } from 'preact';
import { choiceLabel, spanOf } from '../../sentinel/workbook/time-span.ts';
import { Moment } from '../workbook/time-picker.ts';
import type { QueryTime } from './time.ts';

interface Props {
  readonly time: QueryTime;
  readonly onChoose: (time: QueryTime) => void;
}

const hourMs = 3_600_000;
const durations = [
  hourMs,
  4 * hourMs,
  24 * hourMs,
  3 * 24 * hourMs,
  7 * 24 * hourMs,
  14 * 24 * hourMs,
  30 * 24 * hourMs,
];
const custom = 'custom';

/** A time before now, a span of one's own in UTC, or any time. */
export function TimeChoice({ time, onChoose }: Props) {
  const span = spanOf(time ?? { durationMs: 24 * hourMs }, Date.now());
  const isCustom = time !== undefined && !('durationMs' in time);
  const given = time && 'durationMs' in time ? time.durationMs : undefined;
  const offered = given === undefined || durations.includes(given) ? durations : [given, ...durations];
  return h(
    'div',
    { class: 'parameter time' },
    h(
      'label',
      null,
      h('span', null, 'Time range'),
      h(
        'select',
        {
          name: 'time',
          onChange: ({ currentTarget: { value } }: TargetedEvent<HTMLSelectElement>) =>
            onChoose(value === '' ? undefined : value === custom ? span : { durationMs: Number(value) }),
        },
        h('option', { value: '', selected: time === undefined }, 'As the query says'),
        offered.map((durationMs) =>
          h(
            'option',
            { key: durationMs, value: durationMs, selected: given === durationMs },
            choiceLabel({ durationMs }),
          ),
        ),
        h('option', { value: custom, selected: isCustom }, 'Custom (UTC) …'),
      ),
    ),
    isCustom
      ? [
          h(Moment, { label: 'From', ms: span.fromMs, onChange: (fromMs) => onChoose({ ...span, fromMs }) }),
          h(Moment, { label: 'To', ms: span.toMs, onChange: (toMs) => onChoose({ ...span, toMs }) }),
        ]
      : null,
  );
}
