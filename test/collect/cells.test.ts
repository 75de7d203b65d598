import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { dynamic, flag, real, text, time } from '../../functions/collect/cells.ts';
import type { Json } from '../../functions/tables/json.ts';

const anyJson = fc.jsonValue().map((value): Json => JSON.parse(JSON.stringify(value)));
const seeded = { seed: 11, numRuns: 500 };

describe('text', () => {
  it('keeps text as it is and writes other values as JSON', () => {
    expect(text('')).toBe('');
    expect(text(' <> ')).toBe(' <> ');
    expect(text(0)).toBe('0');
    expect(text(false)).toBe('false');
    expect(text(['a', null])).toBe('["a",null]');
    expect(text({ spf: { allow: true } })).toBe('{"spf":{"allow":true}}');
    expect([text(null), text(undefined)]).toEqual([undefined, undefined]);
  });

  it('holds any value but null so that it can be read again', () => {
    fc.assert(
      fc.property(anyJson, (value) => {
        const cell = text(value);
        if (value === null) return cell === undefined;
        expect(typeof value === 'string' ? cell : JSON.parse(cell ?? '')).toEqual(value);
        return true;
      }),
      seeded,
    );
  });
});

describe('real', () => {
  it('reads numbers and decimal text', () => {
    expect([real(0), real(-1.5), real(1731499059314)]).toEqual([0, -1.5, 1731499059314]);
    expect([real('21'), real(' 21 '), real('-0.5'), real('.5'), real('1.'), real('1e3'), real('+7')]).toEqual([
      21, 21, -0.5, 0.5, 1, 1000, 7,
    ]);
  });

  it('leaves what is no decimal number, or would be rounded or endless, to AdditionalFields', () => {
    for (const value of [
      '',
      ' ',
      'n/a',
      '0x10',
      '0b1',
      'Infinity',
      'NaN',
      '1,5',
      '1e999',
      '9007199254740993',
      '-12345678901234567890',
    ]) {
      expect([value, real(value)]).toEqual([value, undefined]);
    }
    for (const value of [true, null, undefined, [1], { n: 1 }, Number.POSITIVE_INFINITY])
      expect(real(value)).toBeUndefined();
  });

  it('gives nothing but finite numbers for any value, and every number back from its digits', () => {
    fc.assert(
      fc.property(anyJson, (value) => {
        const cell = real(value);
        expect(cell === undefined || Number.isFinite(cell)).toBe(true);
      }),
      seeded,
    );
    fc.assert(
      fc.property(fc.maxSafeInteger(), (value) => real(String(value)) === value && real(value) === value),
      seeded,
    );
  });

  it('looks at a long text once', () => {
    const digits = `${'1'.repeat(2_000_000)}x`;
    const started = performance.now();
    expect(real(digits)).toBeUndefined();
    expect(performance.now() - started).toBeLessThan(1000);
  });
});

describe('flag', () => {
  it('reads booleans and their names in any case, and nothing else', () => {
    expect([flag(true), flag('true'), flag('TRUE'), flag(false), flag('False')]).toEqual([
      true,
      true,
      true,
      false,
      false,
    ]);
    for (const value of ['', 'yes', 'No', 0, 1, null, undefined, [], {}]) expect(flag(value)).toBeUndefined();
  });
});

describe('dynamic', () => {
  it('takes any value but null as it is', () => {
    fc.assert(
      fc.property(anyJson, (value) => {
        expect(dynamic(value)).toBe(value ?? undefined);
      }),
      seeded,
    );
    expect(dynamic(undefined)).toBeUndefined();
  });
});

describe('time', () => {
  const iso = (value: Json): string | undefined => time(value)?.toISOString();

  it('reads epoch milliseconds as number or digits', () => {
    expect(iso(1731499059314)).toBe('2024-11-13T11:57:39.314Z');
    expect(iso('1731499059314')).toBe('2024-11-13T11:57:39.314Z');
  });

  it.each([
    ['2021-10-15T20:41:25+0000', '2021-10-15T20:41:25.000Z'],
    ['2021-10-15T20:41:25+0700', '2021-10-15T13:41:25.000Z'],
    ['2021-10-15T20:41:25-0330', '2021-10-16T00:11:25.000Z'],
    ['2015-11-25T14:49:18+00:00', '2015-11-25T14:49:18.000Z'],
    ['2024-01-25T10:30:45.642Z', '2024-01-25T10:30:45.642Z'],
    ['2024-01-25T10:30:45.6429999Z', '2024-01-25T10:30:45.642Z'],
    ['2024-01-25t10:30:45z', '2024-01-25T10:30:45.000Z'],
    ['2024-01-25 10:30:45', '2024-01-25T10:30:45.000Z'],
    ['2024-01-25 10:30:45 +0100', '2024-01-25T09:30:45.000Z'],
    [' 2024-02-29T10:30+01:00 ', '2024-02-29T09:30:00.000Z'],
  ])('reads %s as %s', (written, expected) => {
    expect(iso(written)).toBe(expected);
  });

  it.each([
    '',
    'yesterday',
    '2021-10-15',
    '02/03/2026',
    '2021-02-30T00:00:00Z',
    '2023-02-29T00:00:00Z',
    '2021-13-01T00:00:00Z',
  ])('reads no time in "%s"', (written) => {
    expect(time(written)).toBeUndefined();
  });

  it.each([
    '2021-10-15T25:00:00Z',
    '2021-10-15T10:61:00Z',
    '2021-10-15T10:10:10+9900',
    '1969-12-31T23:59:59Z',
    '20211015',
  ])('reads no time in "%s" either', (written) => {
    expect(time(written)).toBeUndefined();
  });

  it('reads no time in what is neither text nor a number from 1970 to 9999', () => {
    for (const value of [0, -1, 5e-324, 1e18, true, null, undefined, [], {}]) expect(time(value)).toBeUndefined();
  });

  it('gives a valid date from 1970 to 9999, or none, for any value', () => {
    fc.assert(
      fc.property(
        fc.oneof(anyJson, fc.string(), fc.double(), fc.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d[+-]\d{4}$/)),
        (value) => {
          const cell = time(value);
          expect(cell === undefined || (cell.getTime() >= 0 && cell.getUTCFullYear() < 10_000)).toBe(true);
        },
      ),
      seeded,
    );
  });

  it('reads the same instant however its offset is written', () => {
    const instant = fc.date({ min: new Date('1971-01-01'), max: new Date('2100-01-01'), noInvalidDate: true });
    fc.assert(
      fc.property(instant, fc.integer({ min: -14 * 60, max: 14 * 60 }), (date, minutes) => {
        const local = new Date(date.getTime() + minutes * 60_000).toISOString().slice(0, -1);
        const [hours, rest] = [Math.trunc(Math.abs(minutes) / 60), Math.abs(minutes) % 60].map((part) =>
          String(part).padStart(2, '0'),
        );
        const sign = minutes < 0 ? '-' : '+';
        expect(time(`${local}${sign}${hours}${rest}`)).toEqual(date);
        expect(time(`${local}${sign}${hours}:${rest}`)).toEqual(date);
      }),
      seeded,
    );
  });
});
