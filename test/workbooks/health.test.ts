import { expect, test } from 'vitest';
import { isJsonObject, type JsonObject } from '../../functions/tables/json.ts';
import { workspace } from '../../local/sentinel/content/workspace.ts';
import type { SourceRow } from '../../local/sentinel/kql/scope.ts';
import { isProblem } from '../../local/sentinel/query/query.ts';
import { queryRunner } from '../../local/sentinel/query/run-query.ts';
import { text } from './agree/case.ts';
import { tilesOf, withParameters } from './tiles.ts';

const minuteMs = 60_000;
const hourMs = 60 * minuteMs;
const now = Date.parse('2026-03-10T12:00:00Z');
const span = { from: now - 24 * hourMs, to: now };
const tiles = tilesOf('Mimecast_Connector_Health_Workbook.json');
const run = queryRunner(workspace([]));

function row(time: number, cells: JsonObject): SourceRow {
  const at = new Date(time).toISOString();
  return {
    timeGenerated: time,
    arrival: time,
    row: { ...cells, EventId: `${text(cells, 'Feed')} ${at}`, EventTime: at },
  };
}

/** A run of a feed that ended so many minutes ago; it sent ten rows, one of them again, and caught up. */
function ran(feed: string, minutesAgo: number, cells: JsonObject = {}): SourceRow {
  const ended = now - minutesAgo * minuteMs;
  const times = { Started: new Date(ended - 5000).toISOString(), Ended: new Date(ended).toISOString() };
  const counts = { RowsSent: 10, RowsSkipped: 1, Bytes: 5000, Rejected: 0, ThrottledMs: 0, LagSeconds: 120 };
  return row(ended, { Feed: feed, ...times, ...counts, CaughtUp: true, Fault: '', Message: '', ...cells });
}

const stopped = { CaughtUp: false, Fault: 'unavailable', Message: 'The service did not answer.' };
const notGranted = { CaughtUp: false, Fault: 'denied', Message: '403 app_forbidden' };
const health = [
  ran('Audit', 5),
  ran('Audit', 15, stopped),
  ran('Audit', 25 * 60, { RowsSent: 5 }),
  ran('SegCg', 4, { ...stopped, ThrottledMs: 90_000 }),
  ran('SegCg', 300, { Message: 'Mimecast keeps 60 days: events between a and b can no longer be read.' }),
  ran('SegDlp', 90),
  ran('TtpUrl', 10, { CaughtUp: false }),
  ran('TtpUrl', 200),
  ran('CloudIntegrated', 3, notGranted),
  ran('AwarenessUserData', 11 * 60),
];
const rejected = [
  row(now - hourMs, { Feed: 'SegCg', Reason: 'the line is not JSON', Source: 'a file:7', RawText: '{"a' }),
  row(now - 2 * hourMs, { Feed: 'SegCg', Reason: 'the line is not JSON', Source: 'a file:9', RawText: '<img src=x>' }),
];
// Whatever is sent twice counts once.
const tables: Readonly<Record<string, readonly SourceRow[]>> = {
  Mimecast_Health_CL: [...health, ...health.slice(0, 3)],
  Mimecast_Rejected_CL: [...rejected, ...rejected],
};

function shown(tile: string, chosen: Readonly<Record<string, string>> = {}): readonly JsonObject[] {
  const query = withParameters(tiles.tile(tile).query, { ...tiles.chosen, ...chosen }, span);
  const answer = run({ query, rowLimit: 10_000 }, { rows: (table) => tables[table] ?? [], nowMs: now });
  if (isProblem(answer)) throw new Error(answer.problem);
  return answer.rows
    .map((cells) => Object.fromEntries(answer.columns.map(({ name }, index) => [name, cells[index] ?? null])))
    .filter(isJsonObject);
}

function pick(rows: readonly JsonObject[], ...columns: readonly string[]): readonly (readonly unknown[])[] {
  return rows.map((each) => columns.map((name) => each[name]));
}

test('every feed has a state, those that nobody runs too', () => {
  expect(Object.fromEntries(shown('feeds').map((feed) => [text(feed, 'Feed'), feed['State']]))).toEqual({
    Audit: 'ok',
    AwarenessPerformanceDetails: 'no run',
    AwarenessSafeScoreDetails: 'no run',
    AwarenessUserData: 'ok',
    AwarenessWatchlistDetails: 'no run',
    CloudIntegrated: 'not licensed',
    SegCg: 'fault',
    SegDlp: 'silent',
    TtpAttachment: 'no run',
    TtpImpersonation: 'no run',
    TtpUrl: 'behind',
  });
});

test('whatever is not well comes with what to do', () => {
  const [unwell, well] = [true, false].map((is) => shown('feeds').filter(({ State }) => (State !== 'ok') === is));
  expect(unwell?.every((feed) => feed['What to do'] !== '')).toBe(true);
  expect(well?.every((feed) => feed['What to do'] === '')).toBe(true);
});

test('totals count each run once, and stand beside those of the day before', () => {
  expect(pick(shown('totals'), 'Total', 'Count', 'Before')).toEqual([
    ['Runs of feeds', 9, 1],
    ['Runs that ended with a fault', 3, 0],
    ['Rows sent', 90, 5],
    ['Rows skipped, sent before', 9, 1],
    ['Rejected rows', 2, 0],
    ['Minutes waited for quota', 1, 0],
  ]);
});

test('a click on a total shows its runs', () => {
  const fromTotal = (total: string): number => shown('runs-of-total', { Total: total }).length;
  expect(fromTotal('Runs of feeds')).toBe(9);
  expect(fromTotal('Runs that ended with a fault')).toBe(3);
});

test('a gap lies between two runs, silence behind the last', () => {
  expect(pick(shown('gaps'), 'Feed', 'Hours', 'What')).toEqual([
    ['SegDlp', 1.5, 'silent since then'],
    ['TtpUrl', 3.2, 'no run'],
    ['SegCg', 4.9, 'no run'],
  ]);
});

test('a fault is told from one that has passed', () => {
  expect(new Set(pick(shown('faults-by-feed'), 'Feed', 'Fault', 'Now'))).toEqual(
    new Set([
      ['Audit', 'unavailable', 'passed'],
      ['CloudIntegrated', 'denied', 'still'],
      ['SegCg', 'unavailable', 'still'],
    ]),
  );
});

test('events that Mimecast no longer keeps are named', () => {
  const [span, ...others] = pick(shown('lost-spans'), 'Feed', 'What to do');
  expect(span).toEqual(['SegCg', expect.stringContaining('not in the workspace')]);
  expect(others).toEqual([]);
});

test('rejected rows are counted by reason, once each, and a click shows their text', () => {
  expect(pick(shown('rejected-by-reason'), 'Feed', 'Reason', 'Rows')).toEqual([['SegCg', 'the line is not JSON', 2]]);
  const chosen = { RejectedFeed: 'SegCg', RejectedReason: 'the line is not JSON' };
  expect(pick(shown('rejected-rows', chosen), 'Source', 'Raw text')).toEqual([
    ['a file:7', '{"a'],
    ['a file:9', '<img src=x>'],
  ]);
});

test('one feed alone is shown once it is picked', () => {
  expect(pick(shown('volume-by-feed', { Feed: 'Audit' }), 'Feed', 'Rows sent', 'Rows before', 'Bytes a row')).toEqual([
    ['Audit', 20, 5, 500],
  ]);
});
