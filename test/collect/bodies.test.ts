import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Body, bodies, halve, maxBodyBytes } from '../../functions/collect/bodies.ts';
import { type JsonObject, isJsonObject, parseJson } from '../../functions/tables/json.ts';
import type { Cells, Columns, Row } from '../../functions/tables/table.ts';

function row(id: number, cells: Cells<Columns> = {}): Row {
  const common = { TimeGenerated: new Date(0), EventTime: undefined, Account: 'a', AdditionalFields: undefined };
  return Object.assign({ ...cells }, { ...common, EventId: String(id), Truncated: undefined });
}

const text = fc.oneof(
  fc.string({ unit: 'grapheme', maxLength: 200 }),
  fc.string({ unit: 'binary', maxLength: 200 }),
  fc
    .constantFrom('"\\\n', '\u0001', '\ud800', '😀', 'ß', 'x')
    .chain((unit) => fc.integer({ min: 0, max: 8_000 }).map((length) => unit.repeat(length))),
);
const cells = fc.record({
  name: text,
  size: fc.option(fc.integer(), { nil: undefined }),
  list: fc.oneof(fc.jsonValue(), fc.constant(undefined)).map((value) => parseJson(JSON.stringify(value ?? null))),
});
// A few records, repeated, so that hundreds of bodies come out of a small case.
const rowsOfManySizes = fc
  .tuple(fc.array(cells, { minLength: 1, maxLength: 12 }), fc.integer({ min: 0, max: 600 }))
  .map(([kinds, count]) => Array.from({ length: count }, (_, index) => row(index, kinds[index % kinds.length])));

function rowsIn({ json }: Body): readonly JsonObject[] {
  const parsed = parseJson(json.toString());
  if (!Array.isArray(parsed)) throw new Error('not an array');
  return parsed.filter(isJsonObject);
}

function idsIn(body: Body): unknown[] {
  return rowsIn(body).map((each) => each['EventId']);
}

describe('bodies', () => {
  it('keeps every row, in order, in well-formed bodies within the limit and of the size they say', () => {
    fc.assert(
      fc.property(rowsOfManySizes, (rows) => {
        const made = [...bodies(rows)];
        expect(made.flatMap(idsIn)).toEqual(rows.map(({ EventId }) => EventId));
        expect(made.map((body) => body.rows)).toEqual(made.map((body) => idsIn(body).length));
        expect(made.flatMap(rowsIn)).toEqual(parseJson(JSON.stringify(rows)));
        for (const body of made) {
          expect(body.bytes).toBe(body.json.length);
          expect(body.bytes).toBeLessThanOrEqual(maxBodyBytes);
        }
      }),
      { numRuns: 60, seed: 11 },
    );
  });

  it('makes bodies that are at least 90 % full on average', () => {
    const unevenTexts = fc.array(fc.integer({ min: 1, max: 60_000 }), { minLength: 300, maxLength: 300 });
    fc.assert(
      fc.property(unevenTexts, (lengths) => {
        const full = [...bodies(lengths.map((length, id) => row(id, { note: 'é'.repeat(length / 2) })))].slice(0, -1);
        const bytes = full.reduce((sum, body) => sum + body.bytes, 0);
        expect(bytes / full.length).toBeGreaterThan(0.9 * maxBodyBytes);
      }),
      { numRuns: 20, seed: 12 },
    );
  });

  it('fills a body to the last byte', () => {
    const emptyBytes = Buffer.byteLength(JSON.stringify([row(0, { note: '' }), row(1, { note: '' })]));
    const sizesWith = (length: number) =>
      [...bodies([row(0, { note: 'x'.repeat(length) }), row(1, { note: '' })])].map(({ bytes }) => bytes);
    expect(sizesWith(maxBodyBytes - emptyBytes)).toEqual([maxBodyBytes]);
    expect(sizesWith(maxBodyBytes - emptyBytes + 1)).toHaveLength(2);
  });

  it('stringifies each row once', () => {
    let times = 0;
    const counted = row(1, { when: Object.assign(new Date(0), { toJSON: () => void times++ }) });
    expect([...bodies([counted])]).toHaveLength(1);
    expect(times).toBe(1);
  });

  it('takes rows only as they are needed', () => {
    let taken = 0;
    function* endless() {
      for (;;) yield row(taken++, { note: 'x'.repeat(100_000) });
    }
    expect(bodies(endless()).next().value?.rows).toBe(9);
    expect(taken).toBe(10);
  });

  it('makes nothing of no rows', () => {
    expect([...bodies([])]).toEqual([]);
  });

  it('shortens a row that can never fit, its longest cells first, and names them', () => {
    const long = '\u0001'.repeat(120_000);
    const list = Array.from({ length: 25_000 }, (_, index) => `item ${index}`);
    const [body, ...others] = bodies([row(1, { short: 'stays', long, list, count: 7 })]);
    expect(others).toEqual([]);
    expect(body?.bytes).toBeLessThanOrEqual(maxBodyBytes);
    expect(body?.bytes).toBeGreaterThan(0.9 * maxBodyBytes);
    const [sent] = body ? rowsIn(body) : [];
    expect(sent).toMatchObject({ short: 'stays', count: 7, EventId: '1', Truncated: 'long' });
    expect(sent?.['list']).toEqual(list);
  });

  it('cuts several long cells alike and keeps the names that were cut before', () => {
    const texts = Object.fromEntries(Array.from({ length: 40 }, (_, index) => [`c${index}`, '😀'.repeat(16_000)]));
    const [body] = bodies([{ ...row(1, texts), Truncated: 'Subject' }]);
    const [sent] = body ? rowsIn(body) : [];
    const truncated = JSON.stringify(sent?.['Truncated']).slice(1, -1);
    expect(truncated.split(', ')).toEqual(
      ['Subject', ...Object.keys(texts)].filter((name) => truncated.includes(name)),
    );
    expect(body?.bytes).toBeGreaterThan(0.5 * maxBodyBytes);
    for (const name of Object.keys(texts)) expect(sent?.[name]).toMatch(/^(😀)+$/u);
  });

  it('fits any row, whatever is in it', () => {
    const huge = fc.dictionary(
      fc.string({ unit: 'grapheme-ascii', minLength: 1, maxLength: 45 }),
      text.map((value) => value.repeat(40)),
      { minKeys: 1, maxKeys: 12 },
    );
    fc.assert(
      fc.property(huge, (texts) => {
        const made = [...bodies([row(1, texts)])];
        expect(made).toHaveLength(1);
        expect(made[0]?.bytes).toBeLessThanOrEqual(maxBodyBytes);
        expect(made.flatMap(idsIn)).toEqual(['1']);
      }),
      { numRuns: 20, seed: 13 },
    );
  });
});

function only(rows: readonly Row[]): Body {
  const [body] = bodies(rows);
  if (!body) throw new Error('no body');
  return body;
}

describe('halve', () => {
  it('cuts a body into two that hold the same rows', () => {
    const rows = Array.from({ length: 7 }, (_, id) => row(id));
    const halves = halve(only(rows));
    expect(halves.map((half) => half.rows)).toEqual([4, 3]);
    expect(halves.flatMap(idsIn)).toEqual(rows.map(({ EventId }) => EventId));
  });

  it('shortens a single big row to half, again and again, down to 64 KB', () => {
    let body = only([row(1, { note: 'x'.repeat(900_000) })]);
    const sizes: number[] = [];
    while (body.bytes > 64_000) {
      const [half, ...others] = halve(body);
      expect(others).toEqual([]);
      expect(half && rowsIn(half)).toMatchObject([{ Truncated: 'note' }]);
      expect(half?.bytes).toBeLessThanOrEqual(body.bytes / 2 + 2);
      if (half) body = half;
      sizes.push(body.bytes);
    }
    expect(sizes).toHaveLength(4);
  });

  it('says that a single small row cannot be what was too large', () => {
    expect(() => halve(only([row(1, { note: 'small' })]))).toThrow(
      expect.objectContaining({ fault: 'unavailable', code: 'row_too_large' }),
    );
  });

  it('gives up on a big row in which nothing can be shortened', () => {
    const numbers = Object.fromEntries(Array.from({ length: 6_000 }, (_, index) => [`number${index}`, index]));
    expect(() => halve(only([row(1, numbers)]))).toThrow(expect.objectContaining({ fault: 'unavailable' }));
  });
});
