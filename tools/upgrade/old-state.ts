import * as z from 'zod';
import { dayOf } from '../../functions/collect/batch.ts';
import { type Cursor, firstBatchCursor } from '../../functions/collect/cursor.ts';

/** A state file of solution 3.0 or 3.1, as its share has it. */
export interface OldFile {
  readonly name: string;
  readonly text: string;
  /** When it was written last, epoch milliseconds. */
  readonly modifiedAt: number;
}

/** Where a feed goes on after solution 3.x; without a cursor it begins as a new feed does. */
export interface OldState {
  readonly feed: string;
  readonly cursor: Cursor | undefined;
  /** What it means for the person, such as from when events may show twice. */
  readonly line: string;
}

const time = z.string().refine((text) => !Number.isNaN(Date.parse(text)));
const audit = z.object({ start_time: time }).transform(({ start_time }) => start_time);
const dated = z.object({ from_date: time }).transform(({ from_date }) => from_date);
const batch = z.object({ nextPage: z.string().nullish() });

/** The files by name, and how each says where its window began; before that all was sent. */
const windows: Readonly<Record<string, { readonly feed: string; readonly start: z.ZodType<string> }>> = {
  Audit: { feed: 'Audit', start: audit },
  'Checkpoint-SEG-DLP': { feed: 'SegDlp', start: dated },
  mimecastttpurl: { feed: 'TtpUrl', start: dated },
  mimecastttpattachment: { feed: 'TtpAttachment', start: dated },
  mimecastttpimpersonation: { feed: 'TtpImpersonation', start: dated },
};
const batches: Readonly<Record<string, string>> = {
  'Checkpoint-SEG-CG': 'SegCg',
  'Checkpoint-Cloud-Integrated': 'CloudIntegrated',
};

/** The names of the files that say where a feed stood. Snapshots are taken anew each day, so theirs say nothing. */
export const stateFileNames: readonly string[] = [...Object.keys(windows), ...Object.keys(batches)];

/** Whether a file holds events that solution 3.x could not read or send. */
export function isDeadLetter(name: string): boolean {
  return /^Corrupt-Data-|-Ingest-To-Sentinel-Corrupt_/.test(name);
}

/** Reads a state file. @param now epoch milliseconds @returns undefined when it is none */
export function readOldState(file: OldFile, now: number): OldState | undefined {
  const window = windows[file.name];
  if (window) return windowState(window, file, now);
  const feed = batches[file.name];
  return feed === undefined ? undefined : batchState(feed, file, now);
}

// The window is read again from its beginning: its page token may belong to another application, and overlap beats a gap.
function windowState({ feed, start }: (typeof windows)[string], { text }: OldFile, now: number): OldState {
  const from = parsed(text, start);
  if (from === undefined) return unreadable(feed);
  const until = new Date(Math.min(Date.parse(from), now)).toISOString();
  const cursor: Cursor = { kind: 'window', until, recent: new Uint8Array(), seen: new Uint8Array() };
  return { feed, cursor, line: `${feed} goes on at ${until}; events from 20 minutes before on may show twice.` };
}

// A token that Mimecast refuses leads back to the listing's first day, which lies a day before the last page of 3.x.
function batchState(feed: string, { text, modifiedAt }: OldFile, now: number): OldState {
  const read = parsed(text, batch);
  if (read === undefined) return unreadable(feed);
  const from = dayOf(Math.min(modifiedAt, now), 1);
  const token = read.nextPage || undefined;
  const listing = { from, ...(token !== undefined && { token }) };
  const where = token === undefined ? `with the files of ${from}` : 'with the page that 3.x would have read next';
  const again = `if Mimecast refuses that page, events from ${from} on may show twice`;
  return { feed, cursor: { ...firstBatchCursor(from), listing }, line: `${feed} goes on ${where}; ${again}.` };
}

function unreadable(feed: string): OldState {
  return { feed, cursor: undefined, line: `${feed}: its state of 3.x says nothing; it reads from START_DATE on.` };
}

function parsed<T>(text: string, schema: z.ZodType<T>): T | undefined {
  try {
    return schema.safeParse(JSON.parse(text)).data;
  } catch {
    return undefined;
  }
}
