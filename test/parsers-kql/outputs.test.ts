import { describe, expect, test } from 'vitest';
import { checkParsers } from '../../local/sentinel/content/check-parsers.ts';
import outputs31 from './outputs-3.1.json' with { type: 'json' };
import { answer, bound, parserFiles, parsers } from './workspaces.ts';

const ownColumns = { TimeGenerated: 'datetime', EventId: 'string', EventTime: 'datetime', IngestionTime: 'datetime' };
const cases = Object.entries(outputs31).flatMap(([name, outputs]) =>
  (['3.0', '3.1', 'ours', 'mixed', 'none'] as const).map((generation) => [name, generation, outputs] as const),
);

describe('the parsers', () => {
  test('are those of solution 3.1', () => {
    expect(parsers.map(({ name }) => name).toSorted()).toEqual(Object.keys(outputs31).toSorted());
  });

  test('have nothing that the checker finds', () => {
    expect(checkParsers(parserFiles)).toEqual([]);
  });

  test('have parameters with defaults, the times first', () => {
    for (const { parameters } of parsers)
      expect(parameters).toMatch(
        /^\(starttime:datetime=datetime\(null\), endtime:datetime=datetime\(null\)(, types:dynamic=dynamic\(\[\]\)|, history:bool=false)?\)$/,
      );
    const extra = (end: string) => parsers.filter(({ parameters }) => parameters.endsWith(end)).map(({ name }) => name);
    expect(extra('types:dynamic=dynamic([]))')).toEqual(['MimecastCG']);
    expect(extra('history:bool=false)').toSorted()).toEqual(
      Object.keys(outputs31)
        .filter((name) => name.startsWith('Awareness'))
        .toSorted(),
    );
  });

  test.each(cases)('%s gives every column of 3.1 over tables of %s', (name, generation, outputs) => {
    const { columns, diagnostics } = bound(name, generation);
    expect(diagnostics.filter(({ severity }) => severity === 'Error')).toEqual([]);
    expect(Object.fromEntries(columns.map((column) => [column.name, column.type]))).toMatchObject({
      ...outputs,
      ...ownColumns,
    });
  });

  test.each(cases)('%s runs over empty tables of %s', (name, of) => {
    expect(answer(name, of, [])).toEqual([]);
    expect(answer(`${name}(datetime(2026-03-01), datetime(2026-03-02))`, of, [])).toEqual([]);
  });
});
