import { expect, test } from 'vitest';
import type { JsonObject } from '../../../functions/tables/json.ts';
import type { Columns } from '../../../functions/tables/table.ts';
import { type Landing, createLanding } from '../../../local/sentinel/landing.ts';

const columns: Columns = {
  TimeGenerated: 'dateTime',
  EventTime: 'dateTime',
  Name: 'string',
  Count: 'long',
  More: 'dynamic',
};
const hourMs = 3_600_000;
const now = Date.UTC(2026, 10, 21, 12);
const iso = (ms: number): string => new Date(ms).toISOString();
const landing = (options: Partial<Parameters<typeof createLanding>[0]> = {}): Landing =>
  createLanding({ columns: () => columns, ...options });
const land = (row: JsonObject, on = landing()) => on.land('A_CL', [row], now)[0];

test('a row lands with its cells, its time and the time of the call', () => {
  const row = { TimeGenerated: iso(now - hourMs), Name: 'n', Count: 3, More: { a: [1] } };
  expect(land(row)).toEqual({ timeGenerated: now - hourMs, arrival: now, row });
});

test('unknown columns are dropped and counted by name; names heed case', () => {
  const on = landing();
  expect(land({ TimeGenerated: iso(now), name: 'n', constructor: 1, Name: 'kept' }, on)?.row).toEqual({
    TimeGenerated: iso(now),
    Name: 'kept',
  });
  land({ name: 'again' }, on);
  expect(on.losses()).toEqual([
    { table: 'A_CL', column: 'name', kind: 'dropped', cells: 2 },
    { table: 'A_CL', column: 'constructor', kind: 'dropped', cells: 1 },
  ]);
});

test('values that do not convert become null and are counted; null itself is no loss', () => {
  const on = landing();
  expect(land({ TimeGenerated: iso(now), Count: 'many', EventTime: 5, Name: null }, on)?.row).toEqual({
    TimeGenerated: iso(now),
  });
  expect(on.losses().map(({ column, kind }) => `${column} ${kind}`)).toEqual(['Count nulled', 'EventTime nulled']);
});

test('values over 64 KB are cut and counted', () => {
  const on = landing();
  expect(land({ Name: 'x'.repeat(70_000) }, on)?.row['Name']).toBe('x'.repeat(65_536));
  expect(on.losses()).toEqual([{ table: 'A_CL', column: 'Name', kind: 'truncated', cells: 1 }]);
});

test.each([
  ['two days old', now - 48 * hourMs, now - 48 * hourMs],
  ['more than two days old', now - 48 * hourMs - 1, now],
  ['a day ahead', now + 24 * hourMs, now + 24 * hourMs],
  ['more than a day ahead', now + 24 * hourMs + 1, now],
])('a TimeGenerated %s', (_, sent, stored) => {
  const landed = land({ TimeGenerated: iso(sent), EventTime: iso(sent) });
  expect(landed).toEqual({
    timeGenerated: stored,
    arrival: now,
    row: { TimeGenerated: iso(stored), EventTime: iso(sent) },
  });
});

test.each([
  ['missing', {}],
  ['null', { TimeGenerated: null }],
  ['unreadable', { TimeGenerated: 'soon' }],
])('a TimeGenerated that is %s becomes the arrival', (_, row) => {
  expect(land(row)).toEqual({ timeGenerated: now, arrival: now, row: { TimeGenerated: iso(now) } });
});

test('a row of the simulated past is judged by its own arrival', () => {
  const eventTime = now - 10 * 24 * hourMs;
  const arrival = (table: string, row: JsonObject): number | undefined =>
    table === 'A_CL' && typeof row['EventTime'] === 'string' ? Date.parse(row['EventTime']) + hourMs : undefined;
  const on = landing({ arrival });
  const row = { TimeGenerated: iso(eventTime), EventTime: iso(eventTime) };
  expect(land(row, on)).toEqual({ timeGenerated: eventTime, arrival: eventTime + hourMs, row });
  expect(land({ TimeGenerated: iso(eventTime) }, on)).toMatchObject({ timeGenerated: now, arrival: now });
  expect(land({ ...row, TimeGenerated: iso(now) }, on)).toMatchObject({ timeGenerated: eventTime + hourMs });
});

test('an arrival at or after the start of the run is a real one', () => {
  const startedAt = now - hourMs;
  const on = landing({
    startedAt,
    arrival: (_, row) => (typeof row['Count'] === 'number' ? startedAt + row['Count'] : undefined),
  });
  expect(on.land('A_CL', [{ Count: -1 }, { Count: 0 }, { Count: 1 }], now).map(({ arrival }) => arrival)).toEqual([
    startedAt - 1,
    now,
    now,
  ]);
});
