import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { readJson } from '../../../../local/sentinel/kql/values/json-reader.ts';
import { realText } from '../../../../local/sentinel/kql/values/real-text.ts';
import { jsonText } from '../../../../local/sentinel/kql/values/text.ts';
import { lastDatetime, msOfTicks, ticksOfMs } from '../../../../local/sentinel/kql/values/ticks.ts';
import {
  datetimeText,
  parseDatetime,
  parseTimespan,
  timespanText,
} from '../../../../local/sentinel/kql/values/time-text.ts';

const seed = 20261122;

describe('the text of a real', () => {
  test.each([
    [5, '5.0'],
    [-0, '-0.0'],
    [0.1 + 0.2, '0.30000000000000007'],
    [1 / 3, '0.3333333333333333'],
    [1e21, '1e21'],
    [1e20, '100000000000000000000.0'],
    [0.000001, '0.000001'],
    [1.5e-7, '1.5e-7'],
    [-1e300, '-1e300'],
    [Infinity, 'inf'],
    [-Infinity, '-inf'],
    [Number.NaN, 'NaN'],
    [5e-324, '5e-324'],
    [2 ** -1022, '2.2250738585072014e-308'],
  ])('of %d is %s', (real, text) => {
    expect(realText(real)).toBe(text);
  });

  test('reads back as the same number', () => {
    const anyReal = fc.double({ noNaN: true, noDefaultInfinity: true });
    fc.assert(
      fc.property(anyReal, (real) => {
        expect(Number(realText(real))).toBe(real);
      }),
      { seed, numRuns: 2000 },
    );
  });
});

describe('the text of times', () => {
  test.each([
    ['2020-06-15T13:45:09.1234567Z', '2020-06-15T13:45:09.1234567Z'],
    ['2020-06-15 13:45', '2020-06-15T13:45:00.0000000Z'],
    ['2020-06-15', '2020-06-15T00:00:00.0000000Z'],
    ['2020-06-15T00:30:00+02:00', '2020-06-14T22:30:00.0000000Z'],
    ['0001-01-01', '0001-01-01T00:00:00.0000000Z'],
    ['2024-02-29', '2024-02-29T00:00:00.0000000Z'],
  ])('%s is the datetime %s', (text, printed) => {
    expect(datetimeText(parseDatetime(text) ?? -1n)).toBe(printed);
  });

  test.each(['2023-02-29', '2020-13-45', '2020-01-01 24:00', 'not a date', ''])('%s is no datetime', (text) => {
    expect(parseDatetime(text)).toBeNull();
  });

  test('every datetime reads back, to the tick', () => {
    fc.assert(
      fc.property(fc.bigInt(0n, lastDatetime), (ticks) => {
        expect(parseDatetime(datetimeText(ticks))).toBe(ticks);
      }),
      { seed },
    );
  });

  test('milliseconds since 1970 survive', () => {
    fc.assert(
      fc.property(fc.integer({ min: -1e9, max: 1e9 }), (seconds) => {
        expect(msOfTicks(ticksOfMs(seconds * 1001))).toBe(seconds * 1001);
      }),
      { seed },
    );
  });

  test.each([
    ['1.02:03:04.5', '1.02:03:04.5000000'],
    ['-1.02:03:04.5', '-1.02:03:04.5000000'],
    ['90s', '00:01:30'],
    ['1.5h', '01:30:00'],
    ['-1d', '-1.00:00:00'],
    ['1tick', '00:00:00.0000001'],
  ])('%s is the timespan %s', (text, printed) => {
    expect(timespanText(parseTimespan(text) ?? 0n)).toBe(printed);
  });
});

describe('JSON', () => {
  test('keeps whole numbers exact and keys in order', () => {
    const text = '{"b":9223372036854775807,"2":1.5,"1":[true,null,"\\u0007\\"é"]}';
    expect(jsonText(readJson(text) ?? null)).toBe(text);
  });

  test.each(['{"a":1,}', '[1 2]', "{'a':1}", '01', 'nul', '"\n"', ''])('%j is none', (text) => {
    expect(readJson(text)).toBeUndefined();
  });

  test('reads what JSON.stringify writes', () => {
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        const read = readJson(JSON.stringify(value));
        expect(JSON.parse(jsonText(read ?? null))).toEqual(JSON.parse(JSON.stringify(value)));
      }),
      { seed },
    );
  });
});
