import type { FromHost } from '../host-messages.ts';

/** What the host says of a function. Times are epoch milliseconds. */
export interface Activity {
  readonly schedule: string | undefined;
  readonly nextAt: number | undefined;
  readonly runningSince: number | undefined;
  /** What its last firing threw; undefined when it ended well. */
  readonly failure: string | undefined;
}

/** What goes on in the host process. */
export interface HostActivity {
  take(message: FromHost, now: number): void;
  /** The process has ended: nothing runs any more. */
  ended(): void;
  of(name: string): Activity;
  /** When each function fires next, as far as known. */
  due(): Readonly<Record<string, number>>;
}

/** Starts with nothing known. */
export function followHost(): HostActivity {
  const known = new Map<string, Activity>();
  const of = (name: string): Activity =>
    known.get(name) ?? { schedule: undefined, nextAt: undefined, runningSince: undefined, failure: undefined };
  const change = (name: string, changed: Partial<Activity>): void => void known.set(name, { ...of(name), ...changed });
  return {
    take(message, now) {
      if (message.kind === 'registered') for (const { name, schedule } of message.timers) change(name, { schedule });
      if (message.kind === 'due') change(message.name, { nextAt: message.due });
      if (message.kind === 'started') change(message.name, { runningSince: now });
      if (message.kind === 'ended') change(message.name, { runningSince: undefined, failure: message.failure });
    },
    ended() {
      for (const name of known.keys()) change(name, { runningSince: undefined });
    },
    of,
    due: () =>
      Object.fromEntries([...known].flatMap(([name, { nextAt }]) => (nextAt === undefined ? [] : [[name, nextAt]]))),
  };
}
