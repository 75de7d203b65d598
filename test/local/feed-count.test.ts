import { expect, test } from 'vitest';
import { countFeed } from '../../local/feed-count.ts';
import { openLedger } from '../../local/ledger.ts';

const minuteMs = 60_000;
const noon = Date.UTC(2026, 0, 15, 12);
const event = (n: number) => ({ processingId: `p${n}`, subject: 'a' });
const row = (n: number) => ({ EventId: `e${n}`, processingId: `p${n}` });

test('served events wait until their rows land', () => {
  const count = countFeed('SegCg');
  count.serve([event(1), event(2)], noon);
  count.land(row(1));
  expect(count.counts(noon)).toEqual({ served: 2, rows: 1, landed: 1, waiting: 1, rejected: 0, lost: 0, repeated: 0 });
});

test('an event is served from when it can be read', () => {
  const count = countFeed('SegCg');
  count.serve([event(1)], noon + 1);
  expect(count.counts(noon)).toMatchObject({ served: 0, waiting: 0 });
  expect(count.counts(noon + 1)).toMatchObject({ served: 1, waiting: 1 });
});

test('what a run that caught up should have read and what did not land is lost, until it lands', () => {
  const count = countFeed('SegCg');
  count.serve([event(1)], noon);
  count.caughtUp(noon + minuteMs);
  expect(count.counts(noon + minuteMs)).toMatchObject({ waiting: 1, lost: 0 });
  count.caughtUp(noon + 2 * minuteMs);
  expect(count.counts(noon + 2 * minuteMs)).toMatchObject({ waiting: 0, lost: 1 });
  count.land(row(1));
  expect(count.counts(noon + 2 * minuteMs)).toMatchObject({ waiting: 0, lost: 0, landed: 1 });
});

test('a row with an EventId that came before is repeated, not landed twice', () => {
  const count = countFeed('SegCg');
  count.serve([event(1)], noon);
  count.land(row(1));
  count.land(row(1));
  expect(count.counts(noon)).toMatchObject({ rows: 2, landed: 1, repeated: 1 });
});

test('lines that are no records are served, and found in Rejected by their text', () => {
  const count = countFeed('SegCg');
  const lines = [JSON.stringify(event(1)), 'broken', '', '[1]', 'broken too'];
  count.serveFile('/file', { lines }, noon);
  expect(count.counts(noon)).toMatchObject({ served: 4, waiting: 4 });
  count.land(row(1));
  for (const RawText of ['broken', '[1]']) count.reject({ RawText, Source: '/file:2' });
  expect(count.counts(noon)).toMatchObject({ landed: 1, rejected: 2, waiting: 1 });
});

test('a file that is given up takes its events that have not landed with it, but those that land later count as landed', () => {
  const count = countFeed('SegCg');
  count.serveFile('/dead', { events: [event(1), event(2), event(3)] }, noon);
  count.land(row(1));
  count.reject({ RawText: '', Source: '/dead' });
  expect(count.counts(noon)).toMatchObject({ landed: 1, rejected: 2, waiting: 0 });
  count.land(row(2));
  expect(count.counts(noon)).toMatchObject({ landed: 2, rejected: 1 });
});

test('the ledger takes a Health row for what it is: a snapshot that read nothing has passed nothing', () => {
  const ledger = openLedger();
  const user = { emailAddress: 'a@example.com' };
  ledger.serve('AwarenessSafeScoreDetails', [user], noon);
  ledger.serve('SegCg', [event(1)], noon);
  const health = (Feed: string, EventsRead: number) => ({
    Feed,
    EventsRead,
    CaughtUp: true,
    Message: '',
    Started: new Date(noon + 10 * minuteMs).toISOString(),
  });
  ledger.land('Mimecast_Health_CL', [health('AwarenessSafeScoreDetails', 0), health('SegCg', 0)]);
  const lost = () => ledger.lines(noon + 20 * minuteMs).flatMap((line) => (line.lost > 0 ? [line.feed] : []));
  expect(lost()).toEqual(['SegCg']);
  ledger.land('Mimecast_Health_CL', [health('AwarenessSafeScoreDetails', 5)]);
  expect(lost()).toEqual(['SegCg', 'AwarenessSafeScoreDetails']);
});

test('once nothing is under way, what has not landed is lost', () => {
  const ledger = openLedger();
  ledger.serve('SegCg', [event(1)], noon);
  ledger.close();
  expect(ledger.lines(noon).reduce((sum, { lost }) => sum + lost, 0)).toBe(1);
});
