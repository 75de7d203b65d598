import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Feed, SourceEvent } from '../../functions/collect/feed.ts';
import { rowOf } from '../../functions/collect/row.ts';
import { feeds } from '../../functions/feeds/index.ts';
import { isJsonObject, type Json, type JsonObject, parseJson } from '../../functions/tables/json.ts';
import { inventedCells, lostFields } from './found-again.ts';

const collectedAt = new Date('2026-03-03T06:00:00Z');
const takenAt = new Date('2026-03-02T06:15:50Z');

function rowsOf(feed: Feed, events: readonly SourceEvent[]): JsonObject[] {
  const stamp = { account: 'golden', collectedAt, takenAt: feed.source.kind === 'snapshot' ? takenAt : undefined };
  return objects(parseJson(JSON.stringify(events.map((event) => rowOf(feed, event, stamp)))));
}

function objects(list: Json): JsonObject[] {
  return Array.isArray(list) ? list.filter(isJsonObject) : [];
}

function folderOf(feed: Feed): URL {
  const stem = feed.name.replaceAll(/(?<!^)[A-Z]/g, (letter) => `-${letter}`).toLowerCase();
  return new URL(`./${stem}/`, import.meta.url);
}

function goldenEvents(feed: Feed): JsonObject[] {
  return objects(parseJson(readFileSync(new URL('events.json', folderOf(feed)), 'utf8')));
}

describe('the feeds', () => {
  it('are eleven, named once each, and each has a table of its own', () => {
    expect(new Set(feeds.map((feed) => feed.name)).size).toBe(11);
    expect(new Set(feeds.map((feed) => feed.table.name)).size).toBe(11);
  });

  it('tell when an event happened, save for snapshots, which happen when they are taken', () => {
    for (const feed of feeds)
      expect([feed.name, feed.time === undefined]).toEqual([feed.name, feed.source.kind === 'snapshot']);
  });

  it('have columnOf name a column, or several fields of one column, and nothing that needs no naming', () => {
    for (const feed of feeds) {
      for (const [field, column] of Object.entries(feed.columnOf)) {
        expect(Object.keys(feed.table.columns)).toContain(column);
        const fields = Object.keys(feed.columnOf).filter((other) => feed.columnOf[other] === column);
        expect([feed.name, field, field !== column || fields.length > 1]).toEqual([feed.name, field, true]);
      }
    }
  });
});

describe.each(feeds)('$name', (feed) => {
  const events = goldenEvents(feed);
  const rows = rowsOf(feed, events);

  it('makes the golden rows of the golden events', async () => {
    await expect(`${JSON.stringify(rows, null, 2)}\n`).toMatchFileSnapshot(
      fileURLToPath(new URL('rows.json', folderOf(feed))),
    );
  });

  it('fills every column of its table in some golden row', () => {
    const filled = new Set(rows.flatMap((row) => Object.keys(row)));
    expect(Object.keys(feed.table.columns).filter((column) => !filled.has(column))).toEqual([]);
  });

  it('keeps every value of the golden events and invents none', () => {
    expect(events.length).toBeGreaterThan(2);
    for (const [index, event] of events.entries()) {
      expect([index, lostFields(event, rows[index] ?? {})]).toEqual([index, []]);
      expect([index, inventedCells(event, rows[index] ?? {})]).toEqual([index, []]);
    }
  });

  it('keeps every value of any event, makes cells of their columns’ types and never throws', () => {
    const known = [...Object.keys(feed.table.columns), ...Object.keys(feed.columnOf)];
    fc.assert(
      fc.property(anyEvent(known), (event) => {
        const [row] = rowsOf(feed, [event]);
        expect(lostFields(event, row ?? {})).toEqual([]);
        expect(inventedCells(event, row ?? {})).toEqual([]);
        for (const [column, cell] of Object.entries(feed.toRow(event))) {
          expect([column, cell === undefined || isOfType(feed.table.columns[column], cell)]).toEqual([column, true]);
        }
      }),
      { seed: 3, numRuns: 150 },
    );
  });
});

function isOfType(type: string | undefined, cell: unknown): boolean {
  if (type === 'dateTime') return cell instanceof Date && !Number.isNaN(cell.getTime());
  if (type === 'real') return typeof cell === 'number' && Number.isFinite(cell);
  return type === 'dynamic' ? cell !== null : typeof cell === type;
}

/** Events of known and unknown fields with values of every JSON type, those that Mimecast writes as text among them. */
function anyEvent(known: readonly string[]): fc.Arbitrary<JsonObject> {
  const field = fc.oneof(
    { weight: 8, arbitrary: fc.constantFrom(...known) },
    fc.constantFrom('constructor', 'toString', 'EventId', 'EventTime', 'TimeGenerated', 'AdditionalFields', 'Account'),
    fc.string(),
  );
  const written = fc.constantFrom(
    '',
    ' ',
    'true',
    'FALSE',
    '12',
    '-1.50',
    '0x10',
    '1e999',
    '9007199254740993',
    '<>',
    'null',
  );
  const time = fc.constantFrom('2026-03-02T09:15:04+0000', '2026-03-02 09:15', '2026-02-30T00:00:00Z', '1772441226740');
  const value = fc.oneof(fc.jsonValue({ maxDepth: 2 }), written, time, fc.integer(), fc.boolean(), fc.constant(null));
  return fc.array(fc.tuple(field, value), { maxLength: 20 }).map((fields) => {
    const members = fields.map(([name, said]) => `${JSON.stringify(name)}:${JSON.stringify(said)}`);
    const event = parseJson(`{${members.join(',')}}`);
    return isJsonObject(event) ? event : {};
  });
}
