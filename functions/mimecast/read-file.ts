import { insideFile, linesRead } from '../collect/batch.ts';
import type { BatchCursor } from '../collect/cursor.ts';
import { faultOf } from '../collect/fault.ts';
import type { BatchSource, Feed } from '../collect/feed.ts';
import { isOver } from '../collect/is-over.ts';
import { type OpenPage, type Page, type Rejection, openPage } from '../collect/page.ts';
import type { Run } from '../collect/ports.ts';
import { retryDelayMs } from '../collect/retry.ts';
import { shortenText } from '../collect/shorten.ts';
import type { Columns } from '../tables/table.ts';
import type { Client } from './client.ts';
import type { BatchFile, FileQueue } from './files.ts';
import { type Lot, readLines, withoutFirst } from './lines.ts';

const fullPageBytes = 8 * 1024 * 1024;
const oldestPageMs = 10_000;
const connectionTries = 4;

/** A run of a batch feed: where it stands, the page in hand and what has failed. */
export interface Reading {
  readonly feed: Feed<Columns, BatchSource>;
  readonly client: Client;
  readonly run: Run;
  cursor: BatchCursor;
  page: OpenPage;
  pageOpenedAt: number;
  /** How often a file has failed in this run. */
  readonly failures: Map<string, number>;
  /** Why a file failed last. */
  readonly reasons: Map<string, string>;
  /** How often the listing's token was refused in this run. */
  restarts: number;
}

/** A reading that begins at a cursor. */
export function openReading(feed: Feed<Columns, BatchSource>, cursor: BatchCursor, run: Run, client: Client): Reading {
  const nothing = { failures: new Map(), reasons: new Map(), restarts: 0 };
  return { feed, client, run, cursor, page: openPage(), pageOpenedAt: 0, ...nothing };
}

/** The page in hand with the cursor behind it; a new one is opened. */
export function closePage(reading: Reading, caughtUp = false): Page {
  const page = reading.page.close(reading.cursor, caughtUp);
  reading.page = openPage();
  return page;
}

/**
 * Reads what is left of a file into the page in hand, and yields each page that is full or old.
 * @returns whether the end of the file was reached before the run was over
 * @throws ConnectorError `expired` or `malformed` when the file fails, `unavailable` when its host does after four tries
 */
export async function* readFile(
  reading: Reading,
  file: BatchFile,
  queue: FileQueue,
): AsyncGenerator<Page, boolean, undefined> {
  const { run } = reading;
  for (let attempt = 1; ; attempt++) {
    try {
      return yield* readOnce(reading, file, queue);
    } catch (error) {
      if (faultOf(error) !== 'unavailable' || attempt === connectionTries) throw error;
      if (!reading.page.isEmpty) yield closePage(reading);
      await run.clock.wait(retryDelayMs('unavailable', attempt, undefined, run.random()), run.stop);
    }
  }
}

async function* readOnce(
  reading: Reading,
  file: BatchFile,
  queue: FileQueue,
): AsyncGenerator<Page, boolean, undefined> {
  const body = await queue.open(file);
  const lots = readLines(body, file.size, reading.client.http.timeoutMs);
  const readBefore = linesRead(reading.cursor, file.name);
  let line = 0;
  try {
    while (!isOver(reading.run)) {
      const next = lots.next();
      while (!reading.page.isEmpty && (await isLater(next, ageLeftMs(reading)))) yield closePage(reading);
      const lot = await next;
      if (lot.done) return true;
      const unread = withoutFirst(lot.value, readBefore - line);
      line += lot.value.count;
      if (unread) addLot(reading, file.name, unread, line - unread.count);
      reading.cursor = insideFile(reading.cursor, file.name, Math.max(line, readBefore));
      if (reading.page.size >= fullPageBytes || isOld(reading)) yield closePage(reading);
    }
    return false;
  } finally {
    await lots.return();
    body.destroy();
  }
}

function addLot(reading: Reading, name: string, lot: Lot, linesBefore: number): void {
  if (reading.page.isEmpty) reading.pageOpenedAt = reading.run.clock.now();
  if ('text' in lot) reading.page.add(lot.text, name, linesBefore);
  else reading.page.reject(longLine(lot.startOfLongLine, `${name}:${linesBefore + 1}`));
}

function longLine(start: string, source: string): Rejection {
  return { reason: 'the line is longer than 16 MB', source, rawText: shortenText(start) };
}

function ageLeftMs({ pageOpenedAt, run }: Reading): number {
  return oldestPageMs - (run.clock.now() - pageOpenedAt);
}

function isOld(reading: Reading): boolean {
  return !reading.page.isEmpty && ageLeftMs(reading) <= 0;
}

/** Whether work takes longer than `ms`. */
async function isLater(work: Promise<unknown>, ms: number): Promise<boolean> {
  const timer = Promise.withResolvers<boolean>();
  const timeout = setTimeout(() => timer.resolve(true), Math.max(ms, 0));
  const done = () => false;
  return Promise.race([work.then(done, done), timer.promise]).finally(() => clearTimeout(timeout));
}
