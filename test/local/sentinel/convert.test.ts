import { expect, test } from 'vitest';
import { convert, maxCellBytes, truncate } from '../../../local/sentinel/convert.ts';

test.each([
  ['text', 'text'],
  [12.5, '12.5'],
  [false, 'false'],
  [['a', 1], '["a",1]'],
  [{ a: null }, '{"a":null}'],
])('a string column stores %o as %o', (value, stored) => {
  expect(convert(value, 'string')).toBe(stored);
});

test.each([
  [1.5, 1.5],
  ['-2.5e3', -2500],
  [' 7 ', 7],
  ['', undefined],
  ['0x10', undefined],
  ['Infinity', undefined],
  ['1e999', undefined],
  [true, undefined],
  [[1], undefined],
])('a real column stores %o as %o', (value, stored) => {
  expect(convert(value, 'real')).toBe(stored);
});

test.each([
  [12, 12],
  ['12', 12],
  [-(2 ** 53), -(2 ** 53)],
  [1.5, undefined],
  [1e19, undefined],
  ['twelve', undefined],
  [false, undefined],
])('a long column stores %o as %o', (value, stored) => {
  expect(convert(value, 'long')).toBe(stored);
});

test.each([
  [true, true],
  ['False', false],
  [1, undefined],
  ['yes', undefined],
  [{}, undefined],
])('a boolean column stores %o as %o', (value, stored) => {
  expect(convert(value, 'boolean')).toBe(stored);
});

test.each([
  ['2026-11-21T12:00:00.123Z', '2026-11-21T12:00:00.123Z'],
  ['2026-11-21T12:00:00.1234567Z', '2026-11-21T12:00:00.123Z'],
  ['2026-11-21T12:00:00+02:00', '2026-11-21T10:00:00.000Z'],
  ['2026-11-21 12:00:00', '2026-11-21T12:00:00.000Z'],
  ['2026-11-21', '2026-11-21T00:00:00.000Z'],
  ['2026-13-21T12:00:00Z', undefined],
  ['yesterday', undefined],
  ['', undefined],
  [1_790_000_000_000, undefined],
  [true, undefined],
])('a dateTime column stores %o as %o', (value, stored) => {
  expect(convert(value, 'dateTime')).toBe(stored);
});

test.each([['{"a":1}'], [7], [true], [[1, 'a']], [{ a: [null] }]])('a dynamic column stores %o as it is', (value) => {
  expect(convert(value, 'dynamic')).toBe(value);
});

test('a value of 64 KB is kept, a longer one cut', () => {
  const longest = 'x'.repeat(maxCellBytes);
  expect(truncate(longest)).toEqual({ value: longest, isCut: false });
  expect(truncate(`${longest}y`)).toEqual({ value: longest, isCut: true });
});

test('a cut never ends inside a character', () => {
  const { value, isCut } = truncate(`x${'€'.repeat(30_000)}`);
  expect([value, isCut]).toEqual([`x${'€'.repeat(21_845)}`, true]);
  expect(truncate('€'.repeat(21_845))).toMatchObject({ isCut: false });
});

test('a dynamic value over 64 KB is left as the start of its text', () => {
  expect(truncate({ a: 'x'.repeat(100_000) })).toEqual({ value: `{"a":"${'x'.repeat(maxCellBytes - 6)}`, isCut: true });
  const list = [1, 2, 3];
  expect(truncate(list)).toEqual({ value: list, isCut: false });
});
