import { insideFile, linesRead } from '../../functions/collect/batch.ts';
import { real } from '../../functions/collect/cells.ts';
import { type Cursor, firstBatchCursor } from '../../functions/collect/cursor.ts';
import { feed } from '../../functions/collect/feed.ts';
import { isOver } from '../../functions/collect/is-over.ts';
import type { Logs, Read } from '../../functions/collect/ports.ts';
import { type Row, table } from '../../functions/tables/table.ts';
import { fakeClock } from '../fakes/clock.ts';
import type { Step } from './fuse.ts';
import { type Entity, leaseModel, newEntity } from './lease-model.ts';
import { rowsIn } from '../fakes/bodies.ts';

const numbers = table('Numbers_CL', { number: 'real' });
/** A feed of numbered events: the number is the event's place in the log. */
export const numbersFeed = feed({
  name: 'Numbers',
  table: numbers,
  source: { kind: 'batch', path: '/numbers', types: [] },
  product: 'Numbers',
  columnOf: {},
  toRow: (event) => ({ number: real(event['number']) }),
});

/** What a log says at each place: an event, or a line that is broken. */
export type Log = readonly ('event' | 'broken')[];

/** The world outside the runs, and what of it a test wants to know. */
export interface Surroundings {
  readonly log: Log;
  readonly clock: ReturnType<typeof fakeClock>;
  readonly entity: Entity;
  /** Places in the log in the order in which their rows were accepted. */
  readonly accepted: number[];
  /** The Health rows accepted. */
  readonly health: Row[];
  readonly saved: number[];
  /** What must never happen, and did. */
  readonly wrongs: string[];
  /** Readers that are reading now. */
  reading: number;
}

export function surroundings(log: Log): Surroundings {
  const world = { accepted: [], health: [], saved: [], wrongs: [], reading: 0 };
  return { log, clock: fakeClock(), entity: newEntity(), ...world };
}

function placeOf(cursor: Cursor | undefined): number {
  return cursor?.kind === 'batch' ? linesRead(cursor, 'log') : 0;
}

/** How a run reads: how many events stand on its pages, in turn, and which side keeps the other waiting. */
export interface Pace {
  readonly sizes: readonly number[];
  readonly slow: 'reader' | 'writer' | 'neither';
}

/** The ports of one run, with a step before and after each of their effects. */
export function portsOf(world: Surroundings, step: Step, pace: Pace) {
  const stepOfLease = pace.slow === 'writer' ? (name: string) => linger().then(() => step(name)) : step;
  const checkpoints = leaseModel(world.entity, world.clock, stepOfLease, (cursor) => noteSaved(world, placeOf(cursor)));
  return { clock: world.clock, checkpoints, logs: logsOf(world, step, pace), read: readerOf(world, step, pace) };
}

function noteSaved(world: Surroundings, place: number): void {
  const accepted = new Set(world.accepted);
  const before = placeOf(world.entity.checkpoint?.cursor);
  if (place < before) world.wrongs.push(`the cursor moved back from ${before} to ${place}`);
  const lost = world.log.findIndex((_, at) => at < place && !accepted.has(at));
  if (lost !== -1) world.wrongs.push(`the cursor ${place} was saved before ${lost} was accepted`);
  world.saved.push(place);
}

// Long enough for everything else to come first, and for a floating rejection to be noticed.
async function linger(): Promise<void> {
  await new Promise(setImmediate);
}

function logsOf(world: Surroundings, step: Step, { slow }: Pace): Logs {
  return {
    async write(table, given, run) {
      const { name } = table;
      const isHealth = name === 'Mimecast_Health_CL';
      const leaseEnd = run.deadline + 30_000;
      if (!isHealth && world.clock.now() >= leaseEnd) world.wrongs.push('rows were written after the lease');
      const rows = await rowsIn(table, given);
      const take = (part: typeof rows) => {
        for (const row of part) {
          if (isHealth) world.health.push(row);
          else world.accepted.push(Number(row['number'] ?? row['Source']));
        }
      };
      await step(`write ${name}`);
      const half = Math.ceil(rows.length / 2);
      take(rows.slice(0, half));
      if (slow === 'writer') await linger();
      await step(`half of ${name}`);
      take(rows.slice(half));
      await step(`all of ${name}`);
      return rows.length;
    },
  };
}

function readerOf(world: Surroundings, step: Step, { sizes, slow }: Pace): Read {
  return async function* read(_feed, from, run) {
    world.reading++;
    try {
      let place = placeOf(from?.cursor);
      for (let page = 0; page === 0 || place < world.log.length; page++) {
        if (isOver(run)) return;
        await step('read');
        if (slow === 'reader') await linger();
        run.stop.throwIfAborted();
        const end = Math.min(place + (sizes[page % sizes.length] ?? 1), world.log.length);
        const places = Array.from({ length: end - place }, (_, index) => place + index);
        place = end;
        await step('read, done');
        yield pageOf(world.log, places, place);
      }
    } finally {
      world.reading--;
    }
  };
}

function pageOf(log: Log, places: readonly number[], place: number) {
  return {
    events: places.filter((at) => log[at] === 'event').map((number) => ({ number })),
    rejected: places
      .filter((at) => log[at] === 'broken')
      .map((at) => ({ reason: 'broken', source: String(at), rawText: `line ${at}` })),
    skipped: 0,
    next: insideFile(firstBatchCursor('2026-01-01'), 'log', place),
    caughtUp: place === log.length,
  };
}
