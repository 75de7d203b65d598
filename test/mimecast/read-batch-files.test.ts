import { gzipSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import { segCg } from '../../functions/feeds/seg-cg.ts';
import type { TroubleKind } from '../../local/mimecast/tenant.ts';
import { idsOf, someEvents } from './batch-events.ts';
import { batchCursor, repeated, stage, type StageOptions } from './stage.ts';

const minuteMs = 60_000;

/** Files `a`, `b` and so on of three events each, and the names the tenant gave them. */
async function withFiles(names: string, options: StageOptions = {}) {
  const staged = await stage(options);
  const paths = new Map<string, string>();
  for (const name of Array.from(names)) {
    paths.set(name, staged.tenant.addFile('SegCg', { events: someEvents(name, 3) }));
  }
  const spoil = (name: string, kind: TroubleKind, times = Infinity): void => {
    staged.tenant.trouble({ at: 'files', kind, times, file: paths.get(name) });
  };
  const runAfter = async (minutes: number) => {
    staged.clock.advance(minutes * minuteMs);
    return staged.run(segCg);
  };
  return { ...staged, paths, spoil, runAfter };
}

const eventsOf = (names: string): readonly string[] => Array.from(names).flatMap((name) => idsOf(name, 3));

const deadly: readonly (readonly [TroubleKind, RegExp])[] = [
  ['linkExpired', /its link answered 403/],
  ['linkMissing', /its link answered 404/],
  ['emptyBody', /the body is empty where the listing says \d+ bytes/],
  ['cutGzip', /no whole gzip \(unexpected end of file\)/],
  ['corruptGzip', /no whole gzip/],
  ['wrongChecksum', /no whole gzip \(incorrect data check\)/],
  ['notGzip', /no whole gzip \(incorrect header check\)/],
];
const passing: readonly TroubleKind[] = [
  'status500',
  'status502',
  'status503',
  'status504',
  'throttledBare',
  'resetBefore',
  'resetMidway',
];

describe('a file that fails', () => {
  test.each(deadly)('once or twice (%s) is read in the same run with the link of a new listing', async (kind) => {
    for (const times of [1, 2]) {
      const { run, landed, spoil, tenant } = await withFiles('abc');
      spoil('b', kind, times);
      const { error, health } = await run(segCg);
      expect(error).toBeUndefined();
      expect(health).toMatchObject({ CaughtUp: true, EventsRead: 9, Rejected: 0 });
      expect(landed(segCg)).toEqual(eventsOf('acb'));
      expect(tenant.requests.cgBatch).toBe(1 + times);
    }
  });

  test.each(deadly)(
    'for ever (%s) is set aside, then given up after three runs and 30 minutes',
    async (kind, reason) => {
      const { landed, lost, rejected, spoil, runAfter, paths, tenant } = await withFiles('abcd', { pageCap: 3 });
      spoil('b', kind);
      for (const minutes of [0, 5, 5, 15]) {
        const { health } = await runAfter(minutes);
        expect(health).toMatchObject({ Fault: 'expired', CaughtUp: false, Rejected: 0 });
        expect(health['Message']).toMatch(reason);
        expect(landed(segCg)).toEqual(eventsOf('ac'));
      }
      const { health } = await runAfter(5);
      expect(health).toMatchObject({ Fault: '', CaughtUp: true, Rejected: 1 });
      expect(rejected()).toEqual([
        expect.objectContaining({ Feed: 'SegCg', Source: paths.get('b'), Reason: expect.stringMatching(reason) }),
      ]);
      expect(landed(segCg)).toEqual(eventsOf('acd'));
      expect(lost(segCg)).toEqual(eventsOf('b'));
      tenant.calm();
      await runAfter(5);
      expect(landed(segCg)).toEqual(eventsOf('acd'));
    },
  );

  test('needs three runs to be given up, however much time has passed', async () => {
    const { rejected, spoil, runAfter } = await withFiles('ab');
    spoil('a', 'linkMissing');
    for (const minutes of [0, 24 * 60]) expect((await runAfter(minutes)).health).toMatchObject({ Fault: 'expired' });
    expect(rejected()).toEqual([]);
    expect((await runAfter(5)).health).toMatchObject({ Fault: '', Rejected: 1 });
  });

  test('is tried three times in a run, and asked for no more after it was given up', async () => {
    const { spoil, runAfter, tenant } = await withFiles('ab');
    spoil('a', 'linkMissing');
    await runAfter(0);
    expect(tenant.requests.files).toBe(4);
    await runAfter(20);
    await runAfter(20);
    expect(tenant.requests.files).toBe(10);
    expect((await runAfter(20)).health).toMatchObject({ Fault: '', CaughtUp: true });
    expect(tenant.requests.files).toBe(10);
  });

  test('alone in its listing counts as well', async () => {
    const { rejected, spoil, runAfter } = await withFiles('a');
    spoil('a', 'corruptGzip');
    for (const minutes of [0, 20, 20]) await runAfter(minutes);
    expect(rejected()).toHaveLength(1);
  });

  test('is read after all when it heals before it is given up', async () => {
    const { landed, rejected, spoil, runAfter, tenant, checkpoints } = await withFiles('ab');
    spoil('a', 'wrongChecksum');
    for (const minutes of [0, 10]) await runAfter(minutes);
    tenant.calm();
    expect((await runAfter(60)).health).toMatchObject({ Fault: '', CaughtUp: true });
    expect(landed(segCg)).toEqual(eventsOf('ba'));
    expect(rejected()).toEqual([]);
    expect(batchCursor(checkpoints.cursor('SegCg')).failed).toEqual({});
  });

  test('keeps the rows that were read of it, and says how many lines they were', async () => {
    const { run, tenant, landed, rejected, clock } = await stage();
    const lines = someEvents('big', 3000, 400).map((event) => JSON.stringify(event));
    const body = gzipSync(lines.join('\n'), { level: 0 });
    const name = tenant.addFile('SegCg', { body: body.subarray(0, body.length / 2), size: body.length });
    tenant.addFile('SegCg', { events: someEvents('b', 3) });
    for (let n = 0; n < 3; n++) {
      await run(segCg);
      clock.advance(20 * minuteMs);
    }
    const read = landed(segCg).filter((id) => id.startsWith('big'));
    expect(read.length).toBeGreaterThan(1000);
    expect(repeated(landed(segCg))).toEqual([]);
    expect(landed(segCg)).toContain('b-2');
    const reason = expect.stringContaining(`after ${read.length} lines`);
    expect(rejected()).toEqual([expect.objectContaining({ Source: name, Reason: reason })]);
  });

  test('does not hide a second one', async () => {
    const { landed, rejected, spoil, runAfter } = await withFiles('abcd');
    spoil('a', 'linkMissing');
    spoil('c', 'notGzip');
    await runAfter(0);
    expect((await runAfter(5)).health['Message']).toMatch(/2 files .*404.*no whole gzip/);
    for (const minutes of [20, 20]) await runAfter(minutes);
    expect(rejected()).toHaveLength(2);
    expect(landed(segCg)).toEqual(eventsOf('bd'));
  });
});

describe('a host of files that is ill', () => {
  test.each(deadly.map(([kind]) => kind))(
    'is not taken for dead files where all of a listing fail (%s)',
    async (kind) => {
      const { landed, rejected, spoil, runAfter, tenant } = await withFiles('ab');
      for (const name of ['a', 'b']) spoil(name, kind);
      for (let n = 0; n < 8; n++) expect((await runAfter(30)).health).toMatchObject({ Fault: 'expired', Rejected: 0 });
      tenant.calm();
      expect((await runAfter(30)).health).toMatchObject({ Fault: '', CaughtUp: true });
      expect(landed(segCg)).toEqual(eventsOf('ab'));
      expect(rejected()).toEqual([]);
    },
  );

  test.each(passing)('makes its files wait, never dead (%s)', async (kind) => {
    const { landed, rejected, spoil, runAfter, tenant, checkpoints } = await withFiles('abc');
    spoil('b', kind);
    for (let n = 0; n < 6; n++)
      expect((await runAfter(30)).health).toMatchObject({ Fault: 'unavailable', Rejected: 0 });
    expect(batchCursor(checkpoints.cursor('SegCg')).failed).toEqual({});
    tenant.calm();
    expect((await runAfter(30)).health).toMatchObject({ Fault: '', CaughtUp: true });
    expect(landed(segCg).toSorted()).toEqual(eventsOf('abc'));
    expect(rejected()).toEqual([]);
  });

  test.each(passing)('is asked again in the same run, and a page in hand is not held back (%s)', async (kind) => {
    const { run, landed, spoil } = await withFiles('abc');
    spoil('b', kind, 3);
    expect((await run(segCg)).health).toMatchObject({ Fault: '', CaughtUp: true });
    expect(landed(segCg)).toEqual(eventsOf('abc'));
  });

  test.each(['hang', 'hangMidway'] as const)('that goes silent (%s) makes its file wait too', async (kind) => {
    const { run, landed, spoil, tenant } = await withFiles('abc', { timeoutMs: 40 });
    spoil('b', kind);
    expect((await run(segCg)).health).toMatchObject({ Fault: 'unavailable' });
    tenant.calm();
    await run(segCg);
    expect(landed(segCg)).toEqual(eventsOf('abc'));
  });
});

describe('a link', () => {
  test('that ended while the reader was busy is asked for anew', async () => {
    const { run, landed, clock, tenant } = await stage({ linkLifeMs: 1000 });
    for (const name of ['a', 'b', 'c']) tenant.addFile('SegCg', { events: someEvents(name, 3), size: null });
    tenant.trouble({ at: 'files', kind: 'status503', times: 1 });
    const began = clock.now();
    expect((await run(segCg)).health).toMatchObject({ Fault: '', CaughtUp: true });
    expect(clock.now() - began).toBe(1000);
    expect(landed(segCg).toSorted()).toEqual(eventsOf('abc'));
  });

  test('that is listed no more leads to Rejected for the file that was begun', async () => {
    const { run, landed, clock, checkpoints, rejected } = await withFiles('a');
    const cursor = {
      kind: 'batch',
      listing: { from: '2026-01-14' },
      done: [],
      failed: {},
      file: '/gone.json.gz',
      line: 7,
    } as const;
    checkpoints.put('SegCg', { cursor, savedAt: clock.now() });
    for (const minutes of [0, 20]) {
      clock.advance(minutes * minuteMs);
      expect((await run(segCg)).health).toMatchObject({
        Fault: 'expired',
        Message: expect.stringContaining('listed no more'),
      });
    }
    clock.advance(20 * minuteMs);
    expect((await run(segCg)).health).toMatchObject({ Fault: '', CaughtUp: true });
    const reason = 'the file stayed unreadable after 7 lines: it is listed no more';
    expect(rejected()).toEqual([expect.objectContaining({ Source: '/gone.json.gz', Reason: reason })]);
    expect(landed(segCg)).toEqual(eventsOf('a'));
  });
});
