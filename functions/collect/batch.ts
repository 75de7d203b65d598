import type { BatchCursor, Day } from './cursor.ts';
import type { Rejection } from './page.ts';

const dayMs = 24 * 60 * 60_000;
/** Mimecast lists batch files for 7 days (mimecast-api §7). */
export const listedDays = 7;
/** A file that fails in so many runs, over at least so long, is given up: its name goes to Rejected. */
const deadAfterRuns = 3;
const deadAfterMs = 30 * 60_000;

/** The UTC day of a time in epoch milliseconds, some days back. */
export function dayOf(ms: number, daysBack = 0): Day {
  return new Date(ms - daysBack * dayMs).toISOString().slice(0, 10);
}

/** How many lines of a file were read before. */
export function linesRead(cursor: BatchCursor, name: string): number {
  return cursor.file === name ? cursor.line : (cursor.failed[name]?.line ?? 0);
}

/** Inside a file, after `line` of its lines. */
export function insideFile(cursor: BatchCursor, name: string, line: number): BatchCursor {
  return { ...cursor, file: name, line };
}

/** After the last line of a file, or past a dead one. */
export function pastFile(cursor: BatchCursor, name: string): BatchCursor {
  const { [name]: _, ...failed } = cursor.failed;
  const done = cursor.done.includes(name) ? cursor.done : [...cursor.done, name];
  return { ...cursor, done, failed, ...(cursor.file === name && { file: undefined, line: 0 }) };
}

/** With a failing file set aside: what was read of it stays read. */
export function aside(cursor: BatchCursor, name: string, now: number): BatchCursor {
  const before = cursor.failed[name] ?? { runs: 0, since: new Date(now).toISOString() };
  const failed = { ...cursor.failed, [name]: { ...before, line: linesRead(cursor, name) } };
  return { ...cursor, failed, ...(cursor.file === name && { file: undefined, line: 0 }) };
}

/** With one more failed run counted for the files set aside. */
export function countFailedRun(cursor: BatchCursor): BatchCursor {
  const failed = Object.entries(cursor.failed).map(([name, file]) => [name, { ...file, runs: file.runs + 1 }] as const);
  return { ...cursor, failed: Object.fromEntries(failed) };
}

/** The files that have failed often and long enough to be given up, and the cursor past them. */
export function giveUpDead(cursor: BatchCursor, reasons: ReadonlyMap<string, string>, now: number) {
  const dead = Object.entries(cursor.failed).filter(
    ([, file]) => file.runs >= deadAfterRuns && now - Date.parse(file.since) >= deadAfterMs,
  );
  const rejections = dead.map(([name, file]): Rejection => {
    const read = file.line > 0 ? ` after ${file.line} lines` : '';
    return {
      reason: `the file stayed unreadable${read}: ${reasons.get(name) ?? 'unknown'}`,
      source: name,
      rawText: '',
    };
  });
  return { rejections, cursor: dead.reduce((past, [name]) => pastFile(past, name), cursor) };
}

/** Remembers as done only what a listing still names; one without files says nothing of them. */
export function onlyListed(cursor: BatchCursor, names: readonly string[]): BatchCursor {
  return names.length === 0 ? cursor : { ...cursor, done: cursor.done.filter((name) => names.includes(name)) };
}

/** Behind a whole listing: at its next token, or at the same one when the reply named none. */
export function pastListing(
  cursor: BatchCursor,
  token: string | undefined,
  caughtUp: boolean,
  now: number,
): BatchCursor {
  // A day of margin: files are listed by the day they arrive, which a restart must not miss.
  const from = caughtUp ? dayOf(now, 1) : cursor.listing.from;
  const isSame = token === undefined || token === cursor.listing.token;
  return {
    ...cursor,
    listing: { from, ...((token ?? cursor.listing.token) && { token: token ?? cursor.listing.token }) },
    done: isSame ? cursor.done : [],
  };
}
