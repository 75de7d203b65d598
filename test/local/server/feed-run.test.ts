import { expect, test } from 'vitest';
import { openBooks } from '../../../local/server/books.ts';
import { conditionOf } from '../../../local/server/condition.ts';
import { runOfHealth, runOfLog } from '../../../local/server/feed-run.ts';
import { runLine } from '../../../local/server/run-line.ts';

const noon = Date.UTC(2026, 0, 15, 12);
const health = (change = {}) => ({
  RunId: 'r1',
  Feed: 'SegCg',
  Ended: new Date(noon).toISOString(),
  EventsRead: 5,
  RowsSent: 1234,
  Rejected: 0,
  CaughtUp: true,
  Fault: '',
  Message: '',
  LagSeconds: 70,
  ...change,
});
const stored = (row: ReturnType<typeof health>) => ({ timeGenerated: noon, arrival: noon, row });
const line = (fields = {}) =>
  `A feed stopped. ${JSON.stringify({ feed: 'SegCg', runId: 'r2', rowsSent: 0, caughtUp: false, fault: 'throttled', message: 'Wait.', ...fields })}`;

test('a run is read from its Health row, but not from one of the simulated past', () => {
  expect(runOfHealth(health())).toMatchObject({ runId: 'r1', ended: noon, rowsSent: 1234, lagSeconds: 70 });
  expect(runOfHealth(health({ Message: 'simulated' }))).toBeUndefined();
});

test('a run is read from the log line of the app, but not from other lines', () => {
  expect(runOfLog(line(), noon)).toMatchObject({ runId: 'r2', feed: 'SegCg', ended: noon, fault: 'throttled' });
  for (const other of ['A feed has run. {', 'A feed has run. []', 'Something else {"feed":"SegCg"}'])
    expect(runOfLog(other, noon)).toBeUndefined();
});

test('the books keep the latest run of a feed, and the lag of the latest that read anything', () => {
  const books = openBooks();
  books.land('Mimecast_Health_CL', [stored(health())]);
  books.log(line({ runId: 'r2' }), noon + 1000);
  expect(books.runs.get('SegCg')).toMatchObject({ runId: 'r2', fault: 'throttled' });
  // A Health row that was kept lands late.
  books.land('Mimecast_Health_CL', [
    stored(health({ RunId: 'r0', Ended: new Date(noon - 1000).toISOString(), LagSeconds: 9 })),
  ]);
  expect(books.runs.get('SegCg')?.runId).toBe('r2');
  expect(books.lags.get('SegCg')).toBe(70);
});

test.each([
  ['throttled', 'waits'],
  ['unavailable', 'waits'],
  ['expired', 'waits'],
  ['superseded', 'waits'],
  ['denied', 'attention'],
  ['malformed', 'attention'],
  ['something new', 'attention'],
])('a feed that stopped as %s is said to be %s, with what to do', (fault, level) => {
  const run = runOfHealth(health({ Fault: fault, CaughtUp: false }));
  const condition = conditionOf(run);
  expect(condition.level).toBe(level);
  expect(condition.says).toMatch(/\.$/);
  expect(condition.advice).toMatch(/\.$/);
});

test('a feed that did not stop has caught up, is behind, or has not run', () => {
  expect(conditionOf(runOfHealth(health())).level).toBe('good');
  expect(conditionOf(runOfHealth(health({ CaughtUp: false }))).level).toBe('behind');
  expect(conditionOf(undefined).level).toBe('unknown');
});

test('a run is one line for the terminal, without control characters', () => {
  const run = runOfLog(line({ message: 'Wait.\u001B[2J\nNow\u202E' }), noon);
  expect(run && runLine(run)).toBe(
    'SegCg                       nothing new, stopped (throttled): Mimecast’s request quota is used up. Wait. [2J Now ',
  );
  const good = runOfHealth(health({ Rejected: 2 }));
  expect(good && runLine(good)).toBe('SegCg                       1,234 rows sent, 2 rejected, caught up.');
});
