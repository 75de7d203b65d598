import { once } from 'node:events';
import { join } from 'node:path';
import { fillStory } from './mimecast/story/fill-story.ts';
import type { Options } from './options.ts';
import { type LocalSentinel, startLocalSentinel } from './server/local-sentinel.ts';
import { bundlePage } from './server/page-files.ts';
import { type PageServer, startPageServer } from './server/page-server.ts';
import { runLine } from './server/run-line.ts';
import { keepTenant } from './server/saved-tenant.ts';
import { openStateFolder, type StateFolder } from './state-folder.ts';

/** How long a run may take: short, so that a killed run's lease, which ends 30 s later, is soon over. */
const runBudgetSeconds = 90;

/**
 * `npm start`: opens the page and runs until Ctrl-C (or SIGTERM); what is kept is in `.local` of the working folder.
 * @param app builds the app, and says where it is @throws Error in plain words when it cannot start
 */
export async function runUntilStopped(app: () => Promise<string>, options: Options): Promise<void> {
  const signal = Promise.race([once(process, 'SIGINT'), once(process, 'SIGTERM')]);
  const stopped = signal.then(() => 'stopped' as const);
  const { realMimecast } = options;
  const folder = openStateFolder(join(process.cwd(), '.local', realMimecast ? 'real' : 'simulated'), options.fresh);
  try {
    await serve(folder, app, options, stopped);
  } finally {
    folder.close();
  }
}

async function serve(
  folder: StateFolder,
  app: () => Promise<string>,
  { port, tenant, realMimecast }: Options,
  stopped: Promise<'stopped'>,
): Promise<void> {
  const isNew = folder.saved === undefined;
  const simulated = realMimecast ? undefined : { saved: keepTenant(folder, tenant, Date.now()), fill: fillStory };
  if (realMimecast && isNew) folder.save({ version: 1, startedAt: Date.now() });
  const ready = Promise.withResolvers<LocalSentinel>();
  const built = app();
  // It is waited for later; until then its failure is nobody's.
  built.catch(() => undefined);
  const page = await startPageServer({ port, files: bundlePage(), sentinel: ready.promise });
  say(`Open ${page.url}`);
  say(isNew ? 'This is a first start: the past is being prepared.' : 'Going on where the last start ended.');
  const starting = startLocalSentinel({
    app: built,
    folder,
    simulated,
    realMimecast,
    runBudgetSeconds,
    onRun: (run) => say(runLine(run)),
    onLine: say,
  });
  const sentinel = await Promise.race([starting, stopped]);
  if (sentinel === 'stopped') {
    say('Stopped before it was ready; nothing was under way.');
    process.exit(0);
  }
  ready.resolve(sentinel);
  say('Ready. Ctrl-C stops it; what it has read is kept.');
  warmLater(sentinel);
  await stopped;
  await stop(page, sentinel);
}

/** Makes queries quick once the rules no longer need the machine. */
function warmLater(sentinel: LocalSentinel): void {
  const forget = sentinel.onChange(() => {
    if (!sentinel.detection.progress().isCurrent) return;
    forget();
    sentinel.queries.warm();
  });
}

async function stop(page: PageServer, sentinel: LocalSentinel): Promise<void> {
  say('Stopping: runs under way save what they have …');
  // Whoever does not want to wait says so again.
  process.once('SIGINT', () => process.exit(130));
  await page.close();
  await sentinel.close();
  say('Stopped. npm start goes on from here, npm start -- --fresh begins anew.');
}

function say(line: string): void {
  process.stdout.write(`${new Date().toISOString().slice(11, 19)}  ${line}\n`);
}
