import { describe, expect, test } from 'vitest';
import type { FeedName } from '../../../../local/mimecast/endpoints.ts';
import { identityOfEvent } from '../../../../local/mimecast/identity.ts';
import { startTenant } from '../../../../local/mimecast/tenant.ts';
import { startOfDay } from '../../../../local/mimecast/times.ts';
import { fillStory } from '../../../../local/mimecast/story/fill-story.ts';
import { now, tell, type Told, usual } from './told.ts';

const minuteMs = 60_000;
const dayMs = 1440 * minuteMs;
const timed: readonly FeedName[] = [
  'Audit',
  'SegCg',
  'SegDlp',
  'TtpUrl',
  'TtpAttachment',
  'TtpImpersonation',
  'CloudIntegrated',
];
const lists: readonly FeedName[] = [
  'AwarenessPerformanceDetails',
  'AwarenessSafeScoreDetails',
  'AwarenessWatchlistDetails',
];
const told = tell();
const text = ({ of }: Told): string => JSON.stringify([...timed, ...lists].map((feed) => of(feed)));

describe('a story', () => {
  test('is the same bytes for the same seed and others for another', () => {
    const [one, two] = [tell({ days: 2 }), tell({ days: 2 })];
    expect(text(two) === text(one)).toBe(true);
    expect(two.story.chapters).toEqual(one.story.chapters);
    expect(two.files).toEqual(one.files);
    expect(two.campaigns).toEqual(one.campaigns);
    expect(text(tell({ days: 2, seed: 2 })) === text(one)).toBe(false);
  });

  test('has some 150,000 events in two weeks of a hundred people, and some of each feed', () => {
    const counts = timed.map((feed) => told.of(feed).length);
    const all = counts.reduce((sum, count) => sum + count, 0);
    expect(all).toBeGreaterThan(135_000);
    expect(all).toBeLessThan(170_000);
    expect(Math.min(...counts)).toBeGreaterThan(200);
    expect(told.of('AwarenessSafeScoreDetails')).toHaveLength(100);
    expect(told.campaigns.map(({ users }) => users.length)).toEqual([100, 100, 100]);
  });

  test.each([...timed, ...lists])('tells every event of %s apart by the tenant’s own id', (feed) => {
    const ids = told.of(feed).map(({ event }) => identityOfEvent(feed, event));
    expect(new Set(ids).size).toBe(ids.length);
  });

  test('is all readable at its end, and lies within its days', () => {
    for (const feed of timed) {
      for (const { time, availableAt } of told.of(feed)) {
        if (availableAt > now || time < now - 14 * dayMs || availableAt < Math.floor(time / 1000) * 1000)
          throw new Error(`${feed}: ${time} ${availableAt}`);
      }
    }
    expect(told.of('SegCg').some(({ time }) => time > now - 30 * minuteMs)).toBe(true);
  });

  test('rests at night and on weekends', () => {
    const perHour = (from: string) => {
      const start = Date.parse(from);
      return told.of('SegCg').filter(({ time }) => time >= start && time < start + 60 * minuteMs).length;
    };
    expect(perHour('2026-11-18T10:00:00Z')).toBeGreaterThan(6 * perHour('2026-11-18T03:00:00Z'));
    expect(perHour('2026-11-18T10:00:00Z')).toBeGreaterThan(4 * perHour('2026-11-15T10:00:00Z'));
  });

  test.each([60, 180])('has as much to tell as there are people: %d', (users) => {
    const one = tell({ days: 2, users });
    const share = one.of('SegCg').length / tell({ days: 2 }).of('SegCg').length;
    expect(share).toBeGreaterThan((users / 100) * 0.8);
    expect(share).toBeLessThan((users / 100) * 1.25);
    expect(one.of('AwarenessSafeScoreDetails')).toHaveLength(users);
  });

  test('needs enough people for its parts', () => {
    expect(() => tell({ users: 10 })).toThrow('40 people');
  });

  test('of fewer days leaves out the attacks before them', () => {
    const { chapters } = tell({ days: 2 }).story;
    expect(chapters.map(({ id }) => id)).toContain('account-takeover');
    expect(chapters.map(({ id }) => id)).not.toContain('disk-image');
  });
});

describe('late events', () => {
  test.each(['Audit', 'TtpUrl', 'TtpAttachment'] as const)(
    'of %s are one in twenty, and at most 15 minutes late',
    (feed) => {
      const delays = told.of(feed).map(({ time, availableAt }) => availableAt - time);
      // The logs write whole seconds.
      const late = delays.filter((delay) => delay > 1000);
      expect(late.length / delays.length).toBeGreaterThan(0.035);
      expect(late.length / delays.length).toBeLessThan(0.065);
      expect(Math.max(...late)).toBeLessThanOrEqual(15 * minuteMs);
      expect(Math.min(...late)).toBeGreaterThanOrEqual(minuteMs);
    },
  );

  test('of the gateway stand in the file after the one they missed, so files are not in the order of time', () => {
    const newest = told.of('SegCg').filter(({ availableAt }) => availableAt > now - 20 * 60 * minuteMs);
    const late = newest.filter(({ time, availableAt }) => availableAt - time > 15 * minuteMs);
    expect(late.length / newest.length).toBeGreaterThan(0.01);
    expect(late.length / newest.length).toBeLessThan(0.05);
    expect(Math.max(...late.map(({ time, availableAt }) => availableAt - time))).toBeLessThanOrEqual(30 * minuteMs);
  });
});

describe('batch files', () => {
  test('have one type each, every quarter of an hour at the end, and are few enough to list within the quota', () => {
    expect(told.files.every(({ types }) => types.size === 1)).toBe(true);
    for (const feed of ['SegCg', 'CloudIntegrated'] as const) {
      const files = told.files.filter((file) => file.feed === feed);
      expect(files.length).toBeLessThan(3500);
      const last = new Set(
        files.filter(({ availableAt }) => availableAt > now - dayMs).map(({ availableAt }) => availableAt),
      );
      expect(last.size).toBe(96);
    }
  });

  test('of the first week arrive on the oldest day still listed', () => {
    const oldest = startOfDay(now) - 6 * dayMs;
    expect(Math.min(...told.files.map(({ availableAt }) => availableAt))).toBe(oldest);
    const early = told.of('SegCg').filter(({ time }) => time < now - 8 * dayMs);
    expect(early.length).toBeGreaterThan(30_000);
    expect(new Set(early.map(({ availableAt }) => availableAt))).toEqual(new Set([oldest]));
  });

  test('are filled into a real tenant within 15 seconds of work', async () => {
    const tenant = await startTenant({ clock: { now: () => now } });
    const before = process.cpuUsage();
    fillStory(tenant, usual);
    const { user, system } = process.cpuUsage(before);
    expect(tenant.events('SegCg')).toHaveLength(told.of('SegCg').length);
    await tenant.close();
    expect((user + system) / 1_000_000).toBeLessThan(15);
  });
});
