import { type JsonObject, isJsonObject, parseJson } from '../tables/json.ts';
import { mimecastHealth } from '../tables/mimecast-health.ts';
import type { Row } from '../tables/table.ts';
import { flag, real, text, time } from './cells.ts';
import { idOf } from './event-id.ts';
import type { Fault } from './fault.ts';
import { shortenText } from './shorten.ts';
import type { Tally } from './tally.ts';

export type HealthRow = Row<typeof mimecastHealth.columns>;

/** What names a feed's run in its Health row; times in epoch milliseconds. */
export interface FeedRun {
  readonly runId: string;
  readonly account: string;
  readonly connector: string;
  readonly feed: string;
  readonly appVersion: string;
  readonly started: number;
  readonly ended: number;
}

/** The Health row of a feed's run: what it did, how far behind it is and why it stopped. */
export function healthRow(feedRun: FeedRun, tally: Tally, fault: Fault | undefined, message: string): HealthRow {
  const ended = new Date(feedRun.ended);
  const newest = tally.newestEventTime;
  return {
    TimeGenerated: ended,
    EventId: idOf('Health', `${feedRun.runId}\n${feedRun.feed}`),
    EventTime: ended,
    Account: feedRun.account,
    AdditionalFields: undefined,
    Truncated: undefined,
    RunId: feedRun.runId,
    Connector: feedRun.connector,
    Feed: feedRun.feed,
    Started: new Date(feedRun.started),
    Ended: ended,
    EventsRead: tally.eventsRead,
    RowsSent: tally.rowsSent,
    RowsSkipped: tally.rowsSkipped,
    Bytes: tally.bytes,
    Rejected: tally.rejected,
    ThrottledMs: Math.round(tally.throttledMs),
    NewestEventTime: newest === undefined ? undefined : new Date(newest),
    LagSeconds: newest === undefined ? undefined : Math.round((feedRun.ended - newest) / 1000),
    CaughtUp: tally.caughtUp && fault === undefined,
    Fault: fault ?? '',
    // Fifty unsent rows must fit into the checkpoint beside the cursor.
    Message: shortenText([...tally.notes, message].filter(Boolean).join(' '), 600),
    AppVersion: feedRun.appVersion,
  };
}

/** A Health row kept as JSON in the checkpoint, as a row again. @returns undefined when the text is not one */
export function reviveHealthRow(json: string): HealthRow | undefined {
  const kept = readObject(json);
  if (!kept) return undefined;
  return {
    TimeGenerated: time(kept['TimeGenerated']),
    EventId: text(kept['EventId']),
    EventTime: time(kept['EventTime']),
    Account: text(kept['Account']),
    AdditionalFields: undefined,
    Truncated: undefined,
    RunId: text(kept['RunId']),
    Connector: text(kept['Connector']),
    Feed: text(kept['Feed']),
    Started: time(kept['Started']),
    Ended: time(kept['Ended']),
    EventsRead: real(kept['EventsRead']),
    RowsSent: real(kept['RowsSent']),
    RowsSkipped: real(kept['RowsSkipped']),
    Bytes: real(kept['Bytes']),
    Rejected: real(kept['Rejected']),
    ThrottledMs: real(kept['ThrottledMs']),
    NewestEventTime: time(kept['NewestEventTime']),
    LagSeconds: real(kept['LagSeconds']),
    CaughtUp: flag(kept['CaughtUp']),
    Fault: text(kept['Fault']),
    Message: text(kept['Message']),
    AppVersion: text(kept['AppVersion']),
  };
}

function readObject(json: string): JsonObject | undefined {
  try {
    const value = parseJson(json);
    return isJsonObject(value) ? value : undefined;
  } catch {
    return undefined;
  }
}
