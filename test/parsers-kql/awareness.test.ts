import { describe, expect, test } from 'vitest';
import type { Json, JsonObject } from '../../functions/tables/json.ts';
import { answer, type Arrived } from './workspaces.ts';

const parsers = [
  { name: 'AwarenessPerformanceDetails', table: 'Awareness_Performance_Details_CL', email: 'email', output: 'Email' },
  {
    name: 'AwarenessSafeScore',
    table: 'Awareness_SafeScore_Details_CL',
    email: 'emailAddress',
    output: 'Email Address',
  },
  { name: 'AwarenessWatchlist', table: 'Awareness_Watchlist_Details_CL', email: 'email', output: 'Email' },
  { name: 'AwarenessUserData', table: 'Awareness_User_Data_CL', email: 'email', output: 'Email' },
] as const;

const text = (value: Json | undefined): string => (typeof value === 'string' ? value : '');
const at = (day: string): string => `2026-${day}T06:00:00Z`;

describe.each(parsers)('$name', ({ name, table, email, output }) => {
  /** A row of a day's snapshot; `EventId` names feed, day and address. */
  function snapshot(day: string, address: string, state: string, arrival = at(day)): Arrived {
    const cells = {
      EventId: `${day} ${address}`,
      EventTime: at(day),
      [email]: address,
      userState: state,
      name: address,
    };
    return { table, cells, arrival, timeGenerated: at(day) };
  }

  /** A row of solution 3.0 or 3.1, which wrote one at each of its runs. */
  function old(time: string, cells: JsonObject): Arrived {
    return { table, cells, arrival: time };
  }

  const states = (call: string, rows: readonly Arrived[]): readonly string[] =>
    answer(call, 'mixed', rows)
      .map((row) => `${text(row[output])} ${text(row['User State'])}`)
      .toSorted();
  const latest = name;
  const all = `${name}(history=true)`;

  const rows = [
    snapshot('03-08', 'a@example.com', 'first'),
    snapshot('03-10', 'A@example.com', 'latest'),
    snapshot('03-09', 'a@example.com', 'second'),
    snapshot('03-09', 'b@example.com', 'only'),
    snapshot('02-06', 'c@example.com', 'within 35 days'),
    snapshot('02-01', 'd@example.com', 'too old'),
  ];

  test('gives the latest row of each user within 35 days', () => {
    expect(states(latest, rows)).toEqual([
      'A@example.com latest',
      'b@example.com only',
      'c@example.com within 35 days',
    ]);
  });

  test('gives the same whatever the time range', () => {
    const narrow = `${name}(datetime(2026-03-08), datetime(2026-03-09))`;
    expect(states(narrow, rows)).toEqual(states(latest, rows));
  });

  test('gives every day of every user with history, within the time range if there is one', () => {
    expect(states(all, rows)).toHaveLength(6);
    const march = `${name}(datetime(2026-03-08), datetime(2026-03-09T23:00:00), true)`;
    expect(states(march, rows)).toEqual(['a@example.com first', 'a@example.com second', 'b@example.com only']);
  });

  test('gives a row that was sent twice once, the copy that arrived first', () => {
    const twice = [
      snapshot('03-09', 'a@example.com', 'copy', at('03-10')),
      snapshot('03-09', 'a@example.com', 'original'),
    ];
    expect(states(latest, twice)).toEqual(['a@example.com original']);
    expect(states(all, twice)).toEqual(['a@example.com original']);
  });

  test('reads rows of 3.0 and 3.1, the latest of all generations for a user', () => {
    const generations = [
      old('2026-03-07T01:00:00Z', { [`${email}_s`]: 'a@example.com', userState_s: 'of 3.0' }),
      old('2026-03-08T01:00:00Z', { [email]: 'a@example.com', userState: 'of 3.1' }),
      old('2026-03-08T02:00:00Z', { [email]: 'a@example.com', userState: 'of 3.1' }),
    ];
    expect(states(latest, generations)).toEqual(['a@example.com of 3.1']);
    expect(states(all, generations)).toEqual(['a@example.com of 3.0', 'a@example.com of 3.1']);
  });

  test('keeps equal rows of 3.1 from different days apart in the history', () => {
    const days = ['2026-03-07T01:00:00Z', '2026-03-07T05:00:00Z', '2026-03-08T01:00:00Z'];
    const found = answer(
      all,
      'mixed',
      days.map((time) => old(time, { [email]: 'a@example.com', userState: 'same' })),
    );
    expect(found.map((row) => text(row['EventTime'])).toSorted()).toEqual([
      '2026-03-07T01:00:00.0000000Z',
      '2026-03-08T01:00:00.0000000Z',
    ]);
  });

  test('takes users without an address for different ones', () => {
    const nameless = ['x', 'y'].map((id) => ({
      table,
      cells: { EventId: id, EventTime: at('03-09'), [email]: '', userState: id },
      arrival: at('03-09'),
    }));
    expect(states(latest, nameless)).toEqual([' x', ' y']);
  });
});

describe('AwarenessUserData', () => {
  const table = 'Awareness_User_Data_CL';
  const row = (cells: JsonObject, arrival = at('03-09')): Arrived => ({
    table,
    cells: { email: 'a@example.com', ...cells },
    arrival,
  });
  const campaigns = (rows: readonly Arrived[]): readonly unknown[] =>
    answer('AwarenessUserData', 'mixed', rows)
      .map((found) => text(found['Status']))
      .toSorted();

  test('gives the latest row of each campaign of a user', () => {
    const ours = (campaignId: string, status: string, day: string): Arrived =>
      row({ campaignId, status, templateName: 'Parcel', EventId: `${campaignId} ${day}`, EventTime: at(day) }, at(day));
    expect(
      campaigns([ours('1', 'sent', '03-08'), ours('1', 'clicked', '03-09'), ours('2', 'reported', '03-07')]),
    ).toEqual(['clicked', 'reported']);
  });

  test('tells the campaigns of older rows apart by template and schedule', () => {
    const old = (templateName: string, timeScheduled: string, status: string): Arrived =>
      row({ templateName, timeScheduled, status });
    expect(
      campaigns([old('Parcel', at('02-01'), 'a'), old('Parcel', at('02-08'), 'b'), old('Payroll', at('02-08'), 'c')]),
    ).toEqual(['a', 'b', 'c']);
  });

  test('lets an older row give way to ours of the same user, template and schedule', () => {
    const of = (templateName: string, timeScheduled: string, more: JsonObject): Arrived =>
      row({ templateName, timeScheduled, ...more });
    const ours = { campaignId: '1', EventId: 'e', EventTime: at('03-08') };
    const rows = [
      of('Parcel', at('02-01'), { status: 'of 3.1' }),
      of('Parcel', at('02-01'), { status: 'ours', ...ours }),
      of('Parcel', at('02-08'), { status: 'of 3.1, another' }),
      of('Parcel', at('02-01'), { status: 'of 3.1, another user', email: 'b@example.com' }),
    ];
    expect(campaigns(rows)).toEqual(['of 3.1, another', 'of 3.1, another user', 'ours']);
    expect(answer('AwarenessUserData(history=true)', 'mixed', rows)).toHaveLength(4);
  });
});

describe('AwarenessWatchlist', () => {
  test('says when the row was made, which 3.1 left empty', () => {
    const cells = { EventId: '1', EventTime: at('03-09'), email: 'a@example.com', watchlistCount: 2 };
    const rows = [{ table: 'Awareness_Watchlist_Details_CL', cells, arrival: at('03-09') }];
    expect(answer('AwarenessWatchlist()', 'ours', rows)).toEqual([
      expect.objectContaining({ 'Time Generated': '2026-03-09T06:00:00.0000000Z', 'Watchlist Count': 2 }),
    ]);
  });
});
