import { type Random } from '../plain/random.ts';
import type { Recorded } from './happening.ts';
import { minuteMs } from './calendar.ts';

/** An event and when it can be read (epoch ms). */
export interface Arriving extends Recorded {
  readonly arrival: number;
}

const lateShare = 0.05;

/** Says when events can be read: at once, save one in twenty, which comes up to 15 minutes late. */
export function arrivalsOf(records: readonly Recorded[], random: Random): readonly Arriving[] {
  return records.map((record) => {
    const delay = random.chance(lateShare) ? random.int(minuteMs, 15 * minuteMs) : 0;
    return { ...record, arrival: record.time + delay };
  });
}
