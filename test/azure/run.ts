import type { Run } from '../../functions/collect/ports.ts';
import { type FakeClock, fakeClock } from '../fakes/clock.ts';

export interface FakeRun extends Run {
  readonly clock: FakeClock;
  /** What was counted as waiting for a quota. */
  readonly throttledMs: () => number;
}

/** A run of four minutes by a clock of its own, without jitter. */
export function fakeRun(changes: Partial<Pick<Run, 'deadline' | 'abort'>> = {}): FakeRun {
  const clock = fakeClock();
  const signal = new AbortController().signal;
  let throttledMs = 0;
  return {
    clock,
    random: () => 0,
    deadline: clock.now() + 240_000,
    stop: signal,
    abort: signal,
    startDate: '2026-01-01',
    note: () => undefined,
    throttled: (ms) => void (throttledMs += ms),
    throttledMs: () => throttledMs,
    ...changes,
  };
}
