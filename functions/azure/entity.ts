import type { TableEntity } from '@azure/data-tables';
import * as z from 'zod';
import type { Cursor } from '../collect/cursor.ts';
import type { Checkpoint, Keepsakes } from '../collect/ports.ts';
import { shortenText } from '../collect/shorten.ts';
import { cursorText, parseCursor } from './cursor-schema.ts';

/** What this version of the connector writes, and the newest it reads. */
export const entityVersion = 1;

// A string property takes 32 K UTF-16 units, a binary one 64 KiB, an entity 1 MiB in all:
// https://learn.microsoft.com/rest/api/storageservices/understanding-the-table-service-data-model
const unitsPerText = 32_000;
const bytesPerBinary = 60_000;
const idBytes = 8;
const allIdsBytes = 700_000;
const unsentHealthUnits = 100_000;

/** Properties of a checkpoint's entity, apart from its keys. */
export type Properties = Record<string, string | number | Date | Uint8Array | undefined>;

const head = z.looseObject({
  etag: z.string(),
  Version: z.int().catch(entityVersion),
  RunId: z.string().catch(''),
  Write: z.int().catch(0),
  LeaseUntil: z.date().optional().catch(undefined),
});

/** What of an entity says whose it is: the last run that wrote it, which of its writes it was, and until when it holds it. */
export type Head = z.infer<typeof head>;

/** Reads whose an entity is; the rest of it may still be unreadable. */
export function readHead(entity: object): Head {
  return head.parse(entity);
}

/** What an entity keeps from one run to the next; `cursor` as properties, so that it is written back as it was. */
export interface Saved {
  readonly checkpoint: Checkpoint | undefined;
  readonly cursor: Properties;
  readonly keepsakes: Keepsakes;
}

export const nothingSaved: Saved = { checkpoint: undefined, cursor: {}, keepsakes: { unsentHealth: [] } };

/** @throws SyntaxError or ZodError when it cannot be read */
export function readSaved(entity: Head): Saved {
  return { checkpoint: readCheckpoint(entity), cursor: readProperties(entity), keepsakes: readKeepsakes(entity) };
}

/** The properties of a cursor saved at `savedAt`, epoch milliseconds. When all ids are too many the oldest are left out. */
export function cursorProperties(cursor: Cursor, savedAt: number): Properties {
  const ids = cursor.kind === 'window' ? withinLimit(cursor.recent, cursor.seen) : undefined;
  return {
    SavedAt: new Date(savedAt),
    ...textProperties('Cursor', cursorText(cursor)),
    ...(ids && { ...binaryProperties('Recent', ids.recent), ...binaryProperties('Seen', ids.seen) }),
  };
}

function readCheckpoint(entity: Head): Checkpoint | undefined {
  const text = readText(entity, 'Cursor');
  if (text === '') return undefined;
  const ids = { recent: readIds(entity, 'Recent'), seen: readIds(entity, 'Seen') };
  const { SavedAt } = z.looseObject({ SavedAt: z.date() }).parse(entity);
  return { cursor: parseCursor(text, ids), savedAt: SavedAt.getTime() };
}

function readProperties(entity: Head): Properties {
  const own = Object.entries(entity).filter(([name]) => /^(SavedAt|Cursor(_\d+)?|(Recent|Seen)_\d+)$/.test(name));
  return Object.fromEntries(own.map(([name, value]) => [name, property.parse(value)]));
}

const property = z.union([z.string(), z.number(), z.date(), z.instanceof(Uint8Array)]);

/** The properties of keepsakes; unsent Health rows that are too long in all lose the oldest. */
export function keepsakeProperties({ unsentHealth, forbiddenSince }: Keepsakes): Properties {
  let kept = unsentHealth;
  while (JSON.stringify(kept).length > unsentHealthUnits) kept = kept.slice(1);
  return {
    ...(kept.length > 0 && textProperties('UnsentHealth', JSON.stringify(kept))),
    ForbiddenSince: forbiddenSince === undefined ? undefined : new Date(forbiddenSince),
  };
}

function readKeepsakes(entity: Head): Keepsakes {
  const text = readText(entity, 'UnsentHealth');
  return {
    unsentHealth: text === '' ? [] : z.array(z.string()).parse(JSON.parse(text)),
    forbiddenSince: z.date().optional().parse(entity['ForbiddenSince'])?.getTime(),
  };
}

/** An entity to write: its keys and those of its properties that have a value. */
export function entityOf(account: string, feedName: string, properties: Properties): TableEntity<Properties> {
  const present = Object.entries(properties).filter(([, value]) => value !== undefined);
  return { partitionKey: account, rowKey: feedName, ...Object.fromEntries(present) };
}

function withinLimit(recent: Uint8Array, seen: Uint8Array): { recent: Uint8Array; seen: Uint8Array } {
  const excess = Math.max(0, recent.length + seen.length - allIdsBytes);
  const dropped = Math.ceil(excess / idBytes) * idBytes;
  return { recent: recent.subarray(dropped), seen: seen.subarray(Math.max(0, dropped - recent.length)) };
}

function textProperties(name: string, text: string): Properties {
  const properties: Properties = {};
  let rest = text;
  for (let part = 1; rest !== '' || part === 1; part++) {
    const piece = shortenText(rest, unitsPerText, Infinity);
    properties[part === 1 ? name : `${name}_${part}`] = piece;
    rest = rest.slice(piece.length);
  }
  return properties;
}

function readText(entity: Head, name: string): string {
  let text = '';
  for (let part = 1; ; part++) {
    const piece = entity[part === 1 ? name : `${name}_${part}`];
    if (piece === undefined) return text;
    text += z.string().parse(piece);
  }
}

function binaryProperties(name: string, bytes: Uint8Array): Properties {
  const properties: Properties = {};
  for (let from = 0; from < bytes.length; from += bytesPerBinary) {
    // A copy: of a part of a buffer the SDK sends the whole buffer.
    properties[`${name}_${from / bytesPerBinary + 1}`] = bytes.slice(from, from + bytesPerBinary);
  }
  return properties;
}

function readIds(entity: Head, name: string): Uint8Array {
  const pieces: Uint8Array[] = [];
  for (let piece = entity[`${name}_1`]; piece !== undefined; piece = entity[`${name}_${pieces.length + 1}`]) {
    pieces.push(ids.parse(piece));
  }
  return new Uint8Array(Buffer.concat(pieces));
}

const ids = z.instanceof(Uint8Array).refine((bytes) => bytes.length % idBytes === 0, 'expected ids of 8 bytes each');
