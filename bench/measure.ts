import { mkdtemp, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import * as z from 'zod';
import type { EventFile } from './files.ts';
import { messageOf, runProgram, startProgram } from './processes.ts';
import type { Programs } from './programs.ts';

const floorReply = z.object({ events: z.number(), seconds: z.number(), cpuSeconds: z.number() });
export type Floor = z.infer<typeof floorReply>;

const productReply = z.object({
  seconds: z.number(),
  cpuSeconds: z.number(),
  mainThreadCpuSeconds: z.number(),
  peakRssBytes: z.number(),
  rssBytes: z.array(z.number()),
});
const requests = z.object({
  mimecast: z.number(),
  logsIngestion: z.number(),
  checkpoints: z.number(),
  identity: z.number(),
});
const serversReady = z.object({ environment: z.record(z.string(), z.string()), certificate: z.string() });
const serversTotals = z.object({
  requests,
  bodies: z.number(),
  fullBodies: z.number(),
  bytes: z.number(),
  compressedBytes: z.number(),
  rows: z.number().optional(),
  eventIds: z.number().optional(),
  health: z.object({ rowsSent: z.number(), rejected: z.number(), faults: z.array(z.string()) }),
});

/** What the product did, and what the servers counted meanwhile. */
export type Product = z.infer<typeof productReply> & z.infer<typeof serversTotals>;

const startUpReply = z.object({ functions: z.number(), bundleMs: z.number(), processMs: z.number() });

/** Runs the floor over files, in a process of its own. */
export function measureFloor({ floor }: Programs, files: readonly EventFile[]): Promise<Floor> {
  const paths = files.map(({ path }) => path);
  return runProgram(floor, floorReply, paths);
}

/** What the product is to read: files, listed so many times under other names. */
export interface Load {
  readonly files: readonly EventFile[];
  readonly rounds: number;
  /** Whether rows are counted one by one, by keeping all bodies. */
  readonly keepsBodies: boolean;
}

/** Runs the built app in the folder `dist` over files, itself and the servers each in a process of its own. */
export async function measureProduct(programs: Programs, dist: string, load: Load): Promise<Product> {
  const servers = startProgram(programs.servers, [JSON.stringify(load)]);
  try {
    const { environment, certificate } = await messageOf(servers, serversReady);
    const authority = join(await mkdtemp(`${dist}-authority-`), 'authority.pem');
    await writeFile(authority, certificate);
    const settings = { ...environment, NODE_EXTRA_CA_CERTS: authority };
    const product = await runProgram(programs.product, productReply, [dist], settings);
    const totals = messageOf(servers, serversTotals);
    servers.send('totals');
    return { ...product, ...(await totals) };
  } finally {
    if (servers.connected) servers.disconnect();
  }
}

/** How long the built app takes until its functions are registered, in milliseconds: from its loading, and from the process's start. */
export interface StartUp {
  readonly bundleMs: number;
  readonly processMs: number;
}

/** The median start-up of the built app in the folder `dist` over several processes. */
export async function measureStartUp({ startUp }: Programs, dist: string, processes: number): Promise<StartUp> {
  const runs: StartUp[] = [];
  for (let n = 0; n < processes; n++) runs.push(await runProgram(startUp, startUpReply, [dist]));
  return {
    bundleMs: median(runs.map(({ bundleMs }) => bundleMs)),
    processMs: median(runs.map(({ processMs }) => processMs)),
  };
}

/** The middle one of some numbers. */
export function median(numbers: readonly number[]): number {
  return numbers.toSorted((a, b) => a - b)[Math.floor(numbers.length / 2)] ?? Number.NaN;
}
