import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { runOnce } from '../fakes/run.ts';
import { type Log, type Surroundings, numbersFeed, portsOf, surroundings } from './crash-model.ts';
import type { Step } from './fuse.ts';

const budgetMs = 240_000;
const leaseMs = budgetMs + 30_000;

/** A timer that fires run after run; each of its steps takes some time, and it may be killed at one. */
interface Timer {
  readonly runs: number;
  readonly sizes: readonly number[];
  readonly stepsMs: readonly number[];
  readonly killedAt: number;
}

const randomTimer: fc.Arbitrary<Timer> = fc.record({
  runs: fc.integer({ min: 1, max: 3 }),
  sizes: fc.array(fc.integer({ min: 1, max: 4 }), { minLength: 1, maxLength: 3 }),
  stepsMs: fc.array(
    fc.oneof({ weight: 12, arbitrary: fc.nat(2000) }, fc.constantFrom(budgetMs, leaseMs, leaseMs - 1, 400_000)),
    { minLength: 1, maxLength: 20 },
  ),
  killedAt: fc.oneof({ weight: 2, arbitrary: fc.constant(Infinity) }, fc.nat(60)),
});
const randomLog: fc.Arbitrary<Log> = fc.array(fc.constantFrom('event', 'event', 'broken'), { maxLength: 15 });

/** Fires a timer's runs; `turn` lets any other step of any other timer come first. @returns the faults of its runs */
async function fire(world: Surroundings, timer: Timer, turn: Step): Promise<(string | undefined)[]> {
  const killed = Promise.withResolvers<'killed'>();
  let steps = 0;
  const step = async (name: string) => {
    await turn(name);
    world.clock.advance(timer.stepsMs[steps++ % timer.stepsMs.length] ?? 0);
    if (steps <= timer.killedAt) return;
    killed.resolve('killed');
    await new Promise(() => {});
  };
  const faults: (string | undefined)[] = [];
  for (let runs = 0; runs < timer.runs; runs++) {
    const ports = portsOf(world, step, { sizes: timer.sizes, slow: 'neither' });
    const end = await Promise.race([runOnce(numbersFeed, { ...ports, budgetMs }), killed.promise]);
    if (end === 'killed') break;
    faults.push(end.error?.fault);
  }
  return faults;
}

async function finish(world: Surroundings): Promise<void> {
  world.clock.advance(leaseMs);
  const ports = portsOf(world, async () => {}, { sizes: [5], slow: 'neither' });
  const { error } = await runOnce(numbersFeed, { ...ports, budgetMs });
  expect(error).toBeUndefined();
}

function expectWhole(world: Surroundings): void {
  expect(world.wrongs).toEqual([]);
  expect(new Set(world.accepted).size).toBe(world.log.length);
  expect(world.saved.at(-1)).toBe(world.log.length);
}

describe('runs of one feed at once', () => {
  it('lose nothing between them, and never move the cursor back, however slow and however they interleave', async () => {
    const faults = new Set<string | undefined>();
    const timers = fc.array(randomTimer, { minLength: 2, maxLength: 3 });
    await fc.assert(
      fc.asyncProperty(randomLog, timers, fc.scheduler(), async (log, all, scheduler) => {
        const world = surroundings(log);
        const turn = (name: string) => scheduler.schedule(Promise.resolve(), name);
        const fired = await scheduler.waitFor(Promise.all(all.map((timer) => fire(world, timer, turn))));
        for (const fault of fired.flat()) faults.add(fault);
        await finish(world);
        expectWhole(world);
      }),
      { seed: 41, numRuns: 1000 },
    );
    expect(faults).toEqual(new Set([undefined, 'superseded']));
  });

  it('leave the feed to the one that holds the lease', async () => {
    const world = surroundings(['event']);
    const waiting = Promise.withResolvers<void>();
    const first = runOnce(numbersFeed, {
      ...portsOf(world, (name) => (name === 'read' ? waiting.promise : Promise.resolve()), {
        sizes: [1],
        slow: 'neither',
      }),
      budgetMs,
    });
    await new Promise(setImmediate);
    world.clock.advance(leaseMs - 1);
    const second = await runOnce(numbersFeed, {
      ...portsOf(world, async () => {}, { sizes: [1], slow: 'neither' }),
      budgetMs,
    });
    expect(second.error?.fault).toBe('superseded');
    waiting.resolve();
    expect((await first).error).toBeUndefined();
    expectWhole(world);
  });

  it.each(['write Numbers_CL', 'half of Numbers_CL', 'all of Numbers_CL', 'save'])(
    'let one that wakes up at "%s" after its lease change nothing',
    async (asleepAt) => {
      const world = surroundings(['event', 'event', 'event']);
      const waking = Promise.withResolvers<void>();
      const sleepy = (name: string) => (name === asleepAt ? waking.promise : Promise.resolve());
      const asleep = runOnce(numbersFeed, { ...portsOf(world, sleepy, { sizes: [1], slow: 'neither' }), budgetMs });
      await new Promise(setImmediate);
      await finish(world);
      const entity = structuredClone(world.entity);
      const saved = world.saved.length;
      waking.resolve();
      expect((await asleep).error?.fault).toBe('superseded');
      expect(world.entity).toEqual({ ...entity, writing: new Set() });
      expect(world.saved.length).toBe(saved);
      expectWhole(world);
    },
  );

  it('stop one that wakes up after its lease before its next write, also when nobody has taken it', async () => {
    const world = surroundings(['event', 'broken']);
    const step = async (name: string) => {
      if (name === 'all of Numbers_CL') world.clock.advance(leaseMs);
    };
    const ports = portsOf(world, step, { sizes: [2], slow: 'neither' });
    const { error } = await runOnce(numbersFeed, { ...ports, budgetMs });
    expect(error?.fault).toBe('superseded');
    expect([world.accepted, world.saved]).toEqual([[0], []]);
    await finish(world);
    expectWhole(world);
  });
});
