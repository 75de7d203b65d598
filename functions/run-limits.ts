import type { ConnectorRun } from './collect/run-feed.ts';

type Signals = Pick<ConnectorRun, 'stop' | 'abort' | 'abortHealth' | 'abortRelease'>;

/** The signals that end a run, one after the other. */
export interface RunLimits extends Signals {
  /** Ends the timers. */
  clear(): void;
}

/** After `stop`: how long the page in hand may take, then the Health row, then the lease's release, in milliseconds. */
const graceMs = {
  deadline: { abort: 4_500, abortHealth: 6_500, abortRelease: 8_000 },
  // The Functions host ends the worker 5 s after it has told it to stop.
  appStop: { abort: 1_500, abortHealth: 2_500, abortRelease: 3_500 },
} as const;
const longestTimerMs = 2 ** 31 - 1;

/** Limits a run to its budget in milliseconds, and to less when the app stops. */
export function limitRun(budgetMs: number, appStop: AbortSignal): RunLimits {
  const controllers = {
    stop: new AbortController(),
    abort: new AbortController(),
    abortHealth: new AbortController(),
    abortRelease: new AbortController(),
  };
  const timers: NodeJS.Timeout[] = [];
  const end = (grace: (typeof graceMs)[keyof typeof graceMs]) => {
    controllers.stop.abort();
    timers.push(
      setTimeout(() => controllers.abort.abort(), grace.abort),
      setTimeout(() => controllers.abortHealth.abort(), grace.abortHealth),
      setTimeout(() => controllers.abortRelease.abort(), grace.abortRelease),
    );
  };
  const stopWithApp = () => end(graceMs.appStop);
  timers.push(setTimeout(() => end(graceMs.deadline), Math.min(budgetMs, longestTimerMs)));
  if (appStop.aborted) stopWithApp();
  appStop.addEventListener('abort', stopWithApp, { once: true });
  return {
    stop: controllers.stop.signal,
    abort: controllers.abort.signal,
    abortHealth: controllers.abortHealth.signal,
    abortRelease: controllers.abortRelease.signal,
    clear() {
      appStop.removeEventListener('abort', stopWithApp);
      for (const timer of timers) clearTimeout(timer);
    },
  };
}
