import { beforeEach, expect, onTestFinished, test } from 'vitest';
import { feeds } from '../../functions/feeds/index.ts';
import { ledger } from '../../local/ledger.ts';
import { fillPlainTenant } from '../../local/mimecast/fill-plain-tenant.ts';
import { type Simulation, startSimulation } from './simulation.ts';

const rowsPerPage = 25;
const budgetSeconds = 60;
/** A lease ends 30 s after its run's deadline. */
const leaseMs = (budgetSeconds + 31) * 1000;
const settings = { RUN_BUDGET_SECONDS: String(budgetSeconds) };

/** A batch feed's page is a whole listing here. */
const paged = feeds.filter(({ source }) => source.kind !== 'batch');

let simulation: Simulation;

beforeEach(async () => {
  simulation = await startSimulation({ pageCap: rowsPerPage });
  onTestFinished(() => simulation.close());
  fillPlainTenant(simulation.tenant, { seed: 1, now: simulation.now(), days: 1, perDay: 1_000 });
});

const faults = () => simulation.health().map((row) => row['Fault']);
const lines = () => ledger(simulation.tenant, simulation.accepted.store, simulation.now());
const cursors = () => Promise.all(feeds.map(async ({ name }) => [name, (await simulation.checkpoint(name))['Cursor']]));

test('two processes that start at once share the feeds: all is sent, and once', async () => {
  simulation.ingestion.trouble({ kind: 'slow', ms: 100 });
  const both = [simulation.start(settings), simulation.start(settings)];
  expect(await Promise.all(both.map(({ ended }) => ended))).toEqual([0, 0]);
  expect(new Set(faults())).toEqual(new Set(['', 'superseded']));
  await simulation.ingestion.calm();
  await simulation.runUntilQuiet();
  for (const { feed, served, rows, lost } of lines()) {
    expect({ feed, rows, lost }).toEqual({ feed, rows: served, lost: 0 });
  }
});

test('a process that slept beyond its lease leaves the feeds to the one that took over: nothing is lost', async () => {
  // Its first page is accepted, and the save is cut before it is done; what follows would be another try.
  simulation.checkpoints.trouble({ kind: 'resetBefore', writes: true, entity: 'SegCg', after: 1, times: 1 });
  const asleep = Promise.withResolvers<void>();
  const sleeper = simulation.start(settings);
  onTestFinished(() => void sleeper.process.kill('SIGKILL'));
  const unwatch = simulation.watch(({ at, when, method, url }) => {
    if (at !== 'checkpoints' || when !== 'asked' || method !== 'PUT' || !url.includes('SegCg')) return;
    sleeper.process.kill('SIGSTOP');
    asleep.resolve();
  });
  await asleep.promise;
  unwatch();
  simulation.advance(leaseMs);
  await simulation.runUntilQuiet();
  const [before, saved] = [simulation.health().length, await cursors()];

  sleeper.process.kill('SIGCONT');
  expect(await sleeper.ended).toBe(0);
  expect(faults().slice(before)).toContain('superseded');
  expect(await cursors()).toEqual(saved);
  await simulation.runUntilQuiet();
  const repeats = new Map<string, number>();
  for (const { feed, served, rows, lost, repeated } of lines()) {
    expect({ feed, lost, ids: rows - repeated }).toEqual({ feed, lost: 0, ids: served });
    repeats.set(feed, repeated);
  }
  expect(repeats.get('SegCg')).toBeGreaterThan(0);
  for (const { name } of paged) expect(repeats.get(name)).toBeLessThanOrEqual(rowsPerPage);
});
