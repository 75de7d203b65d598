import { describe, expect, test } from 'vitest';
import { checkWorkbooks } from '../../../../local/sentinel/workbook/check-workbooks.ts';
import { extentOf, viewOf } from '../../../../local/sentinel/workbook/cell-view.ts';
import { chartData, slicesOf } from '../../../../local/sentinel/workbook/chart-data.ts';
import { clickables } from '../../../../local/sentinel/workbook/clickables.ts';
import { firstSorting, gridColumns, sorted } from '../../../../local/sentinel/workbook/grid.ts';
import { mapPoints } from '../../../../local/sentinel/workbook/map-data.ts';
import { numberText } from '../../../../local/sentinel/workbook/number-text.ts';
import { readWorkbook } from '../../../../local/sentinel/workbook/read-workbook.ts';
import type { Threshold } from '../../../../local/sentinel/workbook/schema-cells.ts';
import { tour } from '../../../../local/sentinel/workbook/tour.ts';
import { parameters, readTile, rowsOf, tabs, tile, when, workbook, workbookText, group } from './made.ts';

const extent = { min: 10, max: 30 };

describe('reading a workbook', () => {
  test('says what it does not know, and goes on without it', () => {
    const { items, notices } = readWorkbook(
      workbookText([
        tile('one', { visualization: 'table', gridSettings: { formatters: [], sparkle: true } }, { odd: 1 }),
        tile('two', { visualization: 'hologram' }),
        { type: 99, name: 'three', content: {} },
        group('four', [tile('five', { twist: 2 })]),
      ]),
    );
    expect(items.map(({ type }) => type)).toEqual([3, 'unknown', 'unknown', 12]);
    expect(notices).toEqual([
      'one: content.gridSettings.sparkle is not known',
      'one: odd is not known',
      expect.stringContaining('two: content.visualization'),
      'three: items of type 99 are not known',
      'five: content.twist is not known',
    ]);
  });

  test.each(['no JSON', '{"version":"Notebook/2.0","items":[]}', '[]'])('refuses %s', (text) => {
    expect(() => readWorkbook(text)).toThrow('This is no workbook');
  });
});

describe('a cell', () => {
  test.each([
    [{ formatter: 3 }, 20, { kind: 'bar', text: '20', share: 20 / 30 }],
    [
      { formatter: 4, formatOptions: { min: 0, max: 40, palette: 'red' } },
      20,
      { kind: 'bar', share: 0.5, tone: 'red' },
    ],
    [{ formatter: 8, formatOptions: { palette: 'orange' } }, 20, { kind: 'heat', share: 0.5, tone: 'orange' }],
    [{ formatter: 9 }, [1, 2, null], { kind: 'spark', values: [1, 2, 0], isBars: false }],
    [{ formatter: 10 }, [3], { kind: 'spark', isBars: true }],
    [{ formatter: 12 }, 1234.5, { kind: 'big', text: '1,234.5' }],
    [{ formatter: 11 }, 'High', { kind: 'sign', sign: 'error' }],
    [{ formatter: 1 }, '<img src=x>', { kind: 'text', text: '<img src=x>' }],
    [{ formatter: 7, formatOptions: { linkTarget: 'Url' } }, '', { kind: 'text', text: '' }],
  ] as const)('with %j of %j', (formatter, cell, expected) => {
    expect(viewOf(cell, 'dynamic', formatter, extent)).toMatchObject(expected);
  });

  const grid: Threshold[] = [
    { operator: '>=', thresholdValue: '30', representation: 'red', text: '{0}{1} high' },
    { operator: 'contains', thresholdValue: 'ERR', representation: 'orange', text: '{0}' },
    { operator: 'is Empty', representation: 'gray', text: 'nothing' },
    { operator: 'Default', representation: 'green', text: '{0}{1}' },
  ];
  test.each([
    [35, 'red', '35 high'],
    ['an error', 'orange', 'an error'],
    [null, 'gray', 'nothing'],
    ['$& fine', 'green', '$& fine'],
  ])('%j has its threshold %s', (cell, tone, text) => {
    const options = { thresholdsOptions: 'colors', thresholdsGrid: grid } as const;
    expect(viewOf(cell, 'string', { formatter: 18, formatOptions: options }, extent)).toEqual({
      kind: 'tag',
      tone,
      text,
    });
  });

  test('without a formatter shows a time to the second', () => {
    expect(viewOf('2026-03-01T10:20:30.1234567Z', 'datetime', undefined, extent)).toMatchObject({
      text: '2026-03-01 10:20:30',
    });
  });

  test('numbers have their unit and digits', () => {
    expect(numberText(1234.567, { unit: 17, options: { maximumFractionDigits: 0 } })).toBe('1,235');
    expect(numberText(12.3456, { unit: 1 })).toBe('12.35 %');
    expect(extentOf([3, 'x', null, -1])).toEqual({ min: -1, max: 3 });
  });
});

describe('a grid', () => {
  const item = readTile({
    gridSettings: {
      formatters: [
        { columnMatch: 'Count', formatter: 3 },
        { columnMatch: '.*Id', formatter: 5 },
        { columnMatch: 'broken(', formatter: 1 },
      ],
      labelSettings: [{ columnId: 'Count', label: 'How many' }],
      sortBy: [{ itemKey: '$gen_bar_Count_1', sortOrder: 2 }],
    },
  });

  test('hides, labels and formats columns by name or pattern', () => {
    const answer = rowsOf(
      [
        ['EventId', 'string'],
        ['Count', 'long'],
        ['broken(', 'string'],
      ],
      [['x', 4, 'y']],
    );
    expect(gridColumns(item, answer)).toMatchObject([
      { name: 'Count', label: 'How many', index: 1, formatter: { formatter: 3 }, extent: { min: 4, max: 4 } },
      { name: 'broken(', label: 'broken(' },
    ]);
    expect(firstSorting(item)).toEqual({ name: 'Count', isDescending: true });
  });

  test('sorts numbers as numbers, and what is empty last', () => {
    const rows = [[10], [9], [null], [200]];
    expect(sorted(rows, 0, false)).toEqual([[9], [10], [200], [null]]);
    expect(sorted(rows, 0, true)).toEqual([[200], [10], [9], [null]]);
  });
});

describe('a chart', () => {
  test('takes the arrays of make-series apart', () => {
    const answer = rowsOf(
      [
        ['Kind', 'string'],
        ['Events', 'dynamic'],
        ['Time', 'dynamic'],
      ],
      [['a', [1, 2], ['2026-03-01T00:00:00.0000000Z', '2026-03-02T00:00:00.0000000Z']]],
    );
    const labels = { seriesLabelSettings: [{ seriesName: 'a', label: 'The a' }] };
    expect(chartData(readTile({ visualization: 'timechart', chartSettings: labels }), answer)).toEqual({
      isTime: true,
      series: [
        {
          name: 'a',
          label: 'The a',
          points: [
            { x: Date.UTC(2026, 2, 1), y: 1 },
            { x: Date.UTC(2026, 2, 2), y: 2 },
          ],
        },
      ],
    });
  });

  test('makes what is clicked of its points', () => {
    const answer = rowsOf(
      [
        ['Type', 'string'],
        ['Events', 'long'],
      ],
      [
        ['in', 5],
        ['', 7],
      ],
    );
    expect(clickables(readTile({ visualization: 'categoricalbar' }), answer)).toEqual([
      { series: 'in', x: 'in', y: 5, label: 'in' },
      { series: '', x: '', y: 7, label: '' },
    ]);
    expect(clickables(readTile({ visualization: 'piechart' }), answer)).toEqual([
      { series: 'in', x: 'in', y: 5, label: 'in' },
    ]);
  });

  test('has one series for each value of a second text', () => {
    const answer = rowsOf(
      [
        ['Day', 'datetime'],
        ['Way', 'string'],
        ['Events', 'long'],
      ],
      [
        ['2026-03-02T00:00:00Z', 'in', 1],
        ['2026-03-01T00:00:00Z', 'in', 2],
        ['2026-03-01T00:00:00Z', 'out', 3],
      ],
    );
    const { series } = chartData(readTile({ visualization: 'barchart' }), answer);
    expect(series.map(({ name, points }) => [name, points.map(({ y }) => y)])).toEqual([
      ['in', [2, 1]],
      ['out', [3]],
    ]);
  });

  test('puts the small slices of a pie together', () => {
    const rows = Array.from({ length: 30 }, (_, n) => [`kind ${n}`, n + 1]);
    const answer = rowsOf(
      [
        ['Kind', 'string'],
        ['Events', 'long'],
      ],
      rows,
    );
    const slices = slicesOf(readTile({ visualization: 'piechart', chartSettings: { createOtherGroup: 5 } }), answer);
    expect(slices).toHaveLength(6);
    expect(slices.at(-1)).toEqual({ name: '', label: '25 others', value: 325 });
  });
});

test('a map adds up what lies at one place, and leaves out what has none', () => {
  const settings = { sizeSettings: 'Mails', sizeAggregation: 'Sum', legendMetric: 'Mails', legendAggregation: 'Max' };
  const map = { locInfo: 'LatLong', latitude: 'Lat', longitude: 'Lon', labelSettings: 'Country', ...settings };
  const answer = rowsOf(
    [
      ['Country', 'string'],
      ['Lat', 'real'],
      ['Lon', 'real'],
      ['Mails', 'long'],
    ],
    [
      ['A', 1.5, 2.5, 3],
      ['B', 9, 9, 100],
      ['A', 1.5, 2.5, 4],
      ['', null, null, 50],
    ],
  );
  expect(mapPoints(readTile({ visualization: 'map', mapSettings: map }), answer)).toMatchObject([
    { label: 'B', size: 100, value: 100 },
    { label: 'A', latitude: 1.5, longitude: 2.5, size: 7, value: 4 },
  ]);
});

test('the check names what is wrong with a workbook', () => {
  const bad = [
    tile('bound', { query: 'Audit_CL\n| where absent == 1' }),
    tile('columns', {
      query: 'Audit_CL | project user',
      gridSettings: { formatters: [{ columnMatch: 'User', formatter: 1 }] },
    }),
    tile('looks', {
      query: 'Audit_CL | project user',
      gridSettings: { formatters: [{ columnMatch: 'user', formatter: 19, formatOptions: { palette: 'plaid' } }] },
    }),
    tile('places', { query: 'print "/subscriptions/abc"' }),
  ];
  const text = workbookText(bad, { fromTemplateId: 'sentinel-UserWorkbook' });
  const messages = checkWorkbooks([{ path: 'workbooks/bad.json', text }], []).map(({ message }) => message);
  for (const expected of [
    'line 2, column 9 of the query',
    'columns: the query has no column User',
    'formatter 19',
    'the palette plaid',
    'names a resource',
    'a workbook of a user',
  ])
    expect(messages).toContainEqual(expect.stringContaining(expected));
  const good = workbookText([
    parameters({ name: 'User', type: 1, value: '*' }),
    tile('fine', { query: 'Audit_CL | where user has "{User:escapejson}"' }),
  ]);
  expect(checkWorkbooks([{ path: 'workbooks/good.json', text: good }], [])).toEqual([]);
});

test('a tour opens every tab and clicks until what is behind a click has rows', () => {
  const book = workbook(
    tabs('tab', 'one', 'two'),
    group(
      'in one',
      [
        tile('totals', { query: 'totals', exportFieldName: 'Name', exportParameterName: 'Name' }),
        tile('behind', { query: 'rows of {Name}' }, when('Name', 'isNotEqualTo')),
      ],
      when('tab', 'isEqualTo', 'one'),
    ),
    group(
      'in two',
      [tile('other', { query: 'other' }), tile('never', { query: 'x' }, when('tab', 'isEqualTo', 'three'))],
      when('tab', 'isEqualTo', 'two'),
    ),
  );
  const asked: string[] = [];
  const stops = tour({
    workbook: book,
    nowMs: 0,
    ask: ({ query }) => {
      asked.push(query);
      if (query === 'totals') return rowsOf([['Name', 'string']], [['a'], ['b'], ['c']]);
      return rowsOf([['x', 'long']], query === 'rows of b' || query === 'other' ? [[1]] : []);
    },
  });
  expect(stops.map(({ item, request }) => [item.name, request.query])).toEqual([
    ['totals', 'totals'],
    ['behind', 'rows of b'],
    ['other', 'other'],
  ]);
  expect(asked).toEqual(['totals', 'rows of a', 'rows of b', 'other']);
});
