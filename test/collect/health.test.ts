import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { firstBatchCursor } from '../../functions/collect/cursor.ts';
import { emptyCut } from '../../functions/collect/cut-page.ts';
import { healthRow, reviveHealthRow } from '../../functions/collect/health.ts';
import { countPage, newTally } from '../../functions/collect/tally.ts';
import { mimecastHealth } from '../../functions/tables/mimecast-health.ts';
import { allColumns } from '../../functions/tables/table.ts';

const started = Date.UTC(2026, 2, 2, 9, 15, 4, 250);
const ended = started + 61_000;
const feedRun = {
  runId: 'run-1',
  account: 'example',
  connector: 'Seg',
  feed: 'SegCg',
  appVersion: '1.0.0',
  started,
  ended,
};
const page = { events: [{}, {}, {}], rejected: [], skipped: 0, next: firstBatchCursor('2026-03-01'), caughtUp: false };
const rejection = { reason: '', source: '', rawText: '' };

describe('a Health row', () => {
  it('says in every column what the run did', () => {
    const tally = newTally();
    countPage(tally, page, { rows: 3, bytes: 1000, newestTime: started - 90_000, rejected: [rejection] });
    countPage(
      tally,
      { ...page, skipped: 5, caughtUp: true },
      { ...emptyCut, rows: 1, bytes: 500, newestTime: started - 120_000 },
    );
    tally.throttledMs = 1500.4;
    tally.notes.push('A note.');
    const row = healthRow(feedRun, tally, undefined, 'A message.');
    expect(row).toEqual({
      TimeGenerated: new Date(ended),
      EventId: expect.stringMatching(/^[\w-]{22}$/),
      EventTime: new Date(ended),
      Account: 'example',
      AdditionalFields: undefined,
      Truncated: undefined,
      RunId: 'run-1',
      Connector: 'Seg',
      Feed: 'SegCg',
      Started: new Date(started),
      Ended: new Date(ended),
      EventsRead: 9,
      RowsSent: 4,
      RowsSkipped: 5,
      Bytes: 1500,
      Rejected: 1,
      ThrottledMs: 1500,
      NewestEventTime: new Date(started - 90_000),
      LagSeconds: 151,
      CaughtUp: true,
      Fault: '',
      Message: 'A note. A message.',
      AppVersion: '1.0.0',
    });
    expect(Object.keys(row).toSorted()).toEqual(Object.keys(allColumns(mimecastHealth)).toSorted());
  });

  it('has no newest event and no lag when nothing was read', () => {
    const tally = newTally();
    countPage(tally, { ...page, caughtUp: true }, { ...emptyCut, bytes: 0 });
    const row = healthRow(feedRun, tally, undefined, '');
    expect(row).toMatchObject({ EventsRead: 0, CaughtUp: true, Fault: '', Message: '' });
    expect([row.NewestEventTime, row.LagSeconds]).toEqual([undefined, undefined]);
  });

  it('is caught up only when its last page was, and the run had no fault', () => {
    const tally = newTally();
    expect(healthRow(feedRun, tally, undefined, '').CaughtUp).toBe(false);
    countPage(tally, { ...page, caughtUp: true }, { ...emptyCut, rows: 3, bytes: 1 });
    expect(healthRow(feedRun, tally, undefined, '').CaughtUp).toBe(true);
    expect(healthRow(feedRun, tally, 'unavailable', '')).toMatchObject({ CaughtUp: false, Fault: 'unavailable' });
    countPage(tally, page, { ...emptyCut, rows: 3, bytes: 1 });
    expect(healthRow(feedRun, tally, undefined, '').CaughtUp).toBe(false);
  });

  it('is one per run and feed', () => {
    const id = (changes: object) => healthRow({ ...feedRun, ...changes }, newTally(), undefined, '').EventId;
    expect(id({ ended: ended + 1, account: 'other' })).toBe(id({}));
    expect(id({ runId: 'run-2' })).not.toBe(id({}));
    expect(id({ feed: 'SegDlp' })).not.toBe(id({}));
  });

  it('keeps 600 characters of its message, so that fifty of them fit into a checkpoint', () => {
    const row = healthRow(feedRun, newTally(), 'malformed', `${'x'.repeat(599)}😀`);
    expect(row.Message).toBe('x'.repeat(599));
  });
});

describe('a Health row kept in the checkpoint', () => {
  it('comes back as it was', () => {
    const count = fc.nat(1_000_000_000);
    const tallies = fc.record({
      eventsRead: count,
      rowsSent: count,
      rowsSkipped: count,
      bytes: count,
      rejected: count,
      throttledMs: fc.double({ min: 0, max: 1e6, noNaN: true }),
      newestEventTime: fc.option(fc.integer({ min: started - 1e10, max: ended }), { nil: undefined }),
      caughtUp: fc.boolean(),
      notes: fc.array(fc.string({ unit: 'binary' }), { maxLength: 3 }),
    });
    const faults = fc.constantFrom(undefined, 'throttled', 'denied');
    fc.assert(
      fc.property(tallies, faults, fc.string({ unit: 'binary' }), (tally, fault, message) => {
        const row = healthRow(feedRun, tally, fault, message);
        expect(reviveHealthRow(JSON.stringify(row))).toEqual(row);
      }),
      { seed: 17, numRuns: 200 },
    );
  });

  it.each(['', '{', 'null', '[]', '"text"', '3'])('is left out when it is no row: %j', (text) => {
    expect(reviveHealthRow(text)).toBeUndefined();
  });
});
