import type { Compared } from './compare.ts';
import { eventsPerSecond } from './compare.ts';
import type { StartUp } from './measure.ts';

/** What a load came to; memory in megabytes, bodies and requests as the servers counted them. */
export interface LoadReport {
  readonly events: number;
  readonly eventsPerFile: number;
  readonly floorEventsPerSecond: readonly [number, number];
  readonly eventsPerSecond: number;
  readonly ratio: number;
  /** The ratios of all comparisons, and whether their floors agreed. */
  readonly ratios: readonly { readonly ratio: number; readonly isQuiet: boolean }[];
  readonly cpuSecondsPerMillion: number;
  readonly mainThreadCpuSecondsPerMillion: number;
  readonly floorCpuSecondsPerMillion: number;
  readonly peakRssMegabytes: number;
  /** The highest in each tenth of the run. */
  readonly rssMegabytes: readonly number[];
  readonly bodies: number;
  readonly fullBodiesShare: number;
  readonly meanBodyBytes: number;
  readonly requestsPerMillion: Readonly<Record<string, number>>;
  readonly rowsSent: number;
  readonly rejected: number;
  readonly faults: readonly string[];
  /** Rows, and event ids among them, counted in the bodies; only where bodies were kept. */
  readonly rows?: number | undefined;
  readonly eventIds?: number | undefined;
}

/** All that the bench has to say. */
export interface Report {
  readonly startUp: StartUp;
  readonly loads: readonly LoadReport[];
}

const megabyte = 1e6;
const tenths = 10;

/** Sums up the comparisons of a load. */
export function loadReport({ events, comparisons, typical }: Compared, eventsPerFile: number): LoadReport {
  const { product, floors, ratio } = typical;
  const perMillion = 1e6 / events;
  const [before, after] = floors;
  const floorCpuSeconds = before.cpuSeconds / before.events + after.cpuSeconds / after.events;
  return {
    events,
    eventsPerFile,
    floorEventsPerSecond: [eventsPerSecond(before), eventsPerSecond(after)],
    eventsPerSecond: events / product.seconds,
    ratio,
    ratios: comparisons.map((each) => ({ ratio: each.ratio, isQuiet: each.isQuiet })),
    cpuSecondsPerMillion: product.cpuSeconds * perMillion,
    mainThreadCpuSecondsPerMillion: product.mainThreadCpuSeconds * perMillion,
    floorCpuSecondsPerMillion: (floorCpuSeconds / 2) * 1e6,
    peakRssMegabytes: Math.max(...comparisons.map((each) => each.product.peakRssBytes)) / megabyte,
    rssMegabytes: highestInTenths(product.rssBytes).map((bytes) => bytes / megabyte),
    bodies: product.bodies,
    fullBodiesShare: product.fullBodies / product.bodies,
    meanBodyBytes: product.bytes / product.bodies,
    requestsPerMillion: Object.fromEntries(
      Object.entries(product.requests).map(([end, requests]) => [end, requests * perMillion]),
    ),
    ...product.health,
    rows: product.rows,
    eventIds: product.eventIds,
  };
}

function highestInTenths(samples: readonly number[]): readonly number[] {
  return Array.from({ length: tenths }, (_, tenth) => {
    const from = Math.floor((tenth * samples.length) / tenths);
    return Math.max(0, ...samples.slice(from, Math.floor(((tenth + 1) * samples.length) / tenths)));
  });
}

/** The report as a table for people. */
export function tableOf({ startUp, loads }: Report): string {
  const rows: [string, (load: LoadReport) => string][] = [
    ['events in a file', ({ eventsPerFile }) => whole(eventsPerFile)],
    ['floor before, events/s', ({ floorEventsPerSecond: [before] }) => whole(before)],
    ['product, events/s', (load) => whole(load.eventsPerSecond)],
    ['floor after, events/s', ({ floorEventsPerSecond: [, after] }) => whole(after)],
    ['product / floor', ({ ratio }) => ratio.toFixed(2)],
    ['CPU s per million, product', (load) => load.cpuSecondsPerMillion.toFixed(1)],
    ['  its main thread', (load) => load.mainThreadCpuSecondsPerMillion.toFixed(1)],
    ['CPU s per million, floor', (load) => load.floorCpuSecondsPerMillion.toFixed(1)],
    ['peak RSS, MB', (load) => whole(load.peakRssMegabytes)],
    ['RSS in tenths of the run, MB', ({ rssMegabytes }) => rssMegabytes.map(whole).join(' ')],
    ['bodies of 900,000 bytes or more', (load) => `${(load.fullBodiesShare * 100).toFixed(1)} %`],
    ['mean body, bytes', (load) => whole(load.meanBodyBytes)],
    ['requests per million', ({ requestsPerMillion }) => requestsText(requestsPerMillion)],
    ['rows accepted / rejected', ({ rowsSent, rejected }) => `${whole(rowsSent)} / ${whole(rejected)}`],
    ['ratios (~: floors apart)', ({ ratios }) => ratios.map(ratioText).join(' ')],
  ];
  const width = Math.max(...rows.map(([label]) => label.length));
  const blocks = loads.map((load) => {
    const lines = rows.map(([label, cell]) => `  ${label.padEnd(width)}  ${cell(load)}`);
    return [`${whole(load.events)} events`, ...lines].join('\n');
  });
  const start = `start-up: functions registered ${whole(startUp.bundleMs)} ms after loading, ${whole(startUp.processMs)} ms after the process began`;
  return [...blocks, start].join('\n\n');
}

function whole(value: number): string {
  return Math.round(value).toLocaleString('en');
}

function requestsText(requests: Readonly<Record<string, number>>): string {
  return Object.entries(requests)
    .map(([end, count]) => `${end} ${whole(count)}`)
    .join(', ');
}

function ratioText({ ratio, isQuiet }: LoadReport['ratios'][number]): string {
  return `${isQuiet ? '' : '~'}${ratio.toFixed(2)}`;
}
