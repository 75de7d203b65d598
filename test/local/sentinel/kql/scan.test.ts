import { describe, expect, test } from 'vitest';
import type { JsonObject } from '../../../../functions/tables/json.ts';
import { kustoSchema } from '../../../../local/sentinel/kql/language.ts';
import { keepTable } from '../../../../local/sentinel/kql/kept-table.ts';
import type { SourceRow, Surroundings } from '../../../../local/sentinel/kql/scope.ts';
import { ask } from './ask.ts';

const globals = kustoSchema({
  tables: [
    {
      name: 'Mail_CL',
      columns: {
        EventId: 'string',
        type: 'string',
        size: 'long',
        score: 'real',
        isHeld: 'boolean',
        sentAt: 'dateTime',
        tags: 'dynamic',
      },
    },
  ],
  functions: [
    {
      name: 'Mail',
      parameters: '(since:datetime=datetime(null), types:dynamic=dynamic([]))',
      body: `let none = datatable(TimeGenerated:datetime, EventId:string)[];
        union isfuzzy=true none, Absent_CL,
          (Mail_CL | extend IngestionTime = ingestion_time()
            | where isnull(since) or TimeGenerated >= since
            | where array_length(types) == 0 or type in (types))
        | summarize arg_min(IngestionTime, *) by EventId`,
    },
    { name: 'BigMail', parameters: '(least:long=10)', body: 'Mail | where size >= least // no more' },
  ],
});

const hour = 3_600_000;
const start = Date.parse('2026-11-20T00:00:00Z');

function row(hours: number, cells: JsonObject, arrivedAfter = 1): SourceRow {
  return { timeGenerated: start + hours * hour, arrival: start + (hours + arrivedAfter) * hour, row: cells };
}

/** A table that notes which rows it was asked for. */
function table(rows: readonly SourceRow[]): { surroundings: Partial<Surroundings>; asked: (string | undefined)[] } {
  const asked: (string | undefined)[] = [];
  return {
    asked,
    surroundings: {
      nowMs: start + 48 * hour,
      rows: (name, { sinceMs }) => {
        asked.push(sinceMs === undefined ? undefined : new Date(sinceMs).toISOString());
        return name === 'Mail_CL' ? rows : [];
      },
    },
  };
}

const some = [
  row(1, { EventId: 'a', type: 'in', size: 5 }),
  row(1, { EventId: 'a', type: 'again', size: 5 }, 2),
  row(30, { EventId: 'b', type: 'out', size: 50, tags: { n: 1, list: ['x', 2.5] } }),
];

describe('the rows of a table', () => {
  test('become cells of the types of their columns, with nothing where nothing was sent', () => {
    const { surroundings } = table([
      row(0, {
        type: 'in',
        size: 7,
        score: 0.5,
        isHeld: true,
        sentAt: '2026-11-19T23:59:59.500Z',
        tags: [1, { a: null }],
      }),
      row(1, {}),
    ]);
    const query = 'Mail_CL | project TimeGenerated, Type, type, size, score, isHeld, sentAt, tags, SourceSystem';
    expect(ask(query, { globals, surroundings })).toEqual([
      [
        '2026-11-20T00:00:00.0000000Z',
        'Mail_CL',
        'in',
        '7',
        '0.5',
        'True',
        '2026-11-19T23:59:59.5000000Z',
        '[1,{"a":null}]',
        '',
      ],
      ['2026-11-20T01:00:00.0000000Z', 'Mail_CL', '', null, null, null, null, null, ''],
    ]);
  });

  test('bring their time of arrival, which is no column', () => {
    const { surroundings } = table(some);
    expect(ask('Mail_CL | where size > 10 | project ingestion_time()', { globals, surroundings })).toEqual([
      ['2026-11-21T07:00:00.0000000Z'],
    ]);
    expect(ask('Mail_CL | take 1', { globals, surroundings })[0]).toHaveLength(12);
    const late = 'Mail_CL | summarize count() by type | extend ingestion_time()';
    expect(() => ask(late, { globals, surroundings })).toThrow('ingestion_time() other than on the rows of a table');
  });

  test('are read through saved functions, their parameters and defaults', () => {
    const { surroundings } = table(some);
    expect(ask('Mail | sort by EventId asc | project EventId, type', { globals, surroundings })).toEqual([
      ['a', 'in'],
      ['b', 'out'],
    ]);
    expect(ask('Mail(types=dynamic(["again"])) | project type', { globals, surroundings })).toEqual([['again']]);
    expect(ask('BigMail | project EventId', { globals, surroundings })).toEqual([['b']]);
    expect(ask('BigMail(least=1) | count', { globals, surroundings })).toEqual([['2']]);
  });

  test('column_ifexists takes a column that is there, else what stands for it', () => {
    const { surroundings } = table(some);
    const query = 'Mail_CL | take 1 | project a = column_ifexists("type", ""), b = column_ifexists("type_s", "none")';
    expect(ask(query, { globals, surroundings })).toEqual([['in', 'none']]);
  });
});

describe('rows that are kept decoded', () => {
  test.each([
    'Mail_CL',
    'Mail',
    'Mail_CL | where TimeGenerated > ago(1d) | project TimeGenerated, Type, size, tags, ingestion_time()',
    'Mail_CL | summarize count(), sum(size) by type | sort by type asc',
  ])('give %s the same answer', (query) => {
    const { surroundings } = table(some);
    const rows = keepTable();
    rows.add(some.slice(0, 1));
    const kept = (name: string) => (name === 'Mail_CL' ? rows : undefined);
    const asked = () => ask(query, { globals, surroundings: { ...surroundings, kept } });
    // What lands after a query is decoded for the next one.
    asked();
    rows.add(some.slice(1));
    expect(asked()).toEqual(ask(query, { globals, surroundings }));
  });

  test.each([
    [{ fromMs: start + hour, toMs: start + 29 * hour }, '2'],
    [{ fromMs: start + 2 * hour, toMs: start + 30 * hour }, '1'],
  ])('are there only within the time range that is set, %j', (range, count) => {
    const { surroundings } = table(some);
    const rows = keepTable();
    rows.add(some);
    const counted = (of: Partial<Surroundings>) => ask('Mail_CL | count', { globals, surroundings: { ...of, range } });
    expect(counted({ ...surroundings, kept: () => rows })).toEqual([[count]]);
    expect(counted(surroundings)).toEqual([[count]]);
  });
});

describe('the lower bound of TimeGenerated', () => {
  test.each([
    ['Mail_CL | where TimeGenerated > ago(1d)', '2026-11-21T00:00:00.000Z'],
    ['Mail_CL | where size > 1 and TimeGenerated between (datetime(2026-11-21) .. now())', '2026-11-21T00:00:00.000Z'],
    ['Mail_CL | extend x = 1 | project TimeGenerated, x | where ago(1d) <= TimeGenerated', '2026-11-21T00:00:00.000Z'],
    ['let t = ago(1d); Mail_CL | where TimeGenerated >= t | where TimeGenerated >= t + 6h', '2026-11-21T06:00:00.000Z'],
    ['Mail(ago(1d))', '2026-11-21T00:00:00.000Z'],
    ['union Mail_CL, (Mail_CL | where size == 0) | where TimeGenerated > ago(1d)', '2026-11-21T00:00:00.000Z'],
  ])('of %s reaches the table', (query, since) => {
    const { surroundings, asked } = table(some);
    ask(query, { globals, surroundings });
    expect(new Set(asked)).toEqual(new Set([since]));
  });

  test.each([
    'Mail_CL',
    'Mail',
    'Mail_CL | where TimeGenerated > ago(1d) or size > 1',
    'Mail_CL | where TimeGenerated !between (ago(1d) .. now())',
    'Mail_CL | where not(TimeGenerated > ago(1d))',
    'Mail_CL | summarize TimeGenerated = max(TimeGenerated) by type | where TimeGenerated > ago(1d)',
    'Mail_CL | extend TimeGenerated = sentAt | where TimeGenerated > ago(1d)',
    'Mail_CL | sort by TimeGenerated | extend i = row_number() | where TimeGenerated > ago(1d)',
    'Mail_CL | take 5 | where TimeGenerated > ago(1d)',
  ])('of %s is none that the table could use', (query) => {
    const { surroundings, asked } = table(some);
    ask(query, { globals, surroundings });
    expect(asked).toEqual([undefined]);
  });

  test('is a hint alone: rows before it do not pass', () => {
    const { surroundings } = table(some);
    expect(ask('Mail_CL | where TimeGenerated > ago(1d) | project EventId', { globals, surroundings })).toEqual([
      ['b'],
    ]);
  });
});

test('150,000 rows go through a parser and a summarize in seconds', () => {
  const rows = Array.from({ length: 150_000 }, (_, index) =>
    row(index / 1000, { EventId: `id${index}`, type: `t${index % 7}` }),
  );
  const begun = performance.now();
  expect(ask('Mail | summarize count() by type', { globals, surroundings: { rows: () => rows } })).toHaveLength(7);
  expect(performance.now() - begun).toBeLessThan(15_000);
});
