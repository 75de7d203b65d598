import { describe, expect, it } from 'vitest';
import type { Cursor } from '../../functions/collect/cursor.ts';
import type { Logs } from '../../functions/collect/ports.ts';
import { mimecastRead } from '../../functions/mimecast/read.ts';
import { runOnce } from '../fakes/run.ts';
import { fakeClient } from './fake-api.ts';
import { type FakeSource, auditSource, campaignsSource, gatewaySource, watchlistSource } from './fake-sources.ts';
import { type Ending, type Step, endings, fuse } from './fuse.ts';
import { type Entity, leaseModel, newEntity } from './lease-model.ts';
import { type WatchedClock, watchedClock } from './watched-clock.ts';
import { rowsIn } from '../fakes/bodies.ts';

const start = Date.UTC(2026, 2, 2, 11, 30);
const sources: [string, FakeSource][] = [
  ['windows', auditSource(start)],
  ['batch files', gatewaySource()],
  ['a snapshot', watchlistSource()],
  ['a snapshot per campaign', campaignsSource()],
];

interface World {
  readonly clock: WatchedClock;
  readonly entity: Entity;
  /** What has arrived, by the names of the source. */
  readonly arrived: string[];
  /** Rows and rejections of the page written last, and of the largest one. */
  page: number;
  largestPage: number;
  readonly saved: Cursor[];
}

function logsOf(world: World, { nameOf }: FakeSource, step: Step): Logs {
  return {
    async write(table, given) {
      const rows = await rowsIn(table, given);
      const isHealth = table.name === 'Mimecast_Health_CL';
      await step(`write ${table.name}`);
      if (!isHealth) {
        world.arrived.push(...rows.map(nameOf));
        world.page = table.name === 'Mimecast_Rejected_CL' ? world.page + rows.length : rows.length;
        world.largestPage = Math.max(world.largestPage, world.page);
      }
      await step(`written ${table.name}`);
      return rows.length;
    },
  };
}

/** How a run is stopped; `refusesTokens` makes a failing call say that its page token is no longer valid. */
interface Stop {
  readonly at: number;
  readonly ending: Ending;
  readonly refusesTokens: boolean;
}
const none: Stop = { at: Infinity, ending: 'fails once', refusesTokens: false };

async function run(world: World, source: FakeSource, { at, ending, refusesTokens }: Stop) {
  const { step, names, killed, stop } = fuse(at, ending);
  const client = fakeClient({ ...source, clock: world.clock, step, refusesTokens });
  const running = runOnce(source.feed, {
    read: mimecastRead(client),
    logs: logsOf(world, source, step),
    checkpoints: leaseModel(world.entity, world.clock, step, (cursor) => void world.saved.push(cursor)),
    clock: world.clock,
    stop,
    startDate: '2026-03-01',
  });
  const end = await Promise.race([running, killed]);
  return { error: end === 'killed' ? undefined : end.error, names };
}

function newWorld(): World {
  return { clock: watchedClock(start), entity: newEntity(), arrived: [], page: 0, largestPage: 0, saved: [] };
}

async function runToTheEnd(world: World, source: FakeSource): Promise<void> {
  for (let runs = 0; runs < 2; runs++) {
    world.clock.advance(300_000);
    const { error } = await run(world, source, none);
    expect(error).toBeUndefined();
  }
}

describe.each(sources)('a run over %s', (_what, source) => {
  it('brings everything, once, when nothing stops it', async () => {
    const world = newWorld();
    await runToTheEnd(world, source);
    expect(world.arrived.toSorted()).toEqual(source.names.toSorted());
    expect(world.saved.length).toBeGreaterThan(3);
  });

  it.each(endings)('that %s at any step loses nothing, and sends again what was on one page', async (ending) => {
    const { names: steps } = await run(newWorld(), source, none);
    expect(steps.length).toBeGreaterThan(20);
    for (const [index, name] of steps.entries()) {
      const world = newWorld();
      await run(world, source, { at: index + 1, ending, refusesTokens: false });
      await runToTheEnd(world, source);
      expect([name, [...new Set(world.arrived)].toSorted()]).toEqual([name, source.names.toSorted()]);
      expect(world.arrived.length - source.names.length).toBeLessThanOrEqual(world.largestPage);
    }
  });

  it('whose page token is refused at any step loses nothing', async () => {
    const { names: steps } = await run(newWorld(), source, none);
    for (const [index, name] of steps.entries()) {
      const world = newWorld();
      await run(world, source, { at: index + 1, ending: 'fails once', refusesTokens: true });
      await runToTheEnd(world, source);
      expect([name, [...new Set(world.arrived)].toSorted()]).toEqual([name, source.names.toSorted()]);
    }
  });
});

describe('a run over batch files', () => {
  it('saves cursors inside files, too', async () => {
    const world = newWorld();
    await runToTheEnd(world, gatewaySource());
    expect(world.saved).toContainEqual(expect.objectContaining({ file: '/a', line: expect.any(Number) }));
  });
});
