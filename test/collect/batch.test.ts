import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  aside,
  countFailedRun,
  dayOf,
  giveUpDead,
  insideFile,
  linesRead,
  onlyListed,
  pastFile,
  pastListing,
} from '../../functions/collect/batch.ts';
import { type BatchCursor, firstBatchCursor } from '../../functions/collect/cursor.ts';

const minuteMs = 60_000;
const now = Date.UTC(2026, 2, 3, 0, 10);
const first = firstBatchCursor('2026-03-01');

describe('a batch cursor', () => {
  it('begins at a day, with nothing done', () => {
    expect(first).toEqual({ kind: 'batch', listing: { from: '2026-03-01' }, done: [], failed: {}, line: 0 });
  });

  it('counts the lines of the open file, and none of any other', () => {
    const cursor = insideFile(first, '/a', 12);
    expect([linesRead(cursor, '/a'), linesRead(cursor, '/b'), linesRead(first, '/a')]).toEqual([12, 0, 0]);
  });

  it('has a file done, once, and is in it no longer', () => {
    const past = pastFile(insideFile(first, '/a', 12), '/a');
    expect(past).toEqual({ ...first, done: ['/a'], file: undefined, line: 0 });
    expect(pastFile(past, '/a').done).toEqual(['/a']);
  });

  it('stays in the open file when another one is done', () => {
    expect(pastFile(insideFile(first, '/a', 12), '/b')).toMatchObject({ done: ['/b'], file: '/a', line: 12 });
  });

  it('sets a failing file aside at the line it was read to, and leaves it', () => {
    const cursor = aside(insideFile(first, '/a', 12), '/a', now);
    expect(cursor.failed).toEqual({ '/a': { runs: 0, since: '2026-03-03T00:10:00.000Z', line: 12 } });
    expect([cursor.file, cursor.line]).toEqual([undefined, 0]);
    expect(linesRead(cursor, '/a')).toBe(12);
  });

  it('keeps since when a file fails, and how far it was read at best', () => {
    const again = aside(countFailedRun(aside(insideFile(first, '/a', 12), '/a', now)), '/a', now + minuteMs);
    expect(again.failed['/a']).toEqual({ runs: 1, since: '2026-03-03T00:10:00.000Z', line: 12 });
    const further = aside(insideFile(again, '/a', 40), '/a', now + minuteMs);
    expect(further.failed['/a']).toEqual({ runs: 1, since: '2026-03-03T00:10:00.000Z', line: 40 });
  });

  it('forgets the failures of a file that could be read after all', () => {
    const read = pastFile(insideFile(aside(first, '/a', now), '/a', 3), '/a');
    expect(read).toMatchObject({ done: ['/a'], failed: {}, line: 0 });
  });

  it('remembers as done what the listing still names, and everything when it names nothing', () => {
    const cursor = { ...first, done: ['/a', '/b', '/c'] };
    expect(onlyListed(cursor, ['/c', '/d', '/a']).done).toEqual(['/a', '/c']);
    expect(onlyListed(cursor, []).done).toEqual(['/a', '/b', '/c']);
  });

  it('never changes the cursor it is made from', () => {
    const cursor = insideFile(aside(first, '/b', now), '/a', 3);
    const before = structuredClone(cursor);
    for (const step of [aside, pastFile]) step(cursor, '/a', now);
    countFailedRun(cursor);
    giveUpDead(cursor, new Map(), now);
    pastListing(cursor, 'next', true, now);
    onlyListed(cursor, ['/a']);
    expect(cursor).toEqual(before);
  });
});

describe('behind a whole listing a batch cursor', () => {
  const done = { ...first, done: ['/a'] };

  it('goes on at the next token, with nothing done there', () => {
    expect(pastListing(done, 'next', false, now)).toEqual({
      ...first,
      listing: { from: '2026-03-01', token: 'next' },
      done: [],
    });
  });

  it('lists the same again when the reply named no other, and knows what is done there', () => {
    const atToken: BatchCursor = { ...done, listing: { from: '2026-03-01', token: 'same' } };
    expect(pastListing(done, undefined, false, now)).toEqual(done);
    expect(pastListing(atToken, undefined, false, now)).toEqual(atToken);
    expect(pastListing(atToken, 'same', false, now)).toEqual(atToken);
  });

  it('would restart at the day before the one it was caught up on, and moves that day only then', () => {
    expect(pastListing(done, 'next', true, now).listing).toEqual({ from: '2026-03-02', token: 'next' });
    expect(pastListing(done, 'next', false, now).listing).toEqual({ from: '2026-03-01', token: 'next' });
  });
});

describe('dayOf', () => {
  it('names the UTC day, some days back', () => {
    expect([dayOf(now), dayOf(now, 1), dayOf(now, 7), dayOf(now - 11 * minuteMs)]).toEqual([
      '2026-03-03',
      '2026-03-02',
      '2026-02-24',
      '2026-03-02',
    ]);
  });
});

describe('giveUpDead', () => {
  const failed = (runs: number, minutes: number, line = 0) => ({
    runs,
    since: new Date(now - minutes * minuteMs).toISOString(),
    line,
  });

  it('gives up a file after three runs and half an hour, not after one of them alone', () => {
    const cursor = { ...first, failed: { '/soon': failed(9, 29), '/few': failed(2, 900), '/dead': failed(3, 30) } };
    const given = giveUpDead(cursor, new Map([['/dead', 'its link answered 404']]), now);
    expect(given.rejections).toEqual([
      { reason: 'the file stayed unreadable: its link answered 404', source: '/dead', rawText: '' },
    ]);
    expect(Object.keys(given.cursor.failed)).toEqual(['/soon', '/few']);
    expect(given.cursor.done).toEqual(['/dead']);
  });

  it('says how much of the file was read before', () => {
    const { rejections } = giveUpDead({ ...first, failed: { '/dead': failed(3, 31, 250) } }, new Map(), now);
    expect(rejections[0]?.reason).toBe('the file stayed unreadable after 250 lines: unknown');
  });

  it('leaves a file that is open or done alone', () => {
    const cursor = insideFile({ ...first, done: ['/a'] }, '/b', 4);
    expect(giveUpDead(cursor, new Map(), now)).toEqual({ rejections: [], cursor });
  });

  it('gives up a file that fails in every run at the first run for which both hold, and once', () => {
    const pauses = fc.array(fc.integer({ min: 1, max: 40 }), { minLength: 40, maxLength: 40 });
    fc.assert(
      fc.property(pauses, (minutes) => {
        let cursor = first;
        let time = now;
        let runs = 0;
        for (const pause of minutes) {
          const given = giveUpDead(countFailedRun(aside(cursor, '/a', time)), new Map(), time);
          const isDead = ++runs >= 3 && time - now >= 30 * minuteMs;
          expect(given.rejections.length).toBe(isDead ? 1 : 0);
          expect(given.cursor.done).toEqual(isDead ? ['/a'] : []);
          if (isDead) return;
          cursor = given.cursor;
          time += pause * minuteMs;
        }
        throw new Error('never given up');
      }),
      { seed: 5, numRuns: 100 },
    );
  });
});
