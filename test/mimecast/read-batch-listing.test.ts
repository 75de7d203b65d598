import { describe, expect, test } from 'vitest';
import { segCg } from '../../functions/feeds/seg-cg.ts';
import { idsOf, someEvents } from './batch-events.ts';
import { batchCursor, repeated, stage, type StageOptions } from './stage.ts';

const minuteMs = 60_000;
const dayMs = 86_400_000;

/** A tenant with files `a`, `b` and so on of three events each. */
async function withFiles(names: string, options: StageOptions = {}) {
  const staged = await stage(options);
  for (const name of Array.from(names)) staged.tenant.addFile('SegCg', { events: someEvents(name, 3) });
  return staged;
}

const eventsOf = (names: string): readonly string[] => Array.from(names).flatMap((name) => idsOf(name, 3));

describe('the batch reader', () => {
  test('reads all pages of the listing in one run, in their order, and is caught up', async () => {
    const { run, landed, tenant } = await withFiles('abcde', { pageCap: 2 });
    expect((await run(segCg)).health).toMatchObject({ Fault: '', CaughtUp: true, EventsRead: 15, RowsSent: 15 });
    expect(landed(segCg)).toEqual(eventsOf('abcde'));
    expect(tenant.requests.cgBatch).toBe(3);
  });

  test('asks once more when caught up, gets the same token again, and later the new files alone', async () => {
    const { run, landed, tenant, checkpoints, clock } = await withFiles('ab');
    await run(segCg);
    const { listing } = batchCursor(checkpoints.cursor('SegCg'));
    for (let n = 0; n < 3; n++) expect((await run(segCg)).health).toMatchObject({ CaughtUp: true, EventsRead: 0 });
    expect(tenant.requests.cgBatch).toBe(4);
    expect(batchCursor(checkpoints.cursor('SegCg')).listing).toEqual(listing);
    clock.advance(5 * minuteMs);
    tenant.addFile('SegCg', { events: someEvents('c', 3) });
    await run(segCg);
    expect(landed(segCg)).toEqual(eventsOf('abc'));
  });

  test('reads what stands beside a caught-up that came too early, and the rest in later runs', async () => {
    const { run, landed, tenant } = await withFiles('abcde', { pageCap: 2 });
    tenant.trouble({ at: 'cgBatch', kind: 'caughtUpWithData', times: 2 });
    expect((await run(segCg)).health).toMatchObject({ CaughtUp: true, EventsRead: 6 });
    await run(segCg);
    await run(segCg);
    expect(landed(segCg)).toEqual(eventsOf('abcde'));
  });

  test('follows the tokens of empty listings that are not caught up', async () => {
    const { run, landed, tenant } = await withFiles('ab');
    tenant.trouble({ at: 'cgBatch', kind: 'emptyNotCaughtUp', times: 4 });
    expect((await run(segCg)).health).toMatchObject({ CaughtUp: true, EventsRead: 6 });
    expect(landed(segCg)).toEqual(eventsOf('ab'));
    expect(tenant.requests.cgBatch).toBe(5);
  });

  test('lists again where the next token is missing, and reads each file once', async () => {
    const { run, landed, tenant, clock, checkpoints } = await withFiles('ab');
    tenant.trouble({ at: 'cgBatch', kind: 'noPagination', times: Infinity });
    expect((await run(segCg)).health).toMatchObject({ Fault: '', CaughtUp: true });
    clock.advance(5 * minuteMs);
    tenant.addFile('SegCg', { events: someEvents('c', 3) });
    await run(segCg);
    clock.advance(dayMs);
    tenant.addFile('SegCg', { events: someEvents('d', 3) });
    await run(segCg);
    clock.advance(2 * dayMs);
    const e = tenant.addFile('SegCg', { events: someEvents('e', 3) });
    await run(segCg);
    clock.advance(dayMs);
    await run(segCg);
    // What is listed no more need not be remembered.
    expect(batchCursor(checkpoints.cursor('SegCg')).done).toEqual([e]);
    tenant.calm();
    await run(segCg);
    expect(landed(segCg)).toEqual(eventsOf('abcde'));
  });

  test('reads a file once that is listed twice on a page', async () => {
    const { run, landed, tenant } = await withFiles('ab');
    tenant.trouble({ at: 'cgBatch', kind: 'duplicateUrl', times: Infinity });
    await run(segCg);
    expect(landed(segCg)).toEqual(eventsOf('ab'));
  });

  test('gives events that come again in another file the same id', async () => {
    const { run, rows, landed, tenant, clock } = await withFiles('ab');
    tenant.trouble({ at: 'cgBatch', kind: 'repeatedEvents' });
    await run(segCg);
    clock.advance(5 * minuteMs);
    await run(segCg);
    expect(landed(segCg)).toEqual(eventsOf('abab'));
    expect(new Set(rows(segCg).map(({ EventId }) => EventId)).size).toBe(6);
  });

  test.each(['nullData', 'html', 'cutJson'] as const)(
    'passes no file by when a listing is spoilt by %s',
    async (kind) => {
      for (const times of [1, Infinity]) {
        const { run, lost, landed, tenant, clock } = await withFiles('abcd', { pageCap: 2 });
        tenant.trouble({ at: 'cgBatch', kind, times, after: 1 });
        for (let n = 0; n < 3; n++) {
          await run(segCg);
          clock.advance(5 * minuteMs);
        }
        tenant.calm();
        expect((await run(segCg)).health).toMatchObject({ Fault: '', CaughtUp: true });
        expect(lost(segCg)).toEqual([]);
        expect(repeated(landed(segCg))).toEqual([]);
      }
    },
  );

  test('keeps below the quota of the listing, and goes on where it stopped', async () => {
    const { run, landed, clock, tenant } = await withFiles(
      'abcdefghijklmnopqrstuvwxyz0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ',
      { pageCap: 1 },
    );
    expect((await run(segCg)).health).toMatchObject({ Fault: 'throttled', EventsRead: 150, CaughtUp: false });
    expect(tenant.requests.cgBatch).toBe(50);
    clock.advance(13 * minuteMs);
    const { health } = await run(segCg);
    expect(health).toMatchObject({ Fault: '', CaughtUp: true, ThrottledMs: 2 * minuteMs });
    expect(landed(segCg)).toHaveLength(62 * 3);
    expect(repeated(landed(segCg))).toEqual([]);
  });
});

describe('a cursor that is refused', () => {
  test('makes the listing start again from its day, says so, and sends the same ids', async () => {
    const { run, rows, lost, landed, tenant, checkpoints, clock } = await withFiles('abc', { pageCap: 2 });
    await run(segCg);
    clock.advance(5 * minuteMs);
    tenant.addFile('SegCg', { events: someEvents('d', 3) });
    tenant.trouble({ at: 'cgBatch', kind: 'expiredToken' });
    const { error, health } = await run(segCg);
    expect(error).toBeUndefined();
    expect(health).toMatchObject({ CaughtUp: true, Message: expect.stringContaining('listing again from 2026-01-14') });
    expect(lost(segCg)).toEqual([]);
    expect(landed(segCg)).toEqual(eventsOf('abcabcd'));
    expect(new Set(rows(segCg).map(({ EventId }) => EventId)).size).toBe(12);
    expect(batchCursor(checkpoints.cursor('SegCg')).listing.token).toBeDefined();
  });

  test.each(['expiredToken', 'expiredTokenInOk'] as const)(
    'for ever (%s) ends the run after two restarts',
    async (kind) => {
      const { run, lost, landed, tenant, clock } = await withFiles('abcd', { pageCap: 2 });
      tenant.trouble({ at: 'cgBatch', kind, times: Infinity });
      expect((await run(segCg)).health).toMatchObject({ Fault: 'expired', CaughtUp: false });
      expect(landed(segCg)).toEqual(eventsOf('ababab'));
      clock.advance(5 * minuteMs);
      expect((await run(segCg)).health).toMatchObject({ Fault: 'expired' });
      tenant.calm();
      clock.advance(15 * minuteMs);
      expect((await run(segCg)).health).toMatchObject({ Fault: '', CaughtUp: true });
      expect(lost(segCg)).toEqual([]);
    },
  );

  test('that no Mimecast ever gave is replaced', async () => {
    const { run, lost, checkpoints, clock } = await withFiles('ab');
    const cursor = {
      kind: 'batch',
      listing: { from: '2026-01-14', token: 'unreadable' },
      done: [],
      failed: {},
      line: 0,
    } as const;
    checkpoints.put('SegCg', { cursor, savedAt: clock.now() });
    expect((await run(segCg)).error).toBeUndefined();
    expect(lost(segCg)).toEqual([]);
  });
});

describe('the days that Mimecast lists', () => {
  test('limit a start date 60 days ago, and the run says so', async () => {
    const { run, lost, tenant, clock } = await stage();
    tenant.addFile('SegCg', { events: someEvents('old', 3), availableAt: clock.now() - 6 * dayMs });
    const { error, health } = await run(segCg, { startDate: '2025-11-16' });
    expect(error).toBeUndefined();
    expect(health['Message']).toBe(
      'Mimecast lists 7 days of files: reading starts at 2026-01-08 instead of 2025-11-16.',
    );
    expect(lost(segCg)).toEqual([]);
  });

  test('are named when a feed was down for longer', async () => {
    const { run, landed, tenant, clock } = await withFiles('ab');
    await run(segCg);
    clock.advance(8 * dayMs + 3 * 3_600_000);
    tenant.addFile('SegCg', { events: someEvents('c', 3) });
    const { error, health } = await run(segCg);
    expect(error).toBeUndefined();
    expect(health['Message']).toContain('Not read between 2026-01-15T12:00:00.000Z and 2026-01-16T15:00:00.000Z');
    expect(landed(segCg)).toEqual(eventsOf('abc'));
    expect((await run(segCg)).health).toMatchObject({ Message: '' });
  });

  test('let a start date of today, and of a day to come, find what arrives from then on', async () => {
    for (const [startDate, found] of [
      ['2026-01-15', 'ab'],
      ['2026-01-17', 'b'],
    ] as const) {
      const { run, landed, tenant, clock } = await withFiles('a');
      expect((await run(segCg, { startDate })).error).toBeUndefined();
      clock.advance(3 * dayMs);
      tenant.addFile('SegCg', { events: someEvents('b', 3) });
      expect((await run(segCg, { startDate })).health).toMatchObject({ Fault: '', CaughtUp: true });
      expect(landed(segCg)).toEqual(eventsOf(found));
    }
  });
});
