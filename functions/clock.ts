import { setTimeout } from 'node:timers/promises';
import type { Clock } from './collect/ports.ts';

// A longer timer overflows and fires at once: https://nodejs.org/api/timers.html
const longestTimerMs = 2 ** 31 - 1;

/** The real clock. */
export const systemClock: Clock = {
  now: () => Date.now(),
  async wait(ms, signal) {
    for (let leftMs = ms; leftMs > 0; leftMs -= longestTimerMs) await sleep(Math.min(leftMs, longestTimerMs), signal);
    signal.throwIfAborted();
  },
};

async function sleep(ms: number, signal: AbortSignal): Promise<void> {
  try {
    await setTimeout(ms, undefined, { signal });
  } catch (error) {
    signal.throwIfAborted();
    throw error;
  }
}
