import { aside, countFailedRun, giveUpDead } from '../collect/batch.ts';
import { ConnectorError } from '../collect/fault.ts';
import type { Page } from '../collect/page.ts';
import type { Listing } from './listing.ts';
import { type Reading, closePage } from './read-file.ts';

/** Sets the file that was open aside when it is listed no more. */
export function setAsideVanished(reading: Reading, { files }: Listing): void {
  const { file } = reading.cursor;
  if (file === undefined || files.some(({ name }) => name === file)) return;
  // Another file would take its place in the cursor, and nobody would know of it any more.
  reading.cursor = aside(reading.cursor, file, reading.run.clock.now());
}

/** The files that are still to be read: listed ones, and those set aside that are listed no more. */
export function unreadNames({ cursor }: Reading, { files }: Listing): readonly string[] {
  const names = new Set([...files.map(({ name }) => name), ...Object.keys(cursor.failed)]);
  return [...names].filter((name) => !cursor.done.includes(name));
}

/** Counts a failed run for the files left over, and gives up those that are dead. @throws ConnectorError while some are not */
export async function* settleFailures(
  reading: Reading,
  { files }: Listing,
  left: readonly string[],
): AsyncGenerator<Page, void, undefined> {
  if (left.length === 0) return;
  const now = reading.run.clock.now();
  for (const name of left) {
    reading.cursor = aside(reading.cursor, name, now);
    if (!reading.reasons.has(name)) reading.reasons.set(name, 'it is listed no more');
  }
  // Where every file of a listing fails, it is the file host that is ill, not the files.
  const isHostIll = files.length > 1 && files.every(({ name }) => left.includes(name));
  if (!isHostIll) reading.cursor = countFailedRun(reading.cursor);
  const given = giveUpDead(reading.cursor, reading.reasons, now);
  reading.cursor = given.cursor;
  for (const rejection of given.rejections) reading.page.reject(rejection);
  const waiting = Object.keys(reading.cursor.failed);
  if (waiting.length === 0) return;
  yield closePage(reading);
  const which = waiting.slice(0, 3).map((name) => `${name} (${reading.reasons.get(name) ?? 'unknown'})`);
  throw new ConnectorError(
    'expired',
    `${waiting.length} files could not be read and are tried again: ${which.join(', ')}.`,
  );
}
