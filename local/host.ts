import { inspect } from 'node:util';
import { mapNames } from './azure/names.ts';
import { moveClock } from './move-clock.ts';
import { loadApp } from './worker.ts';

/**
 * A Functions host for one round, in a process of its own: loads the built app, fires its timers side by side and ends.
 * Arguments: the app's folder, then the functions to fire (none: all). LOCAL_HOSTS names the hosts that are this machine,
 * LOCAL_CLOCK_MS moves the clock. The app's log lines go to standard error; with DEBUG set, all of them and errors whole.
 * The exit code is 1 when an invocation failed.
 */
const [folder = 'dist', ...wanted] = process.argv.slice(2);
const clockMs = Number(process.env['LOCAL_CLOCK_MS'] ?? 0);
if (clockMs !== 0) moveClock(clockMs);
const isDebugging = process.env['DEBUG'] !== undefined;
const hosts = (process.env['LOCAL_HOSTS'] ?? '').split(',').filter(Boolean);
mapNames(Object.fromEntries(hosts.map((host) => [host, '127.0.0.1'])));

const app = await loadApp(folder, ({ level, message }) => {
  if (isDebugging || (level !== 'debug' && level !== 'trace')) process.stderr.write(`${level}: ${message}\n`);
});
process.once('SIGTERM', () => void app.terminate());
process.stdout.write(`registered ${[...app.functions.keys()].join(' ')}\n`);

const names = wanted.length > 0 ? wanted : [...app.functions.keys()];
const results = await Promise.allSettled(names.map((name) => app.invoke(name)));
for (const [index, result] of results.entries()) {
  const said = result.status === 'fulfilled' ? 'done' : `failed: ${messageOf(result.reason)}`;
  process.stdout.write(`${names[index]} ${said}\n`);
  if (isDebugging && result.status === 'rejected') process.stderr.write(`${inspect(result.reason, { depth: 9 })}\n`);
}
process.exitCode = results.every(({ status }) => status === 'fulfilled') ? 0 : 1;

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
