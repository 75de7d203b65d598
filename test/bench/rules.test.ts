import { expect, test } from 'vitest';
import { benchRules, rulesTable } from '../../bench/rules.ts';

test('every parser and every rule is timed over tables of each size', () => {
  const lines: string[] = [];
  const times = benchRules({ sizes: [100, 200], onProgress: (line) => lines.push(line) });
  expect(lines).toEqual(['Measuring over 100 rows.', 'Measuring over 200 rows.']);
  const bySize = Map.groupBy(times, ({ rows }) => rows);
  expect([...bySize].map(([rows, of]) => [rows, of.length])).toEqual([
    [100, 2 * 11 + 13],
    [200, 2 * 11 + 13],
  ]);
  // The clock of a processor may not move within one query over a hundred rows; it does within all of them.
  for (const of of bySize.values()) {
    expect(of.reduce((sum, { milliseconds }) => sum + milliseconds, 0)).toBeGreaterThan(0);
  }
});

test('the table has a line for each, in seconds for a million rows', () => {
  const times = [
    { name: 'Mail | take 5', rows: 1000, milliseconds: 2 },
    { name: 'A rule', rows: 1000, milliseconds: 30 },
    { name: 'Mail | take 5', rows: 3000, milliseconds: 3 },
    { name: 'A rule', rows: 3000, milliseconds: 90 },
  ];
  expect(rulesTable(times).split('\n')).toEqual([
    '| seconds for a million rows | of 1,000 | of 3,000 |',
    '| --- | --: | --: |',
    '| Mail \\| take 5 | 2.00 | 1.00 |',
    '| A rule | 30.00 | 30.00 |',
  ]);
});
