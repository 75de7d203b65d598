import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Outcome } from '../../functions/collect/run-feed.ts';
import { runOnce } from '../fakes/run.ts';
import { type Log, type Pace, type Surroundings, numbersFeed, portsOf, surroundings } from './crash-model.ts';
import { type Ending, endings, fuse } from './fuse.ts';

/** A run that is stopped at its `at`-th step. */
interface Stopped extends Pace {
  readonly at: number;
  readonly ending: Ending;
}

interface Ran {
  readonly outcome: Outcome | undefined;
  readonly names: readonly string[];
}

let runs = 0;

/** Runs the feed until it ends or is killed; what a run must leave behind when it ends is looked at here. */
async function run(world: Surroundings, { at, ending, ...pace }: Stopped): Promise<Ran> {
  const { step, names, killed, stop } = fuse(at, ending);
  const runId = `run ${++runs}`;
  const before = { reading: world.reading, accepted: world.accepted.length };
  const running = runOnce(numbersFeed, { ...portsOf(world, step, pace), stop, runId });
  const end = await Promise.race([running, killed]);
  if (end !== 'killed' && world.reading !== before.reading) world.wrongs.push('the run ended before its reader');
  if (end !== 'killed' && world.entity.writing.has(runId)) world.wrongs.push('the run ended before its last save');
  const accepted = world.accepted.slice(before.accepted);
  for (const kind of ['event', 'broken'] as const) {
    const places = accepted.filter((place) => world.log[place] === kind);
    const isInOrder = places.every((place, index) => index === 0 || place > (places[index - 1] ?? place));
    if (!isInOrder) world.wrongs.push(`rows out of order: ${places.join(', ')}`);
  }
  return { outcome: end === 'killed' ? undefined : end, names };
}

const neverStopped = (pace: Pace): Stopped => ({ at: Infinity, ending: 'fails once', ...pace });

/** Lets time pass and runs again, until there is nothing left to do. */
async function runUntilQuiet(world: Surroundings, pace: Pace): Promise<void> {
  for (let runs = 0; runs < 3; runs++) {
    world.clock.advance(300_000);
    const { outcome } = await run(world, neverStopped(pace));
    if (outcome && outcome.error === undefined && world.saved.at(-1) === world.log.length) return;
  }
  world.wrongs.push('three runs did not get to the end');
}

/** What was sent more often than once, in all. */
function sentAgain({ accepted }: Surroundings): number {
  return accepted.length - new Set(accepted).size;
}

function expectAllThere(world: Surroundings, stops: number, sizes: readonly number[]): void {
  expect(world.wrongs).toEqual([]);
  expect(new Set(world.accepted).size).toBe(world.log.length);
  expect(sentAgain(world)).toBeLessThanOrEqual(stops * Math.max(...sizes));
}

function logOf(text: string): Log {
  return text.split('').map((letter) => (letter === 'e' ? 'event' : 'broken'));
}

const small: [string, number[]][] = [
  ['', [1]],
  ['e', [1]],
  ['b', [1]],
  ['eee', [1]],
  ['ebbe', [2]],
  ['eeebeebe', [3, 1]],
  ['eeeeee', [6]],
];
const slow = ['reader', 'writer'] as const;
const smallRuns = small.flatMap(([log, sizes]) => slow.map((side) => [log, { sizes, slow: side }] as const));

async function stepsOf(log: string, pace: Pace): Promise<readonly string[]> {
  const { outcome, names } = await run(surroundings(logOf(log)), neverStopped(pace));
  expect(outcome?.error).toBeUndefined();
  return names;
}

const randomPace = {
  sizes: fc.array(fc.integer({ min: 1, max: 9 }), { minLength: 1, maxLength: 4 }),
  slow: fc.constantFrom(...slow),
};
const randomLog = fc.array(fc.constantFrom('event', 'event', 'broken'), { maxLength: 60 });

async function stopAgainAndAgain(stops: readonly Stopped[], log: Log): Promise<void> {
  const world = surroundings(log);
  for (const stopped of stops) {
    await run(world, stopped);
    world.clock.advance(100_000);
  }
  await runUntilQuiet(world, { sizes: [7], slow: 'writer' });
  expectAllThere(world, stops.length, [7, ...stops.flatMap(({ sizes }) => sizes)]);
}

describe('a run that nothing stops', () => {
  it('takes the lease, and writes and saves page after page while it reads the next one', async () => {
    const names = await stepsOf('eb', { sizes: [1], slow: 'writer' });
    expect(names.filter((name) => !/read|half|all|done/.test(name))).toEqual([
      'take the lease',
      'write Numbers_CL',
      'save',
      'write Mimecast_Rejected_CL',
      'save',
      'write Mimecast_Health_CL',
      'release',
    ]);
    expect(names.lastIndexOf('read')).toBeLessThan(names.indexOf('all of Numbers_CL'));
  });
});

describe.each(endings)('a run that %s at any step', (ending) => {
  it.each(smallRuns)('of the log "%s" with %j loses nothing', async (log, pace) => {
    const steps = await stepsOf(log, pace);
    for (let at = 1; at <= steps.length; at++) {
      const world = surroundings(logOf(log));
      await run(world, { at, ending, ...pace });
      await runUntilQuiet(world, pace);
      expect([steps[at - 1], world.wrongs]).toEqual([steps[at - 1], []]);
      expectAllThere(world, 1, pace.sizes);
    }
  });

  it('loses nothing of a larger log, however often and wherever the runs are stopped', async () => {
    expect.hasAssertions();
    const stopped = fc.record({ at: fc.integer({ min: 1, max: 60 }), ending: fc.constant(ending), ...randomPace });
    await fc.assert(fc.asyncProperty(fc.array(stopped, { minLength: 1, maxLength: 5 }), randomLog, stopAgainAndAgain), {
      seed: 31,
      numRuns: 150,
    });
  });
});

describe('runs stopped in every way in turn', () => {
  it('lose nothing', async () => {
    expect.hasAssertions();
    const at = fc.integer({ min: 1, max: 60 });
    const stopped = fc.record({ at, ending: fc.constantFrom(...endings), ...randomPace });
    await fc.assert(fc.asyncProperty(fc.array(stopped, { minLength: 2, maxLength: 8 }), randomLog, stopAgainAndAgain), {
      seed: 32,
      numRuns: 500,
    });
  });
});

describe('a run that one failing call stops', () => {
  it('gives its lease back, so that the next one goes on at once, and its Health row is not lost', async () => {
    const pace: Pace = { sizes: [2], slow: 'reader' };
    const steps = await stepsOf('eebe', pace);
    for (const [index, name] of steps.entries()) {
      const world = surroundings(logOf('eebe'));
      await run(world, { at: index + 1, ending: 'fails once', ...pace });
      const { outcome } = await run(world, neverStopped(pace));
      const isHeld = /^(take the lease, done|release)$/.test(name);
      expect([name, outcome?.error?.fault]).toEqual([name, isHeld ? 'superseded' : undefined]);
      expect([name, new Set(world.health.map((row) => row['RunId'])).size]).toEqual([name, 2]);
    }
  });
});

describe('a run that is told to stop', () => {
  it('ends without a fault, and has saved every page it wrote', async () => {
    const pace: Pace = { sizes: [2], slow: 'writer' };
    const steps = await stepsOf('eebeeb', pace);
    for (let at = 1; at <= steps.length; at++) {
      const world = surroundings(logOf('eebeeb'));
      const { outcome } = await run(world, { at, ending: 'is told to stop', ...pace });
      expect(outcome?.error).toBeUndefined();
      expect(new Set(world.accepted).size).toBe(world.saved.at(-1) ?? 0);
      await runUntilQuiet(world, pace);
      expect(sentAgain(world)).toBe(0);
    }
  });
});
