import { describe, expect, test } from 'vitest';
import { identityOfEvent } from '../../../../local/mimecast/identity.ts';
import { findingsIn } from './findings.ts';
import { now, tell, type Told } from './told.ts';

const minuteMs = 60_000;
const hourMs = 60 * minuteMs;
const feeds = ['Audit', 'SegCg', 'SegDlp', 'TtpUrl', 'TtpAttachment', 'TtpImpersonation', 'CloudIntegrated'] as const;
const short = { days: 1 };

/** A story that has gone on for some hours, told in steps of so many minutes. */
function lived(hours: number, stepMinutes: number, options = {}): Told {
  const told = tell({ ...short, ...options });
  for (let from = now; from < now + hours * hourMs; from += stepMinutes * minuteMs)
    told.story.live(from, Math.min(from + stepMinutes * minuteMs, now + hours * hourMs));
  return told;
}

const idsOf = (told: Told) =>
  feeds.map((feed) =>
    told
      .of(feed)
      .map(({ id }) => id)
      .toSorted(),
  );

describe('a story that goes on', () => {
  test('brings new events of every feed that has its own times', () => {
    const [before, after] = [tell(short), lived(4, 15)];
    for (const feed of feeds) expect(after.of(feed).length).toBeGreaterThan(before.of(feed).length);
  });

  test('brings the same however its time is cut', () => {
    const one = lived(3, 180);
    expect(idsOf(lived(3, 15))).toEqual(idsOf(one));
    expect(idsOf(lived(3, 1))).toEqual(idsOf(one));
    expect(lived(3, 7).story.chapters).toEqual(one.story.chapters);
  });

  test('goes on where it stopped: what was on its way comes, and nothing comes twice', () => {
    const told = lived(2, 15);
    told.story.live(now, now + hourMs);
    for (const feed of feeds) {
      const ids = told.of(feed).map(({ event }) => identityOfEvent(feed, event));
      expect(new Set(ids).size).toBe(ids.length);
    }
    const times = told.of('SegCg').map(({ time }) => time);
    const quarters = Array.from({ length: 12 }, (_, n) => now - hourMs + n * 15 * minuteMs);
    for (const start of quarters)
      expect(times.some((time) => time >= start && time < start + 15 * minuteMs)).toBe(true);
  });

  test('gives what can be read by the end of the span, in files of a quarter of an hour at most', () => {
    const told = tell(short);
    const before = told.files.length;
    told.story.live(now, now + 2 * hourMs);
    const files = told.files.slice(before);
    for (const { availableAt } of files) {
      expect(availableAt).toBeGreaterThan(now);
      expect(availableAt).toBeLessThanOrEqual(now + 2 * hourMs);
    }
    expect(new Set(files.map(({ availableAt }) => availableAt)).size).toBe(9);
    for (const feed of feeds)
      expect(Math.max(...told.of(feed).map(({ availableAt }) => availableAt))).toBeLessThanOrEqual(now + 2 * hourMs);
  });

  test('has an attack now and then, and none when it is quiet', () => {
    const known = tell(short).story.chapters.length;
    const { chapters } = lived(12, 15).story;
    expect(chapters.length).toBeGreaterThanOrEqual(known + 6);
    for (const { from, id } of chapters.slice(known)) {
      expect(from).toBeGreaterThanOrEqual(now);
      expect(id).toMatch(/^2026-11-2\dT\d\d:\d\d-[a-z-]+$/);
    }
    expect(lived(12, 15, { quiet: true }).story.chapters).toEqual([]);
  });

  test('lets its attacks be found, each by its rule, and nothing else', () => {
    const told = lived(24, 60);
    const findings = findingsIn(told);
    const share = (ids: readonly string[], of: readonly string[]): number =>
      ids.filter((id) => of.includes(id)).length / ids.length;
    const over = told.story.chapters.filter(({ to }) => to < now + 22 * hourMs);
    const missed = over.filter(
      ({ rule, eventIds }) => !findings.some((found) => found.rule === rule && share(found.ids, eventIds) > 0.8),
    );
    expect(missed).toEqual([]);
    const strange = findings.filter(
      ({ rule, ids }) => !told.story.chapters.some((known) => known.rule === rule && share(ids, known.eventIds) > 0.8),
    );
    expect(strange).toEqual([]);
  });
});
