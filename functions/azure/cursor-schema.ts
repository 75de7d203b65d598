import * as z from 'zod';
import type { Cursor } from '../collect/cursor.ts';

const count = z.int().nonnegative();
const time = z.string().refine((text) => /^\d{4}-\d\d-\d\dT/.test(text) && !Number.isNaN(Date.parse(text)), {
  error: 'expected an ISO time',
});

const batch = z.strictObject({
  kind: z.literal('batch'),
  listing: z.strictObject({ from: z.iso.date(), token: z.string().optional() }),
  done: z.array(z.string()),
  failed: z.record(z.string(), z.strictObject({ runs: count, since: time, line: count })),
  file: z.string().optional(),
  line: count,
});

const window = z.strictObject({
  kind: z.literal('window'),
  until: time,
  open: z.strictObject({ from: time, to: time, token: z.string() }).optional(),
});

const snapshot = z.strictObject({
  kind: z.literal('snapshot'),
  takenAt: time,
  done: z.boolean(),
  token: z.string().optional(),
  campaigns: z.strictObject({ token: z.string().optional(), id: z.string() }).optional(),
});

const readable = z.discriminatedUnion('kind', [batch, window, snapshot]);

/** The ids of a window cursor, which are kept beside its readable part. */
export interface CursorIds {
  readonly recent: Uint8Array;
  readonly seen: Uint8Array;
}

/** The part of a cursor that a person can read, as JSON; all but the ids. */
export function cursorText(cursor: Cursor): string {
  if (cursor.kind !== 'window') return JSON.stringify(cursor);
  const { recent: _recent, seen: _seen, ...rest } = cursor;
  return JSON.stringify(rest);
}

/** Puts a cursor together again. @throws SyntaxError or ZodError when the text is not a cursor */
export function parseCursor(text: string, ids: CursorIds): Cursor {
  const cursor = readable.parse(JSON.parse(text));
  return cursor.kind === 'window' ? { ...cursor, ...ids } : cursor;
}
