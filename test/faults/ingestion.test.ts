import { afterAll, beforeAll, beforeEach, describe, expect, onTestFinished, test } from 'vitest';
import type { Ingestion } from '../../local/sentinel/ingestion.ts';
import { feeds } from '../../functions/feeds/index.ts';
import { tables } from '../../functions/tables/index.ts';
import { plainEvents } from '../../local/mimecast/plain-events.ts';
import { type Stage, stage } from '../local/azure/stage.ts';
import { type InProcess, startInProcess } from './in-process.ts';

type Trouble = Parameters<Ingestion['trouble']>[0];

const hourMs = 3_600_000;

let set: Stage;
let app: InProcess;

beforeAll(async () => {
  set = await stage();
});
afterAll(async () => set.identity.close());
beforeEach(async () => {
  app = await startInProcess(set, { pageCap: 40 });
  onTestFinished(() => app.close());
  app.fill(1_000);
});

/** That every event has landed under one id, however often. */
function expectAll(): void {
  for (const { feed, served, lost, rows, repeated } of app.ledger()) {
    expect({ feed, lost, ids: rows - repeated }).toEqual({ feed, lost: 0, ids: served });
  }
}

async function allArrives(): Promise<void> {
  await app.ingestion.calm();
  app.clock.advance(60_000);
  await app.runUntilQuiet();
  expectAll();
  expect(app.rule.violations).toEqual([]);
  expect(app.ingestion.losses()).toEqual([]);
}

describe('Logs Ingestion', () => {
  // A body is tried four times, so that three failures at each table are survived whichever bodies they meet.
  const survived: readonly { readonly what: string; readonly trouble: Trouble }[] = [
    {
      what: 'throttles every other call, and says how long',
      trouble: { kind: 'throttled', every: 2, retryAfterSeconds: 7 },
    },
    { what: 'throttles every other call', trouble: { kind: 'throttled', every: 2 } },
    { what: 'fails now and then', trouble: { kind: 'status500', times: 3 } },
    { what: 'calls bodies too large', trouble: { kind: 'tooLarge', times: 3 } },
    { what: 'is slow', trouble: { kind: 'slow', ms: 30 } },
    { what: 'cuts connections', trouble: { kind: 'resetBefore', times: 3 } },
    { what: 'cuts connections when it has accepted', trouble: { kind: 'resetAfterAccept', times: 3 } },
    { what: 'is busy when it has accepted', trouble: { kind: 'busyAfterAccept', times: 3 } },
  ];
  test.for(survived)('$what: the run gets everything through', async ({ trouble }) => {
    for (const { name } of tables) app.ingestion.trouble({ ...trouble, table: name });
    const errors = await app.run({ budgetMs: hourMs });
    expect([...errors.values()].filter((error) => error !== undefined)).toEqual([]);
    expectAll();
    await allArrives();
  });

  const stopped: readonly { readonly what: string; readonly trouble: Trouble; readonly fault: string }[] = [
    { what: 'calls every body too large, tiny ones too', trouble: { kind: 'tooLarge' }, fault: 'unavailable' },
    {
      what: 'throttles longer than a run lasts',
      trouble: { kind: 'throttled', retryAfterSeconds: 300 },
      fault: 'throttled',
    },
    { what: 'throttles without end', trouble: { kind: 'throttled' }, fault: 'throttled' },
    { what: 'fails every call', trouble: { kind: 'status502' }, fault: 'unavailable' },
    { what: 'refuses the identity', trouble: { kind: 'forbidden' }, fault: 'unavailable' },
    { what: 'refuses the token', trouble: { kind: 'unauthorized' }, fault: 'denied' },
    { what: 'cuts every connection', trouble: { kind: 'resetBefore' }, fault: 'unavailable' },
    { what: 'is down', trouble: { kind: 'down' }, fault: 'unavailable' },
  ];
  test.for(stopped)('$what: no cursor passes a row, and all arrives once it is over', async ({ trouble, fault }) => {
    app.ingestion.trouble(trouble);
    // One after the other: side by side, a feed that waits would move the clock past the deadline of one that has read nothing yet.
    for (const { name } of feeds) expect((await app.run({ only: [name] })).get(name)?.fault).toBe(fault);
    expect(app.rule.pagesSaved).toBe(0);
    await allArrives();
  });

  test('accepts and cuts every connection: nothing is saved, and rows that come again have the ids they had', async () => {
    app.ingestion.trouble({ kind: 'resetAfterAccept' });
    await app.run();
    expect(app.rule.pagesSaved).toBe(0);
    expect(app.ingestion.totals.rows).toBeGreaterThan(0);
    await allArrives();
  });

  test('hangs: the run is given up when it has to end, and no cursor passes a row', async () => {
    const [stop, abort] = [new AbortController(), new AbortController()];
    app.ingestion.trouble({ kind: 'hang' });
    const running = app.run({ stop: stop.signal, abort: abort.signal });
    await expect.poll(() => app.ingestion.requests, { interval: 5 }).toBeGreaterThan(5);
    stop.abort();
    abort.abort();
    await running;
    expect(app.rule.pagesSaved).toBe(0);
    await allArrives();
  });
});

describe('a backlog of many bodies', () => {
  const table = 'Seg_Cg_CL';
  const only = ['SegCg'];

  beforeEach(() => {
    const now = app.clock.now();
    const events = plainEvents('SegCg', { seed: 'backlog', count: 30_000, from: now - hourMs, to: now - hourMs / 2 });
    for (let start = 0; start < events.length; start += 1_500) {
      app.tenant.addFile('SegCg', { events: events.slice(start, start + 1_500), availableAt: now });
    }
  });

  test('goes out in bodies that are nearly full and never over 1,000,000 bytes', async () => {
    expect((await app.run({ only })).get('SegCg')).toBeUndefined();
    const bytes = app.ingestion.bodies.filter((body) => body.table === table).map((body) => body.bytes);
    expect(bytes.length).toBeGreaterThan(20);
    expect(Math.max(...bytes)).toBeLessThanOrEqual(1_000_000);
    expect(bytes.reduce((sum, each) => sum + each, 0) / bytes.length).toBeGreaterThan(900_000);
    await allArrives();
  });

  test('of which a part is refused for a whole run waits at the page of the first refused one', async () => {
    app.ingestion.trouble({ kind: 'partial', every: 5, status: 403, table, after: 15 });
    expect((await app.run({ only })).get('SegCg')).toMatchObject({ fault: 'unavailable', code: 'dcr_forbidden' });
    expect(app.ingestion.totals.bodies).toBeGreaterThan(15);
    expect(app.rule.pagesSaved).toBeGreaterThan(0);
    expect(app.rule.violations).toEqual([]);
    const served = app.tenant.events('SegCg').length;
    expect(app.rule.store.count(table)).toBeLessThan(served);
    await allArrives();
    // What was accepted of the page came again with it.
    expect(app.rule.store.count(table)).toBeGreaterThan(served);
  });
});
