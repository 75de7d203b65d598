import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { createInterface } from 'node:readline';

/** A process of the built app under the local host. */
export interface AppProcess {
  readonly process: ChildProcess;
  /** What it has printed so far, both streams. */
  readonly output: readonly string[];
  /** Resolves with the exit code, null when it was killed. */
  readonly ended: Promise<number | null>;
}

/**
 * Starts the built app in a process of its own and fires its functions once.
 * @param folder where the built app is @param environment its whole environment beside PATH @param functions which to fire (none: all)
 */
export function startApp(
  folder: string,
  environment: Readonly<Record<string, string>>,
  functions: readonly string[] = [],
  onLine: (line: string) => void = () => {},
): AppProcess {
  const host = join(import.meta.dirname, 'host.ts');
  const child = spawn(process.execPath, [host, folder, ...functions], {
    env: { PATH: process.env['PATH'], ...environment },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const output: string[] = [];
  for (const stream of [child.stdout, child.stderr]) {
    createInterface({ input: stream }).on('line', (line) => {
      output.push(line);
      onLine(line);
    });
  }
  const ended = once(child, 'close').then(([code]) => (typeof code === 'number' ? code : null));
  return { process: child, output, ended };
}
