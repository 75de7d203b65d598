import { aside, listedDays, onlyListed, pastFile, pastListing } from '../collect/batch.ts';
import { firstBatchCursor } from '../collect/cursor.ts';
import { ConnectorError, faultOf } from '../collect/fault.ts';
import type { BatchSource, Feed } from '../collect/feed.ts';
import { isOver } from '../collect/is-over.ts';
import type { Page } from '../collect/page.ts';
import type { Checkpoint, Run } from '../collect/ports.ts';
import type { Columns } from '../tables/table.ts';
import type { Client } from './client.ts';
import { setAsideVanished, settleFailures, unreadNames } from './failing-files.ts';
import { type BatchFile, fileQueue } from './files.ts';
import { type Listing, list } from './listing.ts';
import { type Reading, closePage, openReading, readFile } from './read-file.ts';

const triesInRun = 3;
const restartsInRun = 2;
const dayMs = 24 * 60 * 60_000;

/** Reads batch files, listing after listing, until caught up or stopped. @throws ConnectorError, after the page in hand */
export async function* readBatch(
  feed: Feed<Columns, BatchSource>,
  from: Checkpoint | undefined,
  run: Run,
  client: Client,
): AsyncGenerator<Page, void, undefined> {
  const saved = from?.cursor.kind === 'batch' ? from.cursor : undefined;
  const reading = openReading(feed, saved ?? firstBatchCursor(run.startDate), run, client);
  noteLostSpan(from, run);
  try {
    yield* readListings(reading);
  } catch (error) {
    if (!reading.page.isEmpty) yield closePage(reading);
    if (!run.stop.aborted) throw error;
  }
}

function noteLostSpan(from: Checkpoint | undefined, run: Run): void {
  const oldest = run.clock.now() - listedDays * dayMs;
  if (!from || from.savedAt >= oldest) return;
  const span = `${new Date(from.savedAt).toISOString()} and ${new Date(oldest).toISOString()}`;
  run.note(
    `Not read between ${span}: Mimecast lists files for ${listedDays} days, so events of that span may be lost.`,
  );
}

async function* readListings(reading: Reading): AsyncGenerator<Page, void, undefined> {
  for (;;) {
    const read = yield* readListing(reading);
    if (isOver(reading.run) && read.left.length > 0) break;
    yield* settleFailures(reading, read.listing, read.left);
    const { nextToken, isCaughtUp } = read.listing;
    const isSame = nextToken === undefined || nextToken === reading.cursor.listing.token;
    const isEnd = isCaughtUp === true || (isSame && !read.isNew);
    const caughtUp = isEnd && isCaughtUp !== false;
    reading.cursor = pastListing(reading.cursor, nextToken, caughtUp, reading.run.clock.now());
    yield closePage(reading, caughtUp);
    if (isEnd || isOver(reading.run)) return;
  }
  if (!reading.page.isEmpty) yield closePage(reading);
}

/** What came of a listing: its latest reply, whether it had files to read, and the names left unread. */
interface ReadListing {
  readonly listing: Listing;
  readonly isNew: boolean;
  readonly left: readonly string[];
}

/** Reads the files of a listing; those that fail are tried again, with the links of a new reply. */
async function* readListing(reading: Reading): AsyncGenerator<Page, ReadListing, undefined> {
  for (let isNew = false; ;) {
    const listing = await listOrRestart(reading);
    setAsideVanished(reading, listing);
    const pending = pendingFiles(reading, listing);
    isNew ||= pending.length > 0;
    yield* readFiles(reading, pending);
    const left = unreadNames(reading, listing);
    if (pending.length === 0 || left.length === 0 || isOver(reading.run)) return { listing, isNew, left };
  }
}

async function listOrRestart(reading: Reading): Promise<Listing> {
  const { feed, client, run } = reading;
  try {
    const listing = await list(feed, reading.cursor.listing, client, run);
    reading.cursor = onlyListed(
      reading.cursor,
      listing.files.map(({ name }) => name),
    );
    return listing;
  } catch (error) {
    if (faultOf(error) !== 'expired' || ++reading.restarts > restartsInRun) throw error;
    const { from } = reading.cursor.listing;
    run.note(`Mimecast no longer takes the saved cursor: listing again from ${from}.`);
    reading.cursor = firstBatchCursor(from);
    return list(feed, reading.cursor.listing, client, run);
  }
}

// The file that was open comes first: another one would take its place in the cursor.
function pendingFiles({ cursor, failures }: Reading, { files }: Listing): readonly BatchFile[] {
  const pending = files.filter(({ name }) => !cursor.done.includes(name) && (failures.get(name) ?? 0) < triesInRun);
  return pending.toSorted((a, b) => Number(b.name === cursor.file) - Number(a.name === cursor.file));
}

async function* readFiles(reading: Reading, files: readonly BatchFile[]): AsyncGenerator<Page, void, undefined> {
  const queue = fileQueue(files, reading.client.http, reading.run.stop);
  for (const file of files) {
    if (isOver(reading.run)) return;
    try {
      const isWhole = yield* readFile(reading, file, queue);
      if (!isWhole) return;
      reading.cursor = pastFile(reading.cursor, file.name);
    } catch (error) {
      const fault = faultOf(error);
      if (!(error instanceof ConnectorError) || (fault !== 'expired' && fault !== 'malformed')) throw error;
      if (!reading.page.isEmpty) yield closePage(reading);
      reading.cursor = aside(reading.cursor, file.name, reading.run.clock.now());
      reading.failures.set(file.name, (reading.failures.get(file.name) ?? 0) + 1);
      reading.reasons.set(file.name, error.message);
    }
  }
}
