import { describe, expect, test } from 'vitest';
import type { Feed } from '../../functions/collect/feed.ts';
import { feeds } from '../../functions/feeds/index.ts';
import { cloudIntegrated } from '../../functions/feeds/cloud-integrated.ts';
import { segCg } from '../../functions/feeds/seg-cg.ts';
import type { JsonObject } from '../../functions/tables/json.ts';
import { identityOfEvent } from '../../local/mimecast/identity.ts';
import { plainCampaign, plainEvents } from '../../local/mimecast/plain-events.ts';
import type { BatchFile, Tenant } from '../../local/mimecast/tenant.ts';
import { legacyTimeText } from '../../local/mimecast/times.ts';
import { tenantName } from '../fakes/feed-name.ts';
import { repeated, stage } from '../mimecast/stage.ts';
import { lostOf } from './mimecast-feeds.ts';
import { untilQuiet } from './mimecast-suffering.ts';

const minuteMs = 60_000;
const timeFields = ['timestamp', 'eventTime', 'date'];
const windowFeeds = feeds.filter(({ source }) => source.kind === 'window');
const eventFeeds = feeds.filter(({ source }) => source.kind !== 'snapshot');
const batchFeeds = [segCg, cloudIntegrated] as const;

/** Plausible events of a feed in the last minutes before a time. */
function someOf(feed: Feed, now: number, count = 3): readonly JsonObject[] {
  return plainEvents(tenantName(feed), { seed: now, count, from: now - 9 * minuteMs, to: now - 2 * minuteMs });
}

function add(tenant: Tenant, feed: Feed, events: readonly JsonObject[], availableAt?: number): void {
  const name = tenantName(feed);
  if (name === 'SegCg' || name === 'CloudIntegrated') tenant.addFile(name, { events, availableAt });
  else if (name === 'AwarenessUserData') tenant.addCampaign(plainCampaign(1, 1, 0), events);
  else tenant.add(name, events, availableAt);
}

function withoutTime(event: JsonObject): JsonObject {
  return Object.fromEntries(Object.entries(event).filter(([field]) => !timeFields.includes(field)));
}

/** The same event at another time. */
function at(event: JsonObject, time: number): JsonObject {
  const field = timeFields.find((each) => each in event) ?? 'timestamp';
  return { ...event, [field]: field === 'timestamp' ? time : legacyTimeText(time) };
}

describe.each(feeds)('$name', (feed) => {
  test.each([
    ['200,000 characters', 'x'.repeat(200_000), 32_000],
    ['200,000 characters of three bytes', '漢'.repeat(200_000), 21_333],
    ['pairs of units, not to be cut in two', `x${'💥'.repeat(100_000)}`, 31_999],
  ])('keeps events with a field of %s, and names what was cut', async (_, long, units) => {
    const { tenant, run, rows, clock, ...staged } = await stage();
    add(
      tenant,
      feed,
      someOf(feed, clock.now()).map((event) => ({ ...event, department: long, subject: long, unknown: long })),
    );
    expect((await run(feed)).health).toMatchObject({ Fault: '', RowsSent: 3, Rejected: 0 });
    expect(lostOf({ tenant, run, rows, clock, ...staged }, feed)).toEqual([]);
    for (const row of rows(feed)) {
      expect(row['Truncated']).toContain('AdditionalFields');
      const texts = Object.values(row).filter((cell) => typeof cell === 'string');
      const longest = Math.max(...texts.map((text) => text.length));
      expect(longest === units || longest < 1000).toBe(true);
      expect(texts.every((text) => text.isWellFormed())).toBe(true);
    }
  });
});

describe.each(eventFeeds)('$name', (feed) => {
  test('keeps events without a readable time, once', async () => {
    const { tenant, run, rows, lost, landed, clock } = await stage();
    const [none = {}, wrong = {}, good = {}] = someOf(feed, clock.now());
    const odd = Object.fromEntries(timeFields.filter((field) => field in wrong).map((field) => [field, 'soon']));
    add(tenant, feed, [withoutTime(none), { ...wrong, ...odd }, good]);
    for (let runs = 0; runs < 4; runs++) {
      expect((await run(feed)).health).toMatchObject({ Fault: '', Rejected: 0 });
      clock.advance(10 * minuteMs);
    }
    expect(lost(feed)).toEqual([]);
    expect(repeated(landed(feed))).toEqual([]);
    expect(rows(feed).filter(({ EventTime }) => EventTime === undefined)).toHaveLength(2);
  });

  test('finds events that show up to 15 minutes late, once', async () => {
    const { tenant, run, lost, landed, clock } = await stage();
    const began = clock.now();
    for (const [n, event] of someOf(feed, began, 16).entries()) {
      add(tenant, feed, [at(event, began + n * 1000)], began + n * (minuteMs + 1000));
    }
    for (let runs = 0; runs < 9; runs++) {
      expect((await run(feed)).error).toBeUndefined();
      clock.advance(5 * minuteMs);
    }
    expect(lost(feed)).toEqual([]);
    expect(landed(feed)).toHaveLength(16);
    expect(repeated(landed(feed))).toEqual([]);
  });
});

describe.each(windowFeeds)('$name', (feed) => {
  test('takes events on the edges of its windows once', async () => {
    const { tenant, run, lost, landed, clock } = await stage({ pageCap: 4 });
    const edges = [-21, -20, -11, -10, -1].map((minutes) => clock.now() + minutes * minuteMs);
    const times = edges.flatMap((edge) => [edge - 1000, edge, edge + 1000]);
    add(
      tenant,
      feed,
      someOf(feed, clock.now(), times.length).map((event, n) => at(event, times[n] ?? 0)),
      0,
    );
    for (let runs = 0; runs < 5; runs++) {
      expect((await run(feed)).error).toBeUndefined();
      clock.advance(10 * minuteMs);
    }
    expect(lost(feed)).toEqual([]);
    expect(landed(feed)).toHaveLength(times.length);
    expect(repeated(landed(feed))).toEqual([]);
  });
});

describe.each(batchFeeds)('$name', (feed) => {
  const linesOf = (events: readonly JsonObject[]): readonly string[] => events.map((event) => JSON.stringify(event));
  const broken = ['{"processingId":"cut', 'no JSON', '[]', '7'];
  const files: readonly (readonly [string, (events: readonly JsonObject[]) => BatchFile, readonly string[]])[] = [
    ['blank lines', (events) => ({ lines: linesOf(events).flatMap((line) => ['', line, '  ', '\t']) }), []],
    ['CRLF', (events) => ({ events, lineEnd: '\r\n' }), []],
    ['a byte order mark', (events) => ({ events, byteOrderMark: true }), []],
    [
      'CRLF, blank lines and a byte order mark',
      (events) => ({ lines: ['', ...linesOf(events), ''], lineEnd: '\r\n', byteOrderMark: true }),
      [],
    ],
    [
      'broken lines',
      (events) => ({ lines: [...broken.slice(0, 2), ...linesOf(events), ...broken.slice(2)], type: '' }),
      broken,
    ],
    ['no size in the listing', (events) => ({ events, size: null }), []],
    ['a size that is too small', (events) => ({ events, size: 1 }), []],
    ['a size that is too big', (events) => ({ events, size: 50_000_000 }), []],
  ];

  test.each(files)('keeps every line of files with %s', async (_, fileOf, rejectedLines) => {
    const staged = await stage();
    const { tenant, rejected, lost, landed, clock } = staged;
    const name = feed.name === 'SegCg' ? 'SegCg' : 'CloudIntegrated';
    const events = someOf(feed, clock.now(), 4);
    tenant.addFile(name, fileOf(events.slice(0, 2)));
    tenant.addFile(name, fileOf(events.slice(2)));
    await untilQuiet(staged, feed);
    expect(lost(feed)).toEqual([]);
    expect(landed(feed)).toEqual(events.map((event) => identityOfEvent(name, event)));
    expect(rejected().map(({ RawText }) => RawText)).toEqual([...rejectedLines, ...rejectedLines]);
  });

  test.each(['linkMissing', 'emptyBody', 'cutGzip', 'corruptGzip', 'wrongChecksum', 'notGzip'] as const)(
    'names a file that stays spoilt by %s in Rejected, and reads all others',
    async (kind) => {
      const staged = await stage({ pageCap: 3 });
      const { tenant, run, rejected, lost, clock } = staged;
      const name = feed.name === 'SegCg' ? 'SegCg' : 'CloudIntegrated';
      const events = someOf(feed, clock.now(), 5);
      const [, dead = ''] = events.map((event) => tenant.addFile(name, { events: [event] }));
      tenant.trouble({ at: 'files', kind, file: dead, times: Infinity });
      for (let runs = 0; runs < 3; runs++) {
        expect((await run(feed)).health['Fault']).toBe(runs < 2 ? 'expired' : '');
        clock.advance(20 * minuteMs);
      }
      await untilQuiet(staged, feed);
      expect(rejected().map(({ Source }) => Source)).toEqual([dead]);
      expect(lost(feed)).toEqual(events.slice(1, 2).map((event) => identityOfEvent(name, event)));
    },
  );
});
