import { describe, expect, test } from 'vitest';
import { declaredBy } from '../../../../local/sentinel/workbook/declared.ts';
import { exportedFrom, exportsOf } from '../../../../local/sentinel/workbook/exports.ts';
import { queriedOptions, staticOptions } from '../../../../local/sentinel/workbook/options.ts';
import { unreachable } from '../../../../local/sentinel/workbook/reach.ts';
import { addressText, startValues } from '../../../../local/sentinel/workbook/start-values.ts';
import { type Place, substitute } from '../../../../local/sentinel/workbook/substitute.ts';
import { choiceLabel } from '../../../../local/sentinel/workbook/time-span.ts';
import { choiceOf, plainText, textValue } from '../../../../local/sentinel/workbook/values.ts';
import { isVisible } from '../../../../local/sentinel/workbook/visibility.ts';
import { allItems, type Parameter, type Workbook } from '../../../../local/sentinel/workbook/workbook.ts';
import { group, parameters, readTile, rowsOf, tabs, tile, when, workbook } from './made.ts';

const nowMs = Date.parse('2026-03-15T00:00:00Z');
const dayMs = 86_400_000;
const time = { name: 'Time', type: 4, value: { durationMs: 14 * dayMs } };
const list = {
  name: 'Kinds',
  type: 2,
  multiSelect: true,
  jsonData: '["a", {"value": "b", "label": "Bee", "selected": true}, {"value": "c", "selected": true}]',
};

function filled(of: Workbook, text: string, place: Place = 'query', address = ''): string {
  const values = startValues(of, new URLSearchParams(address));
  const declared = new Set(declaredBy(of.items).keys());
  const { text: made, missing } = substitute(text, { values, declared, place, nowMs });
  return missing.length > 0 ? `waits for ${missing.join()}` : made;
}

function parameterOf(of: Workbook): Parameter {
  const [found] = allItems(of.items).flatMap((item) => (item.type === 9 ? item.content.parameters : []));
  if (!found) throw new Error('there is a parameter');
  return found;
}

describe('a time parameter', () => {
  const book = workbook(parameters(time));
  test.each([
    ['{Time:start}', 'datetime(2026-03-01T00:00:00.000Z)'],
    ['{Time:end}', 'datetime(2026-03-15T00:00:00.000Z)'],
    ['where TimeGenerated {Time}', 'where TimeGenerated > ago(14d)'],
    ['{Time:query}', '> ago(14d)'],
    ['{Time:grain}', '1d'],
    ['{Time:label}', 'Last 14 days'],
    ['{Time:seconds}', '1209600'],
    ['{Time:startISO}', '2026-03-01T00:00:00.000Z'],
  ])('stands in a query as %s says', (text, expected) => {
    expect(filled(book, text)).toBe(expected);
  });

  test('reads as words in a text', () => {
    expect(filled(book, '{Time}, from {Time:start}', 'text')).toBe('Last 14 days, from 2026-03-01 00:00 UTC');
  });

  test('may be a span of its own, also in an address', () => {
    const [from, to] = [nowMs - 3 * dayMs, nowMs - dayMs];
    const address = `p.Time=${addressText({ kind: 'time', time: { fromMs: from, toMs: to } })}`;
    expect(filled(book, '{Time}', 'query', address)).toBe(
      'between(datetime(2026-03-12T00:00:00.000Z) .. datetime(2026-03-14T00:00:00.000Z))',
    );
    expect(filled(book, '{Time:grain}', 'query', 'p.Time=3600000')).toBe('1m');
  });

  test.each([
    [3_600_000, 'Last hour'],
    [dayMs, 'Last 24 hours'],
    [300_000, 'Last 5 minutes'],
    [2 * dayMs, 'Last 2 days'],
  ])('of %i ms is called %s', (durationMs, label) => {
    expect(choiceLabel({ durationMs })).toBe(label);
  });
});

describe('a text parameter', () => {
  const book = workbook(parameters({ name: 'User', type: 1, value: '*' }));

  test('takes its place, with quotes escaped where that is asked for', () => {
    expect(filled(book, 'where User has "{User}"')).toBe('where User has "*"');
    const address = `p.User=${encodeURIComponent('a "b" \\ {User}')}`;
    expect(filled(book, '"{User:escapejson}"', 'query', address)).toBe('"a \\"b\\" \\\\ {User}"');
  });

  test('leaves other braces alone', () => {
    expect(filled(book, 'let f = (x:long) {x}; dynamic({"User": {Other}})')).toBe(
      'let f = (x:long) {x}; dynamic({"User": {Other}})',
    );
  });
});

describe('a drop-down', () => {
  test('of several values puts them in quotes, those that are selected first', () => {
    const book = workbook(parameters(list));
    expect(filled(book, 'dynamic([{Kinds}])')).toBe("dynamic(['b','c'])");
    expect(filled(book, '{Kinds:label}', 'text')).toBe('Bee, c');
  });

  test('may have other quotes and delimiters, and a text for all of them', () => {
    const all = { ...list, quote: '"', delimiter: ' or ', typeSettings: { selectAllValue: '*' } };
    const parameter = parameterOf(workbook(parameters(all)));
    const options = staticOptions(parameter);
    expect(plainText(choiceOf(parameter, options, ['a', 'b']))).toBe('"a" or "b"');
    expect(plainText(choiceOf(parameter, options, ['value::all']))).toBe('*');
    expect(plainText(choiceOf(parameterOf(workbook(parameters(list))), options, ['value::all']))).toBe("'a','b','c'");
    expect(plainText(choiceOf(parameter, options, ['value::1']))).toBe('"a"');
  });

  test('is filled by a query, by its columns or its first one', () => {
    const named = rowsOf(
      [
        ['label', 'string'],
        ['value', 'string'],
        ['selected', 'bool'],
      ],
      [['One', '1', true]],
    );
    expect(queriedOptions(named)).toEqual([{ value: '1', label: 'One', isSelected: true }]);
    expect(queriedOptions(rowsOf([['Name', 'string']], [['x']]))).toEqual([
      { value: 'x', label: 'x', isSelected: false },
    ]);
  });

  test('without a choice keeps what names it waiting', () => {
    const book = workbook(parameters({ name: 'Kinds', type: 2, query: 'print 1' }));
    expect(filled(book, '{Kinds}')).toBe('waits for Kinds');
  });
});

describe('tabs and conditions', () => {
  const book = workbook(
    tabs('tab', 'first', 'second'),
    group('one', [], when('tab', 'isEqualTo', 'first')),
    group('two', [], when('tab', 'isEqualTo', 'second')),
    tile('behind a click', {}, when('Clicked', 'isNotEqualTo')),
    tile(
      'behind two',
      {},
      {
        conditionalVisibilities: [
          { parameterName: 'tab', comparison: 'isNotEqualTo', value: 'second' },
          { parameterName: 'Clicked', comparison: 'isEqualTo', value: 'x' },
        ],
      },
    ),
  );
  const shown = (changes: Readonly<Record<string, string>> = {}) => {
    const start = startValues(book, new URLSearchParams());
    const set = Object.entries(changes).map(([name, text]) => [name, textValue(text)] as const);
    return book.items.filter((item) => isVisible(item, new Map([...start, ...set]))).map(({ name }) => name);
  };

  test('the first tab is open at the start', () => {
    expect(shown()).toEqual(['tabs of tab', 'one']);
  });

  test('all conditions of an item must hold', () => {
    expect(shown({ tab: 'second' })).toEqual(['tabs of tab', 'two']);
    expect(shown({ Clicked: 'x' })).toEqual(['tabs of tab', 'one', 'behind a click', 'behind two']);
    expect(shown({ tab: 'second', Clicked: 'x' })).toEqual(['tabs of tab', 'two', 'behind a click']);
  });
});

describe('a click', () => {
  const row = { User: 'a@b.example', Count: 5, Tags: ['x'] };

  test('sets parameters to cells of the row', () => {
    const item = readTile({
      exportFieldName: 'User',
      exportParameterName: 'Who',
      exportedParameters: [
        { fieldName: 'Count', parameterName: 'HowMany' },
        { fieldName: 'Absent', parameterName: 'Nothing', defaultValue: 'none' },
      ],
    });
    expect(exportedFrom(exportsOf(item), row)).toEqual([
      ['Who', 'a@b.example'],
      ['HowMany', '5'],
      ['Nothing', 'none'],
    ]);
  });

  test('without a field sets one to the whole row', () => {
    expect(exportedFrom(exportsOf(readTile({ exportParameterName: 'Row' })), row)).toEqual([
      ['Row', JSON.stringify(row)],
    ]);
  });
});

describe('what the portal would not see', () => {
  test('is a parameter that is set later, or in another group', () => {
    const book = workbook(
      tile('early', { query: 'print "{Time:label}"' }),
      parameters(time),
      group('closed', [
        parameters({ name: 'Inner', type: 1, value: '' }),
        tile('fine', { query: 'print "{Inner}{Time:label}"' }),
      ]),
      tile('outside', { query: 'print "{Inner}"' }),
      tile('odd', { query: 'print "{Time:base64}"' }, when('Inner', 'isNotEqualTo')),
    );
    expect(unreachable(book.items)).toEqual([
      'early uses {Time}, which nothing before it sets',
      'outside uses {Inner}, which nothing before it sets',
      'odd uses {Time:base64}, a format that is not known',
      'odd depends on Inner, which nothing before it sets',
    ]);
  });

  test('is not a global one, nor one that its group exports', () => {
    const shared = { name: 'Shared', type: 1, value: '', isGlobal: true };
    const open = group('open', [parameters({ name: 'Out', type: 1, value: '' })]);
    const book = workbook(tile('early', { query: '{Shared}' }), group('closed', [parameters(shared)]), open);
    expect(unreachable(book.items)).toEqual([]);
    const [, , last] = book.items;
    if (last?.type !== 12) throw new Error('the group is a group');
    const exporting = { ...last, content: { ...last.content, exportParameters: true } };
    const [late] = workbook(tile('late', { query: '{Out}' })).items;
    expect(unreachable(late ? [exporting, late] : [])).toEqual([]);
    expect(unreachable(late ? [last, late] : [])).toHaveLength(1);
  });
});
