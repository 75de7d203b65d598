import type { TimeChoice } from './values.ts';

/** A time from and to, epoch milliseconds. */
export interface TimeSpan {
  readonly fromMs: number;
  readonly toMs: number;
}

const minuteMs = 60_000;
const hourMs = 60 * minuteMs;
const dayMs = 24 * hourMs;

/** The span that a choice means at a time. */
export function spanOf(choice: TimeChoice, nowMs: number): TimeSpan {
  return 'durationMs' in choice ? { fromMs: nowMs - choice.durationMs, toMs: nowMs } : choice;
}

const units: readonly (readonly [ms: number, suffix: string, name: string])[] = [
  [dayMs, 'd', 'day'],
  [hourMs, 'h', 'hour'],
  [minuteMs, 'm', 'minute'],
];

/** A duration as KQL writes it: `14d`. */
export function kqlDuration(ms: number): string {
  const unit = units.find(([size]) => ms % size === 0);
  return unit ? `${ms / unit[0]}${unit[1]}` : `${Math.round(ms / 1000)}s`;
}

/** A choice in words: `Last 14 days`. */
export function choiceLabel(choice: TimeChoice): string {
  if (!('durationMs' in choice)) return `${clock(choice.fromMs)} to ${clock(choice.toMs)}`;
  const { durationMs: ms } = choice;
  const [size = 1000, , name = 'second'] =
    units.find(([each]) => ms % each === 0 && (ms > each || each !== dayMs)) ?? [];
  const count = Math.round(ms / size);
  return `Last ${count === 1 ? name : `${count} ${name}s`}`;
}

function clock(ms: number): string {
  return `${new Date(ms).toISOString().slice(0, 16).replace('T', ' ')} UTC`;
}

/** Assumed beside the documented 30 minutes for a day: how wide the portal makes the steps of a chart over a span. */
const grains: readonly (readonly [upToMs: number, grainMs: number])[] = [
  [hourMs, minuteMs],
  [4 * hourMs, 5 * minuteMs],
  [12 * hourMs, 15 * minuteMs],
  [dayMs, 30 * minuteMs],
  [3 * dayMs, hourMs],
  [7 * dayMs, 6 * hourMs],
];

/** The width of a chart's steps over a span, as KQL writes it. */
export function grainOf({ fromMs, toMs }: TimeSpan): string {
  return kqlDuration(grains.find(([upTo]) => toMs - fromMs <= upTo)?.[1] ?? dayMs);
}
