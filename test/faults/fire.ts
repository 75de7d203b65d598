import { connectors } from '../../functions/connectors.ts';
import type { Simulation } from './simulation.ts';

/** What came of functions that were fired. */
export interface Fired {
  readonly output: readonly string[];
  /** From when they were fired, or the process was told to end, until the last of them had ended, in milliseconds. */
  readonly tookMs: number;
}

/** Fires all functions, and ends their process after them. @param term when to tell it to end before; without it nobody does */
export async function fire(
  simulation: Simulation,
  settings: Readonly<Record<string, string>>,
  term?: Promise<void>,
): Promise<Fired> {
  const allEnded = Promise.withResolvers<void>();
  let from = Number.NaN;
  let left = connectors.length;
  const app = simulation.start(settings, [], (line) => {
    if (line.startsWith('registered ')) from = performance.now();
    if (/^\w+ (done|failed: )/.test(line) && --left === 0) allEnded.resolve();
  });
  void term?.then(() => {
    from = performance.now();
    app.process.kill('SIGTERM');
  });
  await Promise.race([allEnded.promise, app.ended]);
  const tookMs = performance.now() - from;
  // What it still waits for, such as a token that never comes, keeps nobody waiting.
  app.process.kill('SIGKILL');
  await app.ended;
  return { output: app.output, tookMs };
}
