import { afterAll, beforeAll, beforeEach, describe, expect, onTestFinished, test } from 'vitest';
import { feeds } from '../../functions/feeds/index.ts';
import { mimecastHealth } from '../../functions/tables/mimecast-health.ts';
import type { Tables } from '../../local/azure/tables.ts';
import { type Stage, stage } from '../local/azure/stage.ts';
import { type InProcess, startInProcess } from './in-process.ts';

type Trouble = Parameters<Tables['trouble']>[0];

const rowsPerPage = 40;
const hourMs = 3_600_000;
const budgetMs = 60_000;
/** A lease ends 30 s after its run's deadline. */
const leaseMs = budgetMs + 31_000;

let set: Stage;
let app: InProcess;

beforeAll(async () => {
  set = await stage();
});
afterAll(async () => set.identity.close());
beforeEach(async () => {
  app = await startInProcess(set, { pageCap: rowsPerPage });
  onTestFinished(() => app.close());
  app.fill(1_000);
});

/** That every event has landed, and where nothing may come again: once. */
function expectAll(isOnce: boolean): void {
  for (const { feed, served, lost, rows, repeated } of app.ledger()) {
    expect({ feed, lost, rows: isOnce ? rows : rows - repeated }).toEqual({ feed, lost: 0, rows: served });
  }
  expect(app.rule.violations).toEqual([]);
}

async function allArrives(isOnce: boolean): Promise<void> {
  await app.checkpoints.calm();
  app.clock.advance(leaseMs);
  await app.runUntilQuiet();
  expectAll(isOnce);
}

const countEventRows = () => feeds.reduce((sum, { table }) => sum + app.rule.store.count(table.name), 0);

describe('the checkpoint store', () => {
  // A write is tried four times, so that three failures at each entity are survived whichever writes they meet.
  const survived: readonly { readonly what: string; readonly trouble: Trouble }[] = [
    { what: 'answers 503', trouble: { kind: 'status503', times: 3 } },
    { what: 'is busy when it has written', trouble: { kind: 'busyAfterAccept', times: 3, writes: true } },
    { what: 'cuts connections', trouble: { kind: 'resetBefore', times: 3 } },
    {
      what: 'cuts connections when it has written',
      trouble: { kind: 'resetAfterAccept', times: 3, writes: true, after: 1 },
    },
    { what: 'throttles every other call', trouble: { kind: 'throttled', every: 2 } },
    { what: 'is slow', trouble: { kind: 'slow', ms: 30 } },
  ];
  test.for(survived)('$what: the run gets everything through, once', async ({ trouble }) => {
    for (const { name } of feeds) app.checkpoints.trouble({ ...trouble, entity: name });
    const errors = await app.run({ budgetMs: hourMs });
    expect([...errors.values()].filter((error) => error !== undefined)).toEqual([]);
    expectAll(true);
    await allArrives(true);
  });

  const stopped: readonly { readonly what: string; readonly trouble: Trouble; readonly fault: string }[] = [
    { what: 'answers 503 to all', trouble: { kind: 'status503' }, fault: 'unavailable' },
    { what: 'is down', trouble: { kind: 'down' }, fault: 'unavailable' },
    { what: 'refuses the identity', trouble: { kind: 'forbidden' }, fault: 'denied' },
  ];
  test.for(stopped)(
    '$what: without a lease no event is sent, and all arrives once it is over',
    async ({ trouble, fault }) => {
      app.checkpoints.trouble(trouble);
      const errors = await app.run({ budgetMs });
      expect(new Set([...errors.values()].map((error) => error?.fault))).toEqual(new Set([fault]));
      expect(countEventRows()).toBe(0);
      expect(app.rule.store.count(mimecastHealth.name)).toBe(feeds.length);
      await allArrives(true);
    },
  );

  const unsaved: readonly { readonly what: string; readonly trouble: Trouble }[] = [
    { what: 'takes no cursor', trouble: { kind: 'status503' } },
    { what: 'saves what it is given, but always says it is busy', trouble: { kind: 'busyAfterAccept' } },
    { what: 'cuts every connection when it has written', trouble: { kind: 'resetAfterAccept' } },
  ];
  test.for(unsaved)(
    '$what: after the first page nothing more is sent, and all arrives once it is over',
    async ({ trouble }) => {
      for (const { name } of feeds) app.checkpoints.trouble({ ...trouble, entity: name, writes: true, after: 1 });
      await app.run({ budgetMs });
      for (const { source, table } of feeds) {
        const rows = app.rule.store.count(table.name);
        expect(rows).toBeGreaterThan(0);
        expect(rows).toBeLessThanOrEqual(source.kind === 'batch' ? Infinity : rowsPerPage);
      }
      await allArrives(false);
    },
  );
});

test.for([1, 2, 3, 4, 5, 6])('a run that cannot save after %i writes sends at most one page again', async (after) => {
  for (const { name } of feeds) app.checkpoints.trouble({ kind: 'status503', entity: name, writes: true, after });
  await app.run({ budgetMs });
  await allArrives(false);
  // A batch feed's page is a whole listing here.
  const batch = feeds.filter(({ source }) => source.kind === 'batch').map(({ name }) => name);
  const paged = app.ledger().filter(({ feed }) => !batch.includes(feed));
  expect(paged.filter(({ repeated }) => repeated > rowsPerPage)).toEqual([]);
  expect(paged.some(({ repeated }) => repeated > 0)).toBe(true);
});

describe('a run that has lost its lease', () => {
  const only = ['TtpUrl'];

  test('because its time is over sends no further page', async () => {
    const errors = await app.run({ only, budgetMs, beforeSave: async () => app.clock.advance(leaseMs) });
    expect(errors.get('TtpUrl')).toMatchObject({ fault: 'superseded' });
    expect(app.rule.store.count('Ttp_Url_CL')).toBe(rowsPerPage);
    await allArrives(true);
  });

  test('to another run saves no cursor: the other one’s stands, and no event is lost', async () => {
    let cursor: unknown;
    const errors = await app.run({
      only,
      budgetMs,
      async beforeSave() {
        app.clock.advance(leaseMs);
        expect((await app.run({ only })).get('TtpUrl')).toBeUndefined();
        cursor = await app.cursor('TtpUrl');
      },
    });
    expect(errors.get('TtpUrl')).toMatchObject({ fault: 'superseded' });
    expect(cursor).toBeTypeOf('string');
    expect(await app.cursor('TtpUrl')).toBe(cursor);
    await allArrives(false);
  });

  test('leaves a feed alone while another run holds it', async () => {
    let other: unknown;
    const errors = await app.run({
      only,
      budgetMs,
      async beforeSave() {
        other = (await app.run({ only })).get('TtpUrl');
      },
    });
    expect(other).toMatchObject({ fault: 'superseded' });
    expect(errors.get('TtpUrl')).toBeUndefined();
    await allArrives(true);
  });
});
