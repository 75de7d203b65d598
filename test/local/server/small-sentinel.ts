import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { inject } from 'vitest';
import type { FeedRun } from '../../../local/server/feed-run.ts';
import { type LocalSentinel, startLocalSentinel } from '../../../local/server/local-sentinel.ts';
import { type PageServer, startPageServer } from '../../../local/server/page-server.ts';
import { keepTenant } from '../../../local/server/saved-tenant.ts';
import { openStateFolder } from '../../../local/state-folder.ts';
import type { Fill } from '../../../local/tenant-life.ts';
import { fillPlainStory } from './plain-story.ts';

/** A local Sentinel with a small tenant, and its page. */
export interface SmallSentinel extends LocalSentinel {
  readonly page: PageServer;
  readonly path: string;
  readonly runs: readonly FeedRun[];
  readonly lines: readonly string[];
  /** Waits until something holds. @throws Error that says what did not */
  until(what: string, holds: () => boolean): Promise<void>;
  /** Waits until every feed has caught up and nothing runs. */
  settled(): Promise<void>;
}

const manyRequests = { limit: 100_000, windowMs: 60_000 };
const pauseMs = 50;
const longestMs = 100_000;
/** How long a start or a trouble may take on a busy machine. */
export const startMs = 120_000;

/** Makes a folder for what is kept, removed by its second part. */
export async function stateFolder(): Promise<readonly [string, () => Promise<void>]> {
  const path = await mkdtemp(join(tmpdir(), 'kept-'));
  return [path, () => rm(path, { recursive: true, force: true })];
}

interface Options {
  /** Where it is kept. */
  readonly path: string;
  readonly fill?: Fill | undefined;
  readonly files?: Parameters<typeof startPageServer>[0]['files'];
  readonly realMimecast?: Readonly<Record<string, string>> | undefined;
  /** How long a run takes at most; a service is given up after 7 to 11 seconds. */
  readonly runBudgetSeconds?: number | undefined;
}

/** Starts the built app over a day of a small company's mail. */
export async function startSmallSentinel(options: Options): Promise<SmallSentinel> {
  const {
    path,
    fill = fillPlainStory,
    files = Promise.resolve(new Map()),
    realMimecast,
    runBudgetSeconds = 13,
  } = options;
  const folder = openStateFolder(path, false);
  const runs: FeedRun[] = [];
  const lines: string[] = [];
  const saved = keepTenant(folder, { days: 1, users: 20 }, Date.now());
  const sentinel = await startLocalSentinel({
    app: Promise.resolve(inject('dist')),
    folder,
    simulated: realMimecast ? undefined : { saved, fill },
    realMimecast,
    quota: { cgBatch: manyRequests, ciBatch: manyRequests },
    runBudgetSeconds,
    onRun: (run) => runs.push(run),
    onLine: (line) => lines.push(line),
  });
  const page = await startPageServer({ port: 0, files, sentinel: Promise.resolve(sentinel) });
  const until = async (what: string, holds: () => boolean): Promise<void> => {
    for (let waitedMs = 0; !holds(); waitedMs += pauseMs) {
      if (waitedMs > longestMs) throw new Error(`In vain waited for: ${what}. ${JSON.stringify(sentinel.overview())}`);
      await setTimeout(pauseMs);
    }
  };
  return {
    ...sentinel,
    page,
    path,
    runs,
    lines,
    until,
    settled: () =>
      until('every feed has caught up', () =>
        sentinel
          .overview()
          .connectors.every(
            ({ feeds, runningSince }) => runningSince === undefined && feeds.every(({ level }) => level === 'good'),
          ),
      ),
    async close() {
      await page.close();
      await sentinel.close();
    },
  };
}
