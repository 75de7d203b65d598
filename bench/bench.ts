import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { build } from '../tools/build.ts';
import { compare } from './compare.ts';
import { eventLines } from './events.ts';
import { type EventFile, joinEventFiles, writeEventFiles } from './files.ts';
import { measureStartUp } from './measure.ts';
import { preparePrograms } from './programs.ts';
import { type Report, loadReport, tableOf } from './report.ts';
import { measureTiles, tileReport } from './tiles.ts';

/** How much is measured. */
export interface BenchOptions {
  readonly events: number;
  /** The size of the smaller files; the larger file holds all events. */
  readonly eventsPerFile: number;
  /** How often the smaller files are compared with the floor (the larger one is once), and at most, when the machine is not quiet. */
  readonly times: number;
  readonly timesAtMost: number;
  readonly startUps: number;
  /** How often all files are listed, each time under other names, in one more run; 0: none. */
  readonly fullRounds: number;
  /** Whether rows are counted one by one in the bodies, which takes memory. */
  readonly keepsBodies: boolean;
  readonly onProgress: (line: string) => void;
}

/** Measures the built app against the floor: files of two sizes, start-up, and a long run when asked for. */
export async function bench(options: BenchOptions): Promise<Report> {
  const { events, eventsPerFile, times, timesAtMost, fullRounds, keepsBodies, onProgress } = options;
  const folder = await mkdtemp(join(tmpdir(), 'bench-'));
  try {
    const dist = join(folder, 'dist');
    await build(dist);
    const programs = await preparePrograms(folder);
    const startUp = await measureStartUp(programs, dist, options.startUps);
    onProgress(`Writing ${events} events into files.`);
    const small = await writeEventFiles(folder, eventLines(events), eventsPerFile);
    const large = await joinEventFiles(small, join(folder, 'all.json.gz'));

    const measure = async (files: readonly EventFile[], rounds: number, comparisons: number) => {
      onProgress(`Reading ${files.length * rounds} files between two floors.`);
      const load = { files, rounds, keepsBodies };
      const all = { programs, dist, floorFiles: small, load, events: events * rounds, times: comparisons, timesAtMost };
      return loadReport(await compare(all), files === small ? eventsPerFile : events);
    };
    const loads = [await measure(small, 1, times), await measure([large], 1, 1)];
    if (fullRounds > 0) loads.push(await measure(small, fullRounds, 1));
    return { startUp, loads };
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

if (import.meta.main) {
  const { values } = parseArgs({
    options: {
      events: { type: 'string', default: '1000000' },
      full: { type: 'boolean', default: false },
      json: { type: 'boolean', default: false },
      content: { type: 'boolean', default: false },
    },
  });
  if (values.content) {
    process.stdout.write(`${tileReport(measureTiles(Date.now()))}\n`);
    process.exit(0);
  }
  const report = await bench({
    events: Number(values.events),
    eventsPerFile: 20_000,
    times: 3,
    timesAtMost: 6,
    startUps: 5,
    fullRounds: values.full ? 10 : 0,
    keepsBodies: false,
    onProgress: (line) => void process.stderr.write(`${line}\n`),
  });
  process.stdout.write(`${values.json ? JSON.stringify(report) : tableOf(report)}\n`);
}
