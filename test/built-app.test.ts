import { readdir } from 'node:fs/promises';
import { beforeEach, describe, expect, inject, onTestFinished, test } from 'vitest';
import { connectors } from '../functions/connectors.ts';
import { feeds } from '../functions/feeds/index.ts';
import { mimecastRejected } from '../functions/tables/mimecast-rejected.ts';
import { ledger } from '../local/ledger.ts';
import { fillPlainTenant } from '../local/mimecast/fill-plain-tenant.ts';
import { loadApp } from '../local/worker.ts';
import type { Seen } from './faults/requests.ts';
import { type Simulation, startSimulation } from './faults/simulation.ts';

const names = connectors.map(({ name }) => name);
const feedNames = feeds.map(({ name }) => name);

let simulation: Simulation;

beforeEach(async () => {
  simulation = await startSimulation();
  onTestFinished(() => simulation.close());
});

function fill(): void {
  fillPlainTenant(simulation.tenant, { seed: 1, now: simulation.now(), days: 1, perDay: 800 });
}

/** Fires functions (none: all) in a process. @returns its exit code, what it said and the requests at any server meanwhile */
async function run(settings: Readonly<Record<string, string>> = {}, functions: readonly string[] = []) {
  const seen: Seen[] = [];
  const unwatch = simulation.watch((each) => seen.push(each));
  const app = simulation.start(settings, functions);
  const code = await app.ended;
  unwatch();
  return { code, output: app.output, requests: seen.filter(({ when }) => when === 'asked') };
}

const countRows = () => feeds.map(({ table }) => [table.name, simulation.accepted.store.count(table.name)]);

describe('the built app', () => {
  test('is four files, and registers five timers with their schedules from a folder outside the repository', async () => {
    expect((await readdir(inject('dist'))).toSorted()).toEqual([
      'cut-thread.cjs',
      'host.json',
      'index.cjs',
      'package.json',
    ]);
    const app = await loadApp(inject('dist'));
    expect([...app.functions].map(([name, { schedule }]) => [name, schedule])).toEqual([
      ['Audit', '40 */10 * * * *'],
      ['Seg', '0 */5 * * * *'],
      ['Ttp', '10 */10 * * * *'],
      ['Awareness', '50 15 */6 * * *'],
      ['CloudIntegrated', '20 */5 * * * *'],
    ]);
  });

  test('lands every event once, rejects none, and sends no event again when nothing is new', async () => {
    fill();
    const first = await run();
    expect(first).toMatchObject({ code: 0 });
    expect(first.output).toEqual(expect.arrayContaining(names.map((name) => `${name} done`)));
    for (const { feed, table, served, rows, lost } of ledger(
      simulation.tenant,
      simulation.accepted.store,
      simulation.now(),
    )) {
      const ids = new Set([...simulation.accepted.store.rows(table)].map(({ row }) => row['EventId']));
      expect({ feed, rows, ids: ids.size, lost }).toEqual({ feed, rows: served, ids: served, lost: 0 });
    }
    expect(simulation.accepted.store.count(mimecastRejected.name)).toBe(0);
    expect(simulation.health().map((row) => row['Feed'])).toHaveLength(feeds.length);

    const before = countRows();
    simulation.advance(60_000);
    const second = await run();
    expect(second).toMatchObject({ code: 0 });
    expect(countRows()).toEqual(before);
    const streams = second.requests
      .filter(({ at }) => at === 'ingestion')
      .map(({ url }) => /Custom-(\w+)/.exec(url)?.[1]);
    expect(new Set(streams)).toEqual(new Set(['Mimecast_Health_CL']));
    const quiet = simulation.health().slice(feeds.length);
    expect(new Set(quiet.map((row) => row['Feed']))).toEqual(new Set(feedNames));
    expect(quiet).toHaveLength(feeds.length);
    for (const row of quiet) expect(row).toMatchObject({ CaughtUp: true, RowsSent: 0, Fault: '' });
  });

  test('runs only the connectors that are on; the others return at once, without a Health row', async () => {
    fill();
    const { code, output, requests } = await run({ CONNECTORS: 'audit' });
    expect(code).toBe(0);
    expect(output).toEqual(expect.arrayContaining(names.map((name) => `${name} done`)));
    expect(simulation.health().map((row) => row['Feed'])).toEqual(['Audit']);
    const paths = requests.filter(({ at }) => at === 'tenant').map(({ url }) => url.split('?')[0]);
    expect(new Set(paths)).toEqual(new Set(['/oauth/token', '/api/audit/get-audit-events']));
  });
});

describe('a wrong setting', () => {
  test.for([
    ['RUN_BUDGET_SECONDS', '0'],
    ['CHECKPOINT_STORAGE', 'mimecastlocal'],
    ['LOGS_INGESTION', '[]'],
    ['KEY_VAULT_URL', ''],
  ] as const)('%s=%s fails every invocation by its name, and nothing is touched', async ([name, value]) => {
    fill();
    const { code, output, requests } = await run({ [name]: value });
    expect(code).toBe(1);
    expect(output.filter((line) => line.includes(' failed: '))).toHaveLength(names.length);
    expect(output.join('\n')).toContain(`\n${name} `);
    expect(requests).toEqual([]);
  });

  test('for one schedule fails that function alone', async () => {
    fill();
    const { code, output } = await run({ AUDIT_SCHEDULE: 'every hour' }, ['Audit', 'CloudIntegrated']);
    expect(code).toBe(1);
    expect(output.find((line) => line.startsWith('Audit failed: '))).toContain('AUDIT_SCHEDULE');
    expect(output).toContain('CloudIntegrated done');
    expect(simulation.health().map((row) => row['Feed'])).toEqual(['CloudIntegrated']);
  });
});

describe('what Mimecast refuses', () => {
  test('a product without licence fails nothing: its Health row names what to grant, the other feeds go on', async () => {
    fill();
    simulation.tenant.unlicense('securityevents');
    const { code } = await run();
    expect(code).toBe(0);
    const rows = Map.groupBy(simulation.health(), (row) => row['Fault']);
    const unlicensed = ['SegDlp', 'TtpUrl', 'TtpAttachment', 'TtpImpersonation'];
    expect(new Set(rows.get('denied')?.map((row) => row['Feed']))).toEqual(new Set(unlicensed));
    for (const row of rows.get('denied') ?? []) expect(row['Message']).toMatch(/Grant the application: \w+/);
    expect(rows.get('')).toHaveLength(feeds.length - unlicensed.length);
    for (const row of rows.get('') ?? []) expect(row).toMatchObject({ CaughtUp: true });
    for (const { feed, served, rows: landed } of ledger(
      simulation.tenant,
      simulation.accepted.store,
      simulation.now(),
    )) {
      expect([feed, landed]).toEqual([feed, unlicensed.includes(feed) ? 0 : served]);
    }
  });

  test('wrong credentials fail every invocation and say what to check', async () => {
    fill();
    simulation.vault.set('mimecast-client-secret', 'not-the-secret');
    const { code, output } = await run();
    expect(code).toBe(1);
    const failed = output.filter((line) => line.includes(' failed: '));
    expect(failed).toHaveLength(names.length);
    for (const line of failed) expect(line).toMatch(/Check mimecast-client-id and mimecast-client-secret/);
    expect(simulation.health().map((row) => row['Fault'])).toEqual(feeds.map(() => 'denied'));
  });
});
