import { shortenText } from '../functions/collect/shorten.ts';
import { text } from '../functions/collect/cells.ts';
import type { JsonObject } from '../functions/tables/json.ts';
import type { BatchFile } from './mimecast/batch-files.ts';
import { eventsOf } from './mimecast/batch-files.ts';
import type { FeedName } from './mimecast/endpoints.ts';
import { identityOfEvent, identityOfRow } from './mimecast/identity.ts';

/** An event is passed by a run that began so much later: windows end a minute before now. */
export const settleMs = 65_000;

/** What of a feed's events was served, landed, waits, was rejected or is lost. */
export interface FeedCounts {
  readonly served: number;
  readonly rows: number;
  /** Served events of which there is a row. */
  readonly landed: number;
  /** Served, not yet landed, and not yet passed by a run. */
  readonly waiting: number;
  /** Served events that are in Rejected: their line could not be read, or their file. */
  readonly rejected: number;
  /** Served, and in no row, though the feed has caught up since. */
  readonly lost: number;
  /** Rows whose EventId an earlier row has; the parsers leave them out. */
  readonly repeated: number;
}

/** Counts one feed. Times are epoch milliseconds; an event is served before its row lands. */
export interface FeedCount {
  serve(events: readonly JsonObject[], availableAt: number): void;
  serveFile(name: string, file: BatchFile, availableAt: number): void;
  land(row: JsonObject): void;
  /** When the event of a row could be read first; undefined when no such event was served. */
  availableAt(row: JsonObject): number | undefined;
  /** Takes a row of Rejected. */
  reject(row: JsonObject): void;
  /** A run that caught up began then: what it could read and what has not landed is lost. */
  caughtUp(started: number): void;
  counts(now: number): FeedCounts;
}

/** Starts with nothing. */
export function countFeed(feed: FeedName): FeedCount {
  /** When each event could be read first. */
  const served = new Map<string, number>();
  /** Served and neither landed nor rejected, with the time from which it can be read. */
  const missing = new Map<string, number>();
  const rejected = new Set<string>();
  const eventIds = new Set<unknown>();
  const idsByLine = new Map<string, string>();
  const idsByFile = new Map<string, readonly string[]>();
  let rows = 0;
  let passedUntil = Number.NEGATIVE_INFINITY;

  const add = (id: string, availableAt: number): void => {
    if (served.has(id)) return;
    served.set(id, availableAt);
    missing.set(id, availableAt);
  };
  const drop = (id: string): void => void (missing.delete(id) && rejected.add(id));

  return {
    serve(events, availableAt) {
      for (const event of events) add(identityOfEvent(feed, event), availableAt);
    },
    serveFile(name, file, availableAt) {
      const ids = eventsOf(file).map((event) => identityOfEvent(feed, event));
      for (const line of unreadableLines(file)) {
        const id = `line ${line}`;
        idsByLine.set(shortenText(line), id);
        ids.push(id);
      }
      idsByFile.set(name, ids);
      for (const id of ids) add(id, availableAt);
    },
    land(row) {
      rows++;
      eventIds.add(row['EventId']);
      const id = identityOfRow(feed, row);
      if (!missing.delete(id)) rejected.delete(id);
    },
    availableAt: (row) => served.get(identityOfRow(feed, row)),
    reject({ RawText, Source }) {
      const line = idsByLine.get(text(RawText) ?? '');
      if (line !== undefined) drop(line);
      else for (const id of idsByFile.get(text(Source) ?? '') ?? []) drop(id);
    },
    caughtUp: (started) => void (passedUntil = Math.max(passedUntil, started - settleMs)),
    counts(now) {
      let [future, lost] = [0, 0];
      for (const availableAt of missing.values()) {
        if (availableAt > now) future++;
        else if (availableAt <= passedUntil) lost++;
      }
      return {
        served: served.size - future,
        rows,
        landed: served.size - missing.size - rejected.size,
        waiting: missing.size - future - lost,
        rejected: rejected.size,
        lost,
        repeated: rows - eventIds.size,
      };
    },
  };
}

/** The lines of a file that hold no record: these are to be found in Rejected. */
function unreadableLines(file: BatchFile): readonly string[] {
  const lines = file.events ? [] : (file.lines ?? []);
  return lines.filter((line) => line.trim() !== '' && eventsOf({ lines: [line] }).length === 0);
}
