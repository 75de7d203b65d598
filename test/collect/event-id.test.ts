import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { eventId, idOf } from '../../functions/collect/event-id.ts';
import { audit } from '../../functions/feeds/audit.ts';
import { awarenessUserData } from '../../functions/feeds/awareness-user-data.ts';
import { awarenessWatchlistDetails } from '../../functions/feeds/awareness-watchlist-details.ts';
import { feeds } from '../../functions/feeds/index.ts';
import { segCg } from '../../functions/feeds/seg-cg.ts';
import { segDlp } from '../../functions/feeds/seg-dlp.ts';
import { type Json, type JsonObject, isJsonObject, parseJson } from '../../functions/tables/json.ts';

const key = fc.oneof(fc.string({ maxLength: 6 }), fc.constantFrom('a', '__proto__', 'constructor', '10', '2', '', 'é'));
const { value: anyValue } = fc.letrec<{ value: Json }>((tie) => ({
  value: fc.oneof(
    { depthSize: 'small', withCrossShrink: true },
    fc.oneof(fc.string(), fc.double({ noNaN: true, noDefaultInfinity: true }), fc.boolean(), fc.constant(null)),
    fc.array(tie('value'), { maxLength: 4 }),
    fc.dictionary(key, tie('value'), { maxKeys: 4, noNullPrototype: true }),
  ),
}));
const anyRecord = fc.uniqueArray(fc.tuple(key, anyValue), { maxLength: 8, selector: ([name]) => name });

/** The JSON text of an object with its members in the given order, `__proto__` among them. */
function object(members: readonly (readonly [string, Json])[]): JsonObject {
  const parsed = parseJson(
    `{${members.map(([name, value]) => `${JSON.stringify(name)}:${JSON.stringify(value)}`).join(',')}}`,
  );
  if (!isJsonObject(parsed)) throw new Error('no object');
  return parsed;
}

/** The same value with the members of every object turned round. */
function turned(value: Json): Json {
  if (Array.isArray(value)) return value.map(turned);
  if (!isJsonObject(value)) return value;
  return object(
    Object.keys(value)
      .toReversed()
      .map((name) => [name, turned(value[name] ?? null)] as const),
  );
}

describe('the id of an event', () => {
  it('is 22 characters of base64url that hold 128 bits', () => {
    fc.assert(
      fc.property(anyRecord, fc.constantFrom(...feeds), (members, feed) => {
        const id = eventId(feed, object(members));
        expect(id).toMatch(/^[\w-]{22}$/);
        expect(Buffer.from(id, 'base64url')).toHaveLength(16);
      }),
      { seed: 6, numRuns: 200 },
    );
  });

  it('is of this value for good: another would send every event of an update twice', () => {
    expect(eventId(segCg, { type: 'av', b: [1, { y: 'é', x: null }], _offset: 5 })).toBe('5lTO0tZ_3r-HDB5rw4-2cQ');
    expect(eventId(audit, { id: 'eNoVzs' })).toBe('ZpYFEn2qy8N1-lBCYFkVnw');
    expect(eventId(awarenessWatchlistDetails, { email: 'a@b.c' }, new Date('2026-03-02T23:59:59Z'))).toBe(
      'WwhkETuO3dNd7EzFIaNAWw',
    );
    expect(idOf('SegCg', 'not json')).toBe('6avjkViMC9gFUc7LW6__ow');
  });

  it('does not depend on the order of keys, at any level', () => {
    fc.assert(
      fc.property(anyRecord, (members) => {
        const event = object(members);
        const other = turned(event);
        expect(isJsonObject(other) && eventId(segCg, other)).toBe(eventId(segCg, event));
      }),
      { seed: 7, numRuns: 500 },
    );
  });

  it('does not depend on the place in Mimecast’s queue, where only the event itself has one', () => {
    fc.assert(
      fc.property(anyRecord, anyValue, anyValue, (members, offset, partition) => {
        const event = object(members.filter(([name]) => !name.startsWith('_')));
        const placed = object([['_partition', partition], ...Object.entries(event), ['_offset', offset]]);
        expect(eventId(segCg, placed)).toBe(eventId(segCg, event));
      }),
      { seed: 8, numRuns: 200 },
    );
    expect(eventId(segCg, { in: { _offset: 1 } })).not.toBe(eventId(segCg, { in: { _offset: 2 } }));
  });

  it('is equal for byte-identical records, and no two different ones share it', () => {
    fc.assert(
      fc.property(anyRecord, anyRecord, (one, other) => {
        const [a, b] = [object(one), object(other)];
        expect(eventId(segCg, object(one))).toBe(eventId(segCg, a));
        expect(eventId(segCg, a) === eventId(segCg, b)).toBe(canonical(a) === canonical(b));
      }),
      { seed: 9, numRuns: 500 },
    );
  });

  it.each([
    [{ a: 1 }, { a: '1' }],
    [{ a: null }, {}],
    [{ a: [1, 2] }, { a: [2, 1] }],
    [{ a: '' }, { a: null }],
    [{ a: { b: 1 } }, { a: '{"b":1}' }],
    [
      { a: 'x', b: '' },
      { a: '', b: 'x' },
    ],
  ])('tells %j from %j', (one, other) => {
    expect(eventId(segCg, one)).not.toBe(eventId(segCg, other));
  });

  it('differs from feed to feed', () => {
    expect(eventId(segCg, { a: 1 })).not.toBe(eventId(segDlp, { a: 1 }));
  });
});

// By another way than the product's: lines of path and value, sorted.
function canonical(value: Json, path = ''): string {
  if (typeof value !== 'object' || value === null) return `${path}=${JSON.stringify(value)}\n`;
  const entries = Object.entries(value).filter(([name]) => path !== '' || !/^_(offset|partition)$/.test(name));
  const inside = entries.map(([name, item]) => canonical(item, `${path}/${JSON.stringify(name)}`)).toSorted();
  return `${path}:${Array.isArray(value) ? 'list' : 'object'}${inside.length}\n${inside.join('')}`;
}

describe('the id of an audit event', () => {
  it('is its own id’s, whatever else the record says', () => {
    expect(eventId(audit, { id: 'x', user: 'a' })).toBe(eventId(audit, { user: 'b', id: 'x', more: 1 }));
    expect(eventId(audit, { id: 'x' })).not.toBe(eventId(audit, { id: 'y' }));
  });

  it.each([{}, { id: null }, { id: '' }])('is the whole record’s when it has none: %j', (id) => {
    expect(eventId(audit, { ...id, user: 'a' })).not.toBe(eventId(audit, { ...id, user: 'b' }));
  });
});

describe('the id of a snapshot’s event', () => {
  const morning = new Date('2026-03-02T00:00:00Z');
  const night = new Date('2026-03-02T23:59:59.999Z');
  const nextDay = new Date('2026-03-03T00:00:00Z');

  it('is one per address and UTC day', () => {
    const id = (event: JsonObject, at: Date) => eventId(awarenessWatchlistDetails, event, at);
    expect(id({ email: 'a@b.c', watchlistCount: 1 }, morning)).toBe(id({ email: 'a@b.c', watchlistCount: 2 }, night));
    expect(id({ email: 'a@b.c' }, night)).not.toBe(id({ email: 'a@b.c' }, nextDay));
    expect(id({ email: 'a@b.c' }, night)).not.toBe(id({ email: 'd@b.c' }, night));
  });

  it('is one per address, campaign and UTC day where users are read per campaign', () => {
    const id = (event: JsonObject) => eventId(awarenessUserData, event, morning);
    expect(id({ email: 'a@b.c', campaignId: '1', status: 'x' })).toBe(id({ email: 'a@b.c', campaignId: '1' }));
    expect(id({ email: 'a@b.c', campaignId: '1' })).not.toBe(id({ email: 'a@b.c', campaignId: '2' }));
  });

  it('is the whole record’s and day’s when the address is empty', () => {
    const id = (event: JsonObject, at = morning) => eventId(awarenessUserData, event, at);
    expect(id({ email: '', name: 'a' })).not.toBe(id({ email: '', name: 'b' }));
    expect(id({ email: '', name: 'a' })).toBe(id({ name: 'a', email: '' }, night));
    expect(id({ email: '', name: 'a' })).not.toBe(id({ email: '', name: 'a' }, nextDay));
  });
});
