import type { Run } from '../../functions/collect/ports.ts';
import { type FakeClock, fakeClock } from '../fakes/clock.ts';

export interface TestRun extends Run {
  readonly clock: FakeClock;
  /** What the reader said to the user. */
  readonly notes: readonly string[];
  /** How long it waited for quotas, in milliseconds. */
  throttledMs(): number;
}

/** A run as an adapter sees it: by default of four minutes, on a clock of its own, without jitter. */
export function testRun(
  changes: Partial<Pick<Run, 'deadline' | 'stop' | 'startDate'>> & { clock?: FakeClock } = {},
): TestRun {
  const { clock = fakeClock(), ...others } = changes;
  const never = new AbortController().signal;
  const notes: string[] = [];
  let throttledMs = 0;
  return {
    clock,
    random: () => 0,
    deadline: clock.now() + 240_000,
    stop: never,
    abort: never,
    startDate: new Date(clock.now() - 6 * 86_400_000).toISOString().slice(0, 10),
    note: (message) => void notes.push(message),
    throttled: (ms) => void (throttledMs += ms),
    notes,
    throttledMs: () => throttledMs,
    ...others,
  };
}
