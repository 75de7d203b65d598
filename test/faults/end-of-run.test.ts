import { type TestContext, describe, expect, test } from 'vitest';
import { feeds } from '../../functions/feeds/index.ts';
import { fillPlainTenant } from '../../local/mimecast/fill-plain-tenant.ts';
import type { Endpoint } from '../../local/mimecast/endpoints.ts';
import { ledger } from '../../local/ledger.ts';
import { fire } from './fire.ts';
import { type Simulation, startSimulation } from './simulation.ts';

const lists: readonly Endpoint[] = [
  'cgBatch',
  'ciBatch',
  'audit',
  'dlp',
  'ttpUrl',
  'ttpAttachment',
  'ttpImpersonation',
];
const snapshots: readonly Endpoint[] = ['performance', 'safeScore', 'watchlist', 'campaigns'];
const feedNames = new Set(feeds.map(({ name }) => name));

async function simulate({ onTestFinished }: TestContext): Promise<Simulation> {
  const simulation = await startSimulation({ pageCap: 25 });
  onTestFinished(() => simulation.close());
  fillPlainTenant(simulation.tenant, { seed: 1, now: simulation.now(), days: 1, perDay: 800 });
  return simulation;
}

/** Resolves when so many cursors have been saved. */
function saved(simulation: Simulation, count: number): Promise<void> {
  const { promise, resolve } = Promise.withResolvers<void>();
  let left = count;
  const unwatch = simulation.watch(({ at, when, method }) => {
    if (at !== 'checkpoints' || when !== 'answered' || method !== 'PUT' || --left > 0) return;
    unwatch();
    resolve();
  });
  return promise;
}

describe.concurrent('a run of one second ends within ten seconds more', () => {
  const cases: readonly { readonly what: string; readonly hang: (simulation: Simulation) => void }[] = [
    {
      what: 'Mimecast hangs',
      hang: ({ tenant }) =>
        [...lists, ...snapshots].forEach((at) => tenant.trouble({ at, kind: 'hang', times: Infinity })),
    },
    { what: 'no token comes', hang: ({ tenant }) => tenant.trouble({ at: 'token', kind: 'hang', times: Infinity }) },
    { what: 'files hang', hang: ({ tenant }) => tenant.trouble({ at: 'files', kind: 'hangMidway', times: Infinity }) },
    { what: 'the vault hangs', hang: ({ vault }) => vault.trouble({ kind: 'hang' }) },
    { what: 'the checkpoint store hangs', hang: ({ checkpoints }) => checkpoints.trouble({ kind: 'hang' }) },
    { what: 'saving hangs', hang: ({ checkpoints }) => checkpoints.trouble({ kind: 'hang', writes: true, after: 11 }) },
  ];
  test.for(cases)('when $what, with a Health row for each feed', async ({ hang }, context) => {
    const simulation = await simulate(context);
    hang(simulation);
    const { tookMs } = await fire(simulation, { RUN_BUDGET_SECONDS: '1' });
    expect(tookMs).toBeLessThan(11_000);
    expect(new Set(simulation.health().map((row) => row['Feed']))).toEqual(feedNames);
  });

  test('when the identity hangs, though no Health row can be sent', async (context) => {
    const simulation = await simulate(context);
    simulation.identity.trouble({ kind: 'hang' });
    expect((await fire(simulation, { RUN_BUDGET_SECONDS: '1' })).tookMs).toBeLessThan(11_000);
  });

  test('when Logs Ingestion hangs, and the Health rows come with the next run', async (context) => {
    const simulation = await simulate(context);
    simulation.ingestion.trouble({ kind: 'hang' });
    const { tookMs, output } = await fire(simulation, { RUN_BUDGET_SECONDS: '1' });
    expect(tookMs).toBeLessThan(11_000);
    const unsent = output.filter((line) => line.startsWith('error: The Health row could not be written.'));
    expect(unsent).toHaveLength(feeds.length);
    await simulation.ingestion.calm();
    await simulation.runUntilQuiet();
    const hung = simulation
      .health()
      .slice(0, 2 * feeds.length)
      .filter((row) => row['CaughtUp'] === false);
    expect(new Set(hung.map((row) => row['Feed']))).toEqual(feedNames);
  });
});

describe('an app that is told to end in the middle of its runs', () => {
  test('ends within four seconds, its pages saved, its leases given back and its Health rows written', async (context) => {
    const simulation = await simulate(context);
    simulation.ingestion.trouble({ kind: 'slow', ms: 100 });
    const { tookMs } = await fire(simulation, {}, saved(simulation, 20));
    expect(tookMs).toBeLessThan(4_000);
    const health = simulation.health();
    expect(new Set(health.map((row) => row['Feed']))).toEqual(feedNames);
    expect(health.filter((row) => row['CaughtUp'] === false).length).toBeGreaterThan(0);
    for (const { name } of feeds) {
      const { Cursor, LeaseUntil } = await simulation.checkpoint(name);
      expect({ name, hasCursor: typeof Cursor, LeaseUntil }).toEqual({
        name,
        hasCursor: 'string',
        LeaseUntil: undefined,
      });
    }
    await simulation.runUntilQuiet();
    for (const line of ledger(simulation.tenant, simulation.accepted.store, simulation.now())) {
      expect(line).toMatchObject({ rows: line.served, lost: 0, repeated: 0 });
    }
  });

  test('ends within four seconds also when Logs Ingestion hangs, its leases given back', async (context) => {
    const simulation = await simulate(context);
    simulation.ingestion.trouble({ kind: 'hang', after: 10 });
    const { tookMs } = await fire(simulation, {}, saved(simulation, 5));
    expect(tookMs).toBeLessThan(4_000);
    for (const { name } of feeds) expect((await simulation.checkpoint(name))['LeaseUntil']).toBeUndefined();
  });
});
