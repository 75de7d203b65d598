import { describe, expect, test } from 'vitest';
import type { Page } from '../../functions/collect/page.ts';
import type { Checkpoint } from '../../functions/collect/ports.ts';
import { awarenessPerformanceDetails } from '../../functions/feeds/awareness-performance-details.ts';
import { awarenessUserData } from '../../functions/feeds/awareness-user-data.ts';
import { contentOf } from '../fakes/bodies.ts';
import { testRun } from './run.ts';
import { repeated, stage, type StageOptions } from './stage.ts';

const hourMs = 3_600_000;
const performance = awarenessPerformanceDetails;
const userData = awarenessUserData;
const people = (count: number, campaign = '') =>
  Array.from({ length: count }, (_, n) => ({ email: `u${n}${campaign}@example.com`, name: `User ${n}` }));

/** Five users on pages of two, at noon. */
async function withUsers(options: StageOptions = {}) {
  const staged = await stage({ pageCap: 2, ...options });
  staged.tenant.add('AwarenessPerformanceDetails', people(5));
  return staged;
}

/** Five campaigns of three users each, campaigns and users on pages of two; the third campaign has no users. */
async function withCampaigns(options: StageOptions = {}) {
  const staged = await stage({ pageCap: 2, ...options });
  for (const id of ['c1', 'c2', 'c3', 'c4', 'c5']) {
    staged.tenant.addCampaign(
      { id, name: `Campaign ${id}`, launchDate: '2026-01-01T00:00:00+0000' },
      id === 'c3' ? [] : people(3, id),
    );
  }
  return staged;
}

/** All pages of a reading, or the first ones, as if it was stopped behind them. */
async function take(pages: AsyncGenerator<Page>, count = Infinity): Promise<readonly Page[]> {
  const taken: Page[] = [];
  for await (const page of pages) if (taken.push(page) === count) break;
  return taken;
}

const behind = (pages: readonly Page[], now: number): Checkpoint => {
  const last = pages.at(-1);
  if (!last) throw new Error('There is no page.');
  return { cursor: last.next, savedAt: now };
};
const emailsIn = (pages: readonly Page[]): readonly string[] =>
  pages.flatMap((page) => contentOf(page).events.map(({ email }) => JSON.stringify(email)));

describe('the snapshot reader', () => {
  test('takes a day once, and the next day anew', async () => {
    const { run, rows, tenant, clock } = await withUsers();
    expect((await run(performance)).health).toMatchObject({ Fault: '', CaughtUp: true, RowsSent: 5 });
    expect(tenant.requests.performance).toBe(3);
    clock.advance(11 * hourMs);
    expect((await run(performance)).health).toMatchObject({ Fault: '', CaughtUp: true, EventsRead: 0 });
    expect(tenant.requests.performance).toBe(3);
    clock.advance(2 * hourMs);
    expect((await run(performance)).health).toMatchObject({ Fault: '', CaughtUp: true, RowsSent: 5 });
    const times = new Set(rows(performance).map(({ EventTime }) => EventTime));
    expect([...times]).toEqual(['2026-01-15T12:00:00.000Z', '2026-01-16T01:00:00.000Z']);
    expect(new Set(rows(performance).map(({ EventId }) => EventId)).size).toBe(10);
  });

  test('is content with an empty product', async () => {
    const { run } = await stage();
    for (const feed of [performance, userData]) {
      expect((await run(feed)).health).toMatchObject({ Fault: '', CaughtUp: true, EventsRead: 0 });
    }
  });

  test.each([1, 2])('goes on behind page %i without asking for it again', async (count) => {
    const { read, tenant, clock } = await withUsers();
    const first = await take(read(performance, undefined, testRun({ clock })), count);
    clock.advance(6 * hourMs);
    const rest = await take(read(performance, behind(first, clock.now()), testRun({ clock })));
    expect(repeated(emailsIn([...first, ...rest]))).toEqual([]);
    expect(emailsIn([...first, ...rest])).toHaveLength(5);
    expect(tenant.requests.performance).toBe(3);
    expect(new Set([...first, ...rest].map(({ takenAt }) => takenAt?.toISOString()))).toEqual(
      new Set(['2026-01-15T12:00:00.000Z']),
    );
  });

  test('finishes a day under that day, and then takes today', async () => {
    const { read, clock } = await withUsers();
    const first = await take(read(performance, undefined, testRun({ clock })), 1);
    clock.advance(24 * hourMs);
    const rest = await take(read(performance, behind(first, clock.now()), testRun({ clock })));
    const days = [...first, ...rest].map((page) => [
      page.takenAt?.toISOString().slice(8, 10),
      contentOf(page).events.length,
    ]);
    expect(days).toEqual([
      ['15', 2],
      ['15', 2],
      ['15', 1],
      ['16', 2],
      ['16', 2],
      ['16', 1],
    ]);
    expect(rest.map(({ caughtUp }) => caughtUp)).toEqual([false, false, false, false, true]);
  });

  test('that runs over midnight takes the new day too', async () => {
    const { read, clock } = await withUsers();
    clock.advance(12 * hourMs - 1000);
    const pages = [];
    for await (const page of read(performance, undefined, testRun({ clock }))) {
      pages.push(page);
      if (pages.length === 2) clock.advance(2000);
    }
    expect(pages.map(({ takenAt }) => takenAt?.toISOString().slice(8, 10))).toEqual([
      '15',
      '15',
      '15',
      '16',
      '16',
      '16',
    ]);
  });

  test('starts again as today when its page token has expired', async () => {
    const { read, run, rows, checkpoints, tenant, clock } = await withUsers();
    const first = await take(read(performance, undefined, testRun({ clock })), 1);
    clock.advance(24 * hourMs);
    checkpoints.put(performance.name, behind(first, clock.now()));
    tenant.trouble({ at: 'performance', kind: 'expiredToken' });
    const { health } = await run(performance);
    expect(health).toMatchObject({ Fault: '', CaughtUp: true, Message: expect.stringContaining('taken again') });
    expect(rows(performance).map(({ EventTime }) => EventTime)).toEqual(
      Array<string>(5).fill('2026-01-16T12:00:00.000Z'),
    );
  });

  test.each(['expiredToken', 'expiredTokenInOk'] as const)(
    'ends after two restarts when tokens are never taken (%s)',
    async (kind) => {
      const { run, rows, landed, tenant, clock } = await withUsers();
      tenant.trouble({ at: 'performance', kind, times: Infinity });
      expect((await run(performance)).health).toMatchObject({ Fault: 'expired', RowsSent: 6 });
      tenant.calm();
      clock.advance(hourMs);
      expect((await run(performance)).health).toMatchObject({ Fault: '', CaughtUp: true });
      expect(new Set(landed(performance)).size).toBe(5);
      expect(new Set(rows(performance).map(({ EventId }) => EventId)).size).toBe(5);
    },
  );

  test('takes nothing again that it saved, when a page in the middle fails', async () => {
    const { run, landed, tenant, clock } = await withUsers();
    tenant.trouble({ at: 'performance', kind: 'status503', times: 4, after: 1 });
    expect((await run(performance)).health).toMatchObject({ Fault: 'unavailable', RowsSent: 2 });
    clock.advance(hourMs);
    expect((await run(performance)).health).toMatchObject({ Fault: '', CaughtUp: true, RowsSent: 3 });
    expect(repeated(landed(performance))).toEqual([]);
  });
});

describe('a snapshot by campaigns', () => {
  test('has every user of every campaign, with its name and launch on each row', async () => {
    const { run, rows, landed, tenant } = await withCampaigns();
    expect((await run(userData)).health).toMatchObject({ Fault: '', CaughtUp: true, RowsSent: 12 });
    expect(landed(userData)).toEqual(
      ['c1', 'c2', 'c4', 'c5'].flatMap((id) => people(3, id).map(({ email }) => `${id} ${email}`)),
    );
    expect(rows(userData)[0]).toMatchObject({
      campaignId: 'c1',
      campaignName: 'Campaign c1',
      campaignLaunchDate: '2026-01-01T00:00:00.000Z',
    });
    expect([tenant.requests.campaigns, tenant.requests.userData]).toEqual([3, 9]);
  });

  test('goes on at the campaign and the page, wherever it was stopped', async () => {
    const all = await withCampaigns();
    const pages = await take(all.read(userData, undefined, testRun({ clock: all.clock })));
    expect(pages.length).toBeGreaterThanOrEqual(9);
    for (let count = 1; count < pages.length; count++) {
      const { read, tenant, clock } = await withCampaigns();
      const first = await take(read(userData, undefined, testRun({ clock })), count);
      const rest = await take(read(userData, behind(first, clock.now()), testRun({ clock })));
      expect(emailsIn([...first, ...rest])).toEqual(emailsIn(pages));
      // A reader that is stopped may have asked for one page ahead of the last one taken.
      expect(tenant.requests.userData).toBeLessThanOrEqual(10);
    }
  });

  test('goes on from the first campaign of the page when the one it stood at is gone', async () => {
    const { read, run, checkpoints, clock, tenant, landed } = await withCampaigns();
    const pages = await take(read(userData, undefined, testRun({ clock })), 1);
    const { cursor } = behind(pages, clock.now());
    const moved = cursor.kind === 'snapshot' ? { ...cursor, campaigns: { id: 'gone' } } : cursor;
    checkpoints.put(userData.name, { cursor: moved, savedAt: clock.now() });
    expect((await run(userData)).health).toMatchObject({ Fault: '', CaughtUp: true, RowsSent: 12 });
    expect(new Set(landed(userData)).size).toBe(12);
    expect(tenant.requests.userData).toBeLessThanOrEqual(10);
  });

  test.each(['campaigns', 'userData'] as const)('starts again as today when a token of %s has expired', async (at) => {
    const { run, lost, rows, tenant } = await withCampaigns();
    tenant.trouble({ at, kind: 'expiredToken' });
    expect((await run(userData)).health).toMatchObject({ Fault: '', CaughtUp: true });
    expect(lost(userData)).toEqual([]);
    expect(new Set(rows(userData).map(({ EventId }) => EventId)).size).toBe(12);
  });

  test.each(['campaigns', 'userData'] as const)(
    'keeps what it has when %s are refused, and says what to grant',
    async (at) => {
      const { run, lost, landed, tenant } = await withCampaigns();
      tenant.trouble({ at, kind: 'forbidden', after: 1 });
      const { health } = await run(userData);
      expect(health).toMatchObject({
        Fault: 'denied',
        CaughtUp: false,
        Message: expect.stringContaining('Dashboard | Read'),
      });
      expect((await run(userData)).health).toMatchObject({ Fault: '', CaughtUp: true });
      expect(lost(userData)).toEqual([]);
      expect(repeated(landed(userData))).toEqual([]);
    },
  );
});
