import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { connectors } from '../../functions/connectors.ts';
import { openQueries, type Queries } from '../sentinel/query/queries.ts';
import type { Books } from './books.ts';
import { type Detection, startDetection } from './detection.ts';
import type { FeedRun } from './feed-run.ts';
import { midRunKill } from './mid-run-kill.ts';
import { type Overview, overviewOf, type Source } from './overview.ts';
import { type RowReader, openRowReader } from './row-reader.ts';
import { runHost } from './running-host.ts';
import { type Switches, openSwitches } from './switches.ts';
import { type WorkbookFiles, workbookFiles } from './workbook-files.ts';
import { openWorld, type WorldOptions } from './world.ts';

/** Sentinel on one machine: everything the page shows and can do. */
export interface LocalSentinel {
  readonly reader: RowReader;
  readonly queries: Queries;
  readonly detection: Detection;
  readonly workbooks: WorkbookFiles;
  readonly history: Books['history'];
  readonly switches: Switches;
  overview(): Overview;
  /** Runs a connector now, unless it is running. @returns whether there is one of that name */
  run(connector: string): boolean;
  /** Hears when the overview has changed. @returns what ends it */
  onChange(listener: () => void): () => void;
  /** Lets the runs end, and closes everything; what is kept is in the folder. */
  close(): Promise<void>;
}

interface Options extends WorldOptions {
  /** Where the built app is, once it is there. */
  readonly app: Promise<string>;
  readonly runBudgetSeconds: number;
  readonly onRun: (run: FeedRun) => void;
  /** Hears, in plain words, what else goes on. */
  readonly onLine: (line: string) => void;
}

/** How often the simulated tenant goes on, and what waits is counted anew. */
const tickMs = 5000;
const project = join(import.meta.dirname, '..', '..');
/** More would keep the rows in memory once more each. */
const threads = Math.min(2, availableParallelism());

/** Starts it, and fires all connectors. @throws Error when a part of it does not start */
export async function startLocalSentinel(options: Options): Promise<LocalSentinel> {
  const { folder, realMimecast, runBudgetSeconds, onRun, onLine } = options;
  const listeners = new Set<() => void>();
  const changed = (): void => listeners.forEach((listener) => listener());
  let landed = (_table: string): void => undefined;
  const world = await openWorld(options, (table) => {
    landed(table);
    changed();
  });
  const { surroundings, books, life } = world;
  const environment = { ...surroundings.environment, RUN_BUDGET_SECONDS: String(runBudgetSeconds) };
  const host = runHost({ folder: await options.app, environment, books, onRun, onLine, onChange: changed });
  const kill = midRunKill({
    budgetMs: runBudgetSeconds * 1000,
    addBacklog: life && (() => void life.add('backlog', Date.now())),
    fire: host.fire,
    kill: host.kill,
    runningSince: () => host.activity('Seg').runningSince,
  });
  landed = kill.landed;
  const switches = openSwitches({
    simulated: life && { tenant: surroundings.tenant, life },
    ingestion: surroundings.ingestion,
    killHost: kill.arm,
    killing: () => kill.happens(Date.now()),
  });
  const reader = openRowReader(folder.rows);
  const queries = openQueries({ rows: folder.rows, parsers: join(project, 'parsers-kql'), threads, now: Date.now });
  const tick = setInterval(() => {
    life?.liveUntil(Date.now());
    changed();
  }, tickMs);
  const source = sourceOf(options);
  const enabled = enabledIn(realMimecast?.['CONNECTORS']);

  const detection = startDetection({
    store: world.store,
    rows: folder.rows,
    folder: folder.checkpoints,
    enabled,
    onChange: changed,
    onLine,
  });

  return {
    reader,
    queries,
    detection,
    workbooks: workbookFiles(join(project, 'workbooks')),
    history: books.history,
    switches: {
      list: switches.list,
      async set(name, isOn) {
        const isKnown = await switches.set(name, isOn);
        // Its effect is to be seen now, not at the next timer.
        if (isKnown && name !== 'killHost') for (const connector of connectors) host.fire(connector.name);
        changed();
        return isKnown;
      },
    },
    overview() {
      const now = Date.now();
      const { shown, activity } = host;
      const ledger = books.ledger.lines(now);
      return overviewOf({ ...books, now, source, host: shown, activity, enabled, ledger, switches: switches.list() });
    },
    run(name) {
      host.fire(name);
      return connectors.some((connector) => connector.name === name);
    },
    onChange(listener) {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
    async close() {
      clearInterval(tick);
      await host.stop();
      reader.close();
      await queries.close();
      await detection.close();
      await world.close();
      folder.close();
    },
  };
}

function sourceOf({ simulated, realMimecast }: WorldOptions): Source {
  if (simulated) return { kind: 'simulated', ...simulated.saved.filling };
  return { kind: 'real', url: realMimecast?.['MIMECAST_BASE_URL'] ?? 'https://api.services.mimecast.com' };
}

/** The names in the setting CONNECTORS. */
function enabledIn(setting: string | undefined): readonly string[] {
  const all = connectors.map((connector) => connector.setting);
  return setting === undefined ? all : setting.split(',').map((name) => name.trim());
}
