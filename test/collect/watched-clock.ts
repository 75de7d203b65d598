import { type FakeClock, fakeClock } from '../fakes/clock.ts';

/** A clock that tells when somebody looks at it. */
export interface WatchedClock extends FakeClock {
  /** How often it was looked at. */
  looks(): number;
  nextLook(): Promise<void>;
}

/** A fake clock that tells when somebody looks at it. @param start epoch milliseconds */
export function watchedClock(start: number): WatchedClock {
  const clock = fakeClock(start);
  let looks = 0;
  let next = Promise.withResolvers<void>();
  return {
    ...clock,
    now() {
      looks++;
      next.resolve();
      next = Promise.withResolvers();
      return clock.now();
    },
    looks: () => looks,
    nextLook: () => next.promise,
  };
}
