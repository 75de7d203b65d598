import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fits } from '../../functions/collect/shorten.ts';
import type { SourceEvent } from '../../functions/collect/feed.ts';
import { rowOf } from '../../functions/collect/row.ts';
import { audit } from '../../functions/feeds/audit.ts';
import { awarenessWatchlistDetails } from '../../functions/feeds/awareness-watchlist-details.ts';
import { cloudIntegrated } from '../../functions/feeds/cloud-integrated.ts';
import { feeds } from '../../functions/feeds/index.ts';
import { segCg } from '../../functions/feeds/seg-cg.ts';
import { type JsonObject, isJsonObject, parseJson } from '../../functions/tables/json.ts';
import { allColumns } from '../../functions/tables/table.ts';
import { lostFields } from '../feeds/found-again.ts';

const collectedAt = new Date('2026-03-03T06:00:00Z');
const takenAt = new Date('2026-03-02T23:50:00Z');
const stamp = { account: 'example', collectedAt };

function objectOf(text: string): JsonObject {
  const value = parseJson(text);
  if (!isJsonObject(value)) throw new Error('no object');
  return value;
}

describe.each(feeds)('a row of $name', (feed) => {
  const feedStamp = feed.source.kind === 'snapshot' ? { ...stamp, takenAt } : stamp;
  const columns = Object.keys(allColumns(feed.table));
  const name = fc.oneof(
    { weight: 5, arbitrary: fc.constantFrom(...columns, ...Object.keys(feed.columnOf)) },
    fc.constantFrom('__proto__', 'constructor', 'Logtype', 'type_', 'eventType', 'type', 'Subtype', '_offset', ''),
    fc.string({ maxLength: 8 }),
  );
  const value = fc.oneof(
    fc.jsonValue({ maxDepth: 3 }),
    fc.constantFrom('', 'true', '12', '2026-03-02T09:15:04+0000', '1772441226740', '\ud800', '1e999'),
  );
  const members = fc.array(fc.tuple(name, value), { maxLength: 25 });
  const anyEvent = members.map((all) =>
    objectOf(`{${all.map(([key, item]) => `${JSON.stringify(key)}:${JSON.stringify(item)}`).join(',')}}`),
  );

  it('holds every value of any event, in its column or in AdditionalFields, and no column twice or unknown', () => {
    fc.assert(
      fc.property(anyEvent, (event) => {
        const before = JSON.stringify(event);
        const row = rowOf(feed, event, feedStamp);
        expect(lostFields(event, objectOf(JSON.stringify(row)))).toEqual([]);
        expect(Object.keys(row).toSorted()).toEqual(columns.toSorted());
        expect(JSON.stringify(event)).toBe(before);
      }),
      { seed: 14, numRuns: 150 },
    );
  });

  it('has the common cells, whatever fields of their names the event brings', () => {
    fc.assert(
      fc.property(anyEvent, (event) => {
        const forged = { ...event, EventId: 'forged', Account: 'forged', TimeGenerated: 'forged', Truncated: 'forged' };
        const row = rowOf(feed, forged, feedStamp);
        expect(row).toMatchObject({ Account: 'example', Truncated: undefined });
        expect(row.EventId).toMatch(/^[\w-]{22}$/);
        expect(row.TimeGenerated).toEqual(row.EventTime ?? collectedAt);
        expect(row.AdditionalFields).toMatchObject({ EventId: 'forged', Account: 'forged', Truncated: 'forged' });
      }),
      { seed: 15, numRuns: 50 },
    );
  });

  it('marks every cell that was cut, and only those', () => {
    const long = fc.constantFrom('x', '漢', '😀').map((text) => text.repeat(20_000 + 13_000 / text.length));
    fc.assert(
      fc.property(anyEvent, fc.array(fc.tuple(name, long), { minLength: 1, maxLength: 4 }), (event, texts) => {
        const row = rowOf(feed, { ...event, ...Object.fromEntries(texts) }, feedStamp);
        const marked = row.Truncated?.split(', ') ?? [];
        const whole = feed.toRow({ ...event, ...Object.fromEntries(texts) });
        for (const column of Object.keys(whole)) {
          const isCut = JSON.stringify(row[column]) !== JSON.stringify(whole[column]);
          expect([column, marked.includes(column)]).toEqual([column, isCut]);
          expect(fits(textOf(row[column]))).toBe(true);
        }
        expect(fits(textOf(row.AdditionalFields))).toBe(true);
      }),
      { seed: 16, numRuns: 30 },
    );
  });
});

function textOf(cell: unknown): string {
  return typeof cell === 'string' ? cell : (JSON.stringify(cell) ?? '');
}

const rowOfCg = (event: SourceEvent) => rowOf(segCg, event, stamp);

describe('what has no column', () => {
  it('goes to AdditionalFields under its own name, and nothing does when all have one', () => {
    const more = { new: 1, nested: { a: [null, 'x'] }, flag: false, empty: '' };
    expect(rowOfCg({ subject: 'x', ...more }).AdditionalFields).toEqual(more);
    expect(rowOfCg({ subject: 'x', nothing: null }).AdditionalFields).toBeUndefined();
  });

  it('includes a value that its column’s type does not hold', () => {
    const row = rowOfCg({ timestamp: 'yesterday', _offset: 'n/a', _partition: { a: 1 } });
    expect(row).toMatchObject({ timestamp: undefined, offset: undefined, partition: undefined });
    expect(row.AdditionalFields).toEqual({ timestamp: 'yesterday', _offset: 'n/a', _partition: { a: 1 } });
  });

  it('includes a field that merely has the name of a column another field fills', () => {
    const row = rowOfCg({ type: 'av', Logtype: 'mine', _offset: 7, offset: 8 });
    expect(row).toMatchObject({
      Logtype: 'email_antivirus',
      offset: 7,
      AdditionalFields: { Logtype: 'mine', offset: 8 },
    });
    expect(rowOf(cloudIntegrated, { type: 'urlclick', type_: 'x' }, stamp)).toMatchObject({
      type_: 'urlclick',
      AdditionalFields: { type_: 'x' },
    });
    expect(rowOf(audit, { id: 'a', SourceId: 'b' }, stamp)).toMatchObject({
      SourceId: 'a',
      AdditionalFields: { SourceId: 'b' },
    });
  });

  it('includes the second of two names for one thing, unless it says the same', () => {
    expect(rowOfCg({ type: 'av', eventType: 'spam' })).toMatchObject({
      Logtype: 'email_antivirus',
      AdditionalFields: { eventType: 'spam' },
    });
    expect(rowOfCg({ eventType: 'spam', type: 'av' }).AdditionalFields).toEqual({ eventType: 'spam' });
    expect(rowOfCg({ type: 'av', eventType: 'av' }).AdditionalFields).toBeUndefined();
    expect(rowOfCg({ type: null, eventType: 'spam', subType: 'x' })).toMatchObject({
      Logtype: 'email_spam',
      subtype: 'x',
      AdditionalFields: undefined,
    });
  });

  it('includes fields with the names of an object’s prototype, which change nothing else', () => {
    const event = objectOf('{"__proto__":{"subject":"forged"},"constructor":"x","toString":1,"subject":"real"}');
    const row = rowOfCg(event);
    expect(row).toMatchObject({ subject: 'real' });
    expect(JSON.stringify(row.AdditionalFields)).toBe(
      '{"__proto__":{"subject":"forged"},"constructor":"x","toString":1}',
    );
    expect({}).not.toHaveProperty('subject');
  });

  it('keeps an unknown type under its own name', () => {
    expect(rowOfCg({ type: 'archive' })).toMatchObject({ Logtype: 'archive', AdditionalFields: undefined });
  });
});

describe('the time of a row', () => {
  it('is the event’s own, and when it was collected if the event has none', () => {
    const happened = new Date('2026-03-02T09:15:04Z');
    expect(rowOf(audit, { eventTime: '2026-03-02T10:15:04+0100' }, stamp)).toMatchObject({
      TimeGenerated: happened,
      EventTime: happened,
    });
    expect(rowOf(audit, { eventTime: 'soon' }, stamp)).toMatchObject({
      TimeGenerated: collectedAt,
      EventTime: undefined,
      AdditionalFields: { eventTime: 'soon' },
    });
  });

  it('is when the snapshot was taken, for its rows', () => {
    expect(rowOf(awarenessWatchlistDetails, { email: 'a@b.c' }, { ...stamp, takenAt })).toMatchObject({
      TimeGenerated: takenAt,
      EventTime: takenAt,
    });
  });
});

describe('what is too long', () => {
  it('is cut and named, AdditionalFields too; the id is that of the whole event', () => {
    const event = {
      subject: 'x'.repeat(32_001),
      url: '😀'.repeat(20_000),
      route: 'x'.repeat(32_000),
      more: 'y'.repeat(40_000),
    };
    const row = rowOfCg(event);
    expect(row.Truncated?.split(', ').toSorted()).toEqual(['AdditionalFields', 'subject', 'url']);
    expect(row).toMatchObject({ subject: 'x'.repeat(32_000), url: '😀'.repeat(16_000), route: 'x'.repeat(32_000) });
    expect(row.EventId).not.toBe(rowOfCg({ ...event, subject: 'x'.repeat(32_002) }).EventId);
  });

  it('stays a value of its column’s type: dynamic cells stay JSON', () => {
    const authResults = Array.from({ length: 5000 }, (_, index) => ({ type: 'spf', index }));
    const row = rowOf(cloudIntegrated, { authResults }, stamp);
    const cut = row['authResults'];
    // Of the last item kept, some fields may be cut.
    const whole = Array.isArray(cut) ? cut.slice(0, -2) : [];
    expect(row.Truncated).toBe('authResults');
    expect(whole.length).toBeGreaterThan(500);
    expect(whole).toEqual(authResults.slice(0, whole.length));
  });
});
