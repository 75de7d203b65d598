import { systemClock } from '../functions/clock.ts';
import { mapNames } from './azure/names.ts';
import { type FromHost, readToHost } from './host-messages.ts';
import { keepSchedule } from './schedule.ts';
import { loadApp } from './worker.ts';

/**
 * A Functions host in a process of its own: loads the built app and fires its timers by their schedules until it is told
 * to stop, or its parent is gone; then it drains, as Azure's host does, and ends.
 * Argument: the app's folder. LOCAL_HOSTS names the hosts that are this machine, LOCAL_DUE (JSON) when each timer was to
 * fire next. It tells its parent all that happens.
 */
const [folder = 'dist'] = process.argv.slice(2);
/** The Functions host gives a worker so long to drain. */
const drainMs = 4800;

const hosts = (process.env['LOCAL_HOSTS'] ?? '').split(',').filter(Boolean);
mapNames(Object.fromEntries(hosts.map((host) => [host, '127.0.0.1'])));
const known: Partial<Record<string, number>> = JSON.parse(process.env['LOCAL_DUE'] ?? '{}');

const app = await loadApp(folder, ({ level, message, functionName: name }) => {
  if (level !== 'debug' && level !== 'trace') tell({ kind: 'log', name, level, message });
});
const timers = [...app.functions].map(([name, { schedule }]) => ({ name, schedule }));
tell({ kind: 'registered', timers });

const stop = new AbortController();
const schedule = keepSchedule(
  timers.map((timer) => ({ ...timer, due: known[timer.name] })),
  { clock: systemClock, signal: stop.signal, fire, onDue: (name, due) => tell({ kind: 'due', name, due }) },
);

process.on('message', (message) => {
  const told = readToHost(message);
  if (told.kind === 'stop') void drain();
  else schedule.fireNow(told.name);
});
process.on('SIGTERM', () => void drain());
process.on('disconnect', () => void drain());
// Ctrl-C reaches every process of the terminal; the parent says when to stop.
process.on('SIGINT', () => undefined);

async function fire(name: string, isPastDue: boolean): Promise<void> {
  tell({ kind: 'started', name, isPastDue });
  try {
    await app.invoke(name, { isPastDue });
    tell({ kind: 'ended', name });
  } catch (error) {
    tell({ kind: 'ended', name, failure: error instanceof Error ? error.message : String(error) });
  }
}

async function drain(): Promise<void> {
  if (stop.signal.aborted) return;
  stop.abort();
  setTimeout(() => process.exit(1), drainMs).unref();
  await app.terminate();
  process.exit(0);
}

function tell(message: FromHost): void {
  // A parent that is gone hears nothing; `disconnect` ends this process.
  if (process.connected) process.send?.(message, undefined, undefined, () => undefined);
}
