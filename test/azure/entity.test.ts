import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { checkpointTable } from '../../functions/azure/checkpoint-table.ts';
import { tableCheckpoints } from '../../functions/azure/checkpoints.ts';
import { managedIdentity } from '../../functions/azure/credential.ts';
import { cursorProperties, keepsakeProperties, readHead, readSaved } from '../../functions/azure/entity.ts';
import type { Cursor, WindowCursor } from '../../functions/collect/cursor.ts';
import { type Tables, startTables } from '../../local/azure/tables.ts';
import { fakeClock } from '../fakes/clock.ts';
import { type Stage, stage } from '../local/azure/stage.ts';

const time = fc
  .date({ min: new Date(0), max: new Date('2100-01-01'), noInvalidDate: true })
  .map((d) => d.toISOString());
const day = time.map((iso) => iso.slice(0, 10));
const token = fc.string({ unit: 'grapheme', maxLength: 60 });
const name = fc.string({ unit: 'grapheme', minLength: 1, maxLength: 30 }).map((text) => `/${text}`);
const maybe = <T>(value: fc.Arbitrary<T>) => fc.option(value, { nil: undefined });
const ids = fc.integer({ min: 0, max: 9_000 }).chain((count) => fc.nat(255).map((byte) => bytes(count * 8, byte)));

function bytes(length: number, seed: number): Uint8Array {
  return Uint8Array.from({ length }, (_, index) => (index * 31 + seed + (index >> 8)) & 255);
}

const batch = fc.record({
  kind: fc.constant('batch' as const),
  listing: fc.record({ from: day, token: maybe(token) }),
  done: fc.array(name).map((names) => Array.from({ length: 40 }, () => names).flat()),
  failed: fc.dictionary(name, fc.record({ runs: fc.nat(9), since: time, line: fc.nat() })),
  file: maybe(name),
  line: fc.nat(),
});
const window = fc.record({
  kind: fc.constant('window' as const),
  until: time,
  open: maybe(fc.record({ from: time, to: time, token })),
  recent: ids,
  seen: ids,
});
const snapshot = fc.record({
  kind: fc.constant('snapshot' as const),
  takenAt: time,
  done: fc.boolean(),
  token: maybe(token),
  campaigns: maybe(fc.record({ token: maybe(token), id: token })),
});
const cursors: fc.Arbitrary<Cursor> = fc.oneof(batch, window, snapshot);

function isOverLimit(property: unknown): boolean {
  return (
    (typeof property === 'string' && property.length > 32_000) ||
    (property instanceof Uint8Array && property.length > 60_000)
  );
}

describe('a cursor as properties', () => {
  it('comes back as it was, and each property is within the service’s limits', () => {
    fc.assert(
      fc.property(cursors, time, (cursor, iso) => {
        const properties = cursorProperties(cursor, Date.parse(iso));
        expect(Object.values(properties).filter(isOverLimit)).toEqual([]);
        const { checkpoint, cursor: kept } = readSaved(readHead({ etag: '', ...properties }));
        expect(checkpoint).toEqual({ cursor, savedAt: Date.parse(iso) });
        expect(kept).toEqual(properties);
      }),
      { numRuns: 60, seed: 21 },
    );
  });

  it('is split over as many text properties as it needs, never inside a character', () => {
    const done = Array.from({ length: 3_000 }, (_, index) => `/file-${index}-😀😀😀😀😀`);
    const properties = cursorProperties(
      { kind: 'batch', listing: { from: '2026-01-15' }, done, failed: {}, line: 0 },
      0,
    );
    expect(Object.keys(properties)).toEqual(['SavedAt', 'Cursor', 'Cursor_2', 'Cursor_3']);
    for (const text of Object.values(properties)) expect(typeof text !== 'string' || text.isWellFormed()).toBe(true);
  });

  it('keeps 700 KB of ids, the newest', () => {
    const recent = bytes(500_000, 1);
    const seen = bytes(200_008, 2);
    const kept = (cursor: Pick<WindowCursor, 'recent' | 'seen'>) => {
      const properties = cursorProperties({ kind: 'window', until: '2026-01-15T12:00:00Z', ...cursor }, 0);
      const { checkpoint } = readSaved(readHead({ etag: '', ...properties }));
      return checkpoint?.cursor.kind === 'window' ? checkpoint.cursor : undefined;
    };
    expect(kept({ recent, seen })).toMatchObject({ recent: recent.subarray(8), seen });
    const many = bytes(800_000, 3);
    expect(kept({ recent, seen: many })).toMatchObject({ recent: new Uint8Array(), seen: many.subarray(100_000) });
  });
});

describe('keepsakes as properties', () => {
  it('come back as they were', () => {
    const rows = fc.array(fc.string({ unit: 'binary', maxLength: 900 }), { maxLength: 50 });
    fc.assert(
      fc.property(rows, maybe(fc.nat()), (unsentHealth, forbiddenSince) => {
        const entity = readHead({ etag: '', ...keepsakeProperties({ unsentHealth, forbiddenSince }) });
        expect(readSaved(entity).keepsakes).toEqual({ unsentHealth, forbiddenSince });
      }),
      { numRuns: 50, seed: 22 },
    );
  });

  it('lose the oldest Health rows rather than fill the entity', () => {
    const rows = Array.from({ length: 50 }, (_, index) => `${index} ${'x'.repeat(4_000)}`);
    const { unsentHealth } = readSaved(readHead({ etag: '', ...keepsakeProperties({ unsentHealth: rows }) })).keepsakes;
    expect(unsentHealth).toEqual(rows.slice(-24));
  });
});

describe('through the table service', () => {
  let set: Stage;
  let tables: Tables;
  const clock = fakeClock();
  const { signal } = new AbortController();
  beforeAll(async () => {
    set = await stage();
    tables = await startTables({ ...set, name: 'contoso' });
  });
  afterAll(async () => {
    await tables.close();
    await set.identity.close();
  });

  async function roundTrip(cursor: Cursor): Promise<Cursor | undefined> {
    const settings = { kind: 'url', url: tables.url, table: 'MimecastCheckpoints' } as const;
    const client = checkpointTable(settings, managedIdentity({ clock }));
    const checkpoints = tableCheckpoints({ client, account: 'mimecast', clock, random: () => 0 });
    const lease = await checkpoints.take('Feed', 'writer', clock.now() + 1, signal);
    await lease.save(cursor, signal);
    await lease.release({ unsentHealth: [] }, signal);
    const again = await checkpoints.take('Feed', 'reader', clock.now() + 1, signal);
    await again.release({ unsentHealth: [] }, signal);
    return again.checkpoint?.cursor;
  }

  it('a cursor comes back as it was', async () => {
    await fc.assert(
      fc.asyncProperty(cursors, async (cursor) => {
        expect(await roundTrip(cursor)).toEqual(cursor);
      }),
      { numRuns: 12, seed: 23 },
    );
  });

  it('so do 700 KB of ids', async () => {
    const ids700 = { recent: bytes(350_000, 4), seen: bytes(350_000, 5) };
    const back = await roundTrip({ kind: 'window', until: '2026-01-15T12:00:00Z', ...ids700 });
    // Compared as bytes: comparing element by element takes seconds.
    expect(back?.kind === 'window' && Buffer.from(back.recent).equals(ids700.recent)).toBe(true);
    expect(back?.kind === 'window' && Buffer.from(back.seen).equals(ids700.seen)).toBe(true);
  });
});
