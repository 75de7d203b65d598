import type { Clock } from '../../functions/collect/ports.ts';

export interface FakeClock extends Clock {
  /** Moves the time on by `ms`. */
  advance(ms: number): void;
}

/** A clock that stands still until somebody waits or `advance` is called; waiting moves it at once. Starts at `start`, epoch milliseconds. */
export function fakeClock(start = Date.UTC(2026, 0, 15, 12)): FakeClock {
  let now = start;
  return {
    now: () => now,
    advance: (ms) => void (now += ms),
    async wait(ms, signal) {
      signal.throwIfAborted();
      now += ms;
      await Promise.resolve();
      signal.throwIfAborted();
    },
  };
}
