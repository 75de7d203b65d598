import { Cron } from 'croner';
import type { Clock } from '../functions/collect/ports.ts';
import { parseNcrontab } from '../functions/settings/ncrontab.ts';

/** A firing that comes so much later than its time is past due. */
const lateMs = 1000;
/** Waits are cut to this, so that a machine that slept finds out soon after. */
const longestWaitMs = 60_000;

/** The first time after `after` at which an NCRONTAB schedule fires; both epoch milliseconds, UTC. @throws RangeError when there is none */
export function nextTime(schedule: string, after: number): number {
  // Written out as lists, since NCRONTAB's names and open steps are not all croner's.
  const pattern = parseNcrontab(schedule)
    .map((values) => values.join(','))
    .join(' ');
  const next = new Cron(pattern, { mode: '6-part', timezone: 'UTC', domAndDow: true }).nextRun(new Date(after));
  if (!next) throw new RangeError(`The schedule ${schedule} never fires again.`);
  return next.getTime();
}

/** A timer: the name of its function and its NCRONTAB schedule. */
export interface Timer {
  readonly name: string;
  readonly schedule: string;
  /** When it was to fire next as far as an earlier process knew (epoch ms): its first firing is past due after that. */
  readonly due?: number | undefined;
}

interface Surroundings {
  readonly clock: Clock;
  /** Ends the schedule; firings under way go on. */
  readonly signal: AbortSignal;
  /** Fires a function. Must not reject. */
  readonly fire: (name: string, isPastDue: boolean) => Promise<void>;
  /** Hears when a timer fires next (epoch ms). */
  readonly onDue: (name: string, due: number) => void;
}

/** Timers that fire by their schedules until the signal aborts. */
export interface Schedule {
  /** Fires a timer out of turn: now, or right after the firing that is under way. */
  fireNow(name: string): void;
}

/**
 * Fires every timer at once and then by its schedule, never two firings of one timer at a time: one whose time comes
 * meanwhile fires right after, past due, and times missed in a row count once.
 */
export function keepSchedule(timers: readonly Timer[], surroundings: Surroundings): Schedule {
  const kept = new Map(timers.map((timer) => [timer.name, keepTimer(timer, surroundings)]));
  return { fireNow: (name) => kept.get(name)?.() };
}

function keepTimer({ name, schedule, due: dueBefore }: Timer, { clock, signal, fire, onDue }: Surroundings) {
  let sleep: AbortController | undefined;
  let isAsked = false;

  const sleepUntil = async (due: number): Promise<void> => {
    const controller = new AbortController();
    sleep = controller;
    const either = AbortSignal.any([signal, controller.signal]);
    while (!either.aborted && clock.now() < due) {
      await clock.wait(Math.min(due - clock.now(), longestWaitMs), either).catch(() => undefined);
    }
  };

  const keep = async (): Promise<void> => {
    for (let due = dueBefore ?? clock.now(); !signal.aborted;) {
      const started = clock.now();
      isAsked = false;
      await fire(name, started - due > lateMs);
      due = nextTime(schedule, started);
      onDue(name, due);
      if (!isAsked) await sleepUntil(due);
    }
  };

  void keep();
  return () => {
    isAsked = true;
    sleep?.abort();
  };
}
