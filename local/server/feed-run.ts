import { type JsonObject, isJsonObject, parseJson } from '../../functions/tables/json.ts';

/** How a feed's run ended. Times are epoch milliseconds. */
export interface FeedRun {
  readonly runId: string;
  readonly feed: string;
  readonly ended: number;
  readonly eventsRead: number;
  readonly rowsSent: number;
  readonly rejected: number;
  readonly caughtUp: boolean;
  /** Empty when it ended well. */
  readonly fault: string;
  readonly message: string;
  /** From the newest event to the end of the run; undefined when nothing was read, or its Health row has not landed. */
  readonly lagSeconds: number | undefined;
}

/** The run that a Health row tells of; undefined for rows of the simulated past. */
export function runOfHealth(row: JsonObject): FeedRun | undefined {
  if (row['Message'] === 'simulated') return undefined;
  return {
    runId: text(row['RunId']),
    feed: text(row['Feed']),
    ended: Date.parse(text(row['Ended'])),
    eventsRead: Number(row['EventsRead'] ?? 0),
    rowsSent: Number(row['RowsSent'] ?? 0),
    rejected: Number(row['Rejected'] ?? 0),
    caughtUp: row['CaughtUp'] === true,
    fault: text(row['Fault']),
    message: text(row['Message']),
    lagSeconds: typeof row['LagSeconds'] === 'number' ? row['LagSeconds'] : undefined,
  };
}

const endOfFeed = /^A feed (?:has run|stopped)\. (?=\{)/;

/** The run that a log line of the app tells of, which is there even when its Health row cannot land; undefined for other lines. */
export function runOfLog(line: string, now: number): FeedRun | undefined {
  if (!endOfFeed.test(line)) return undefined;
  const fields = objectIn(line.replace(endOfFeed, ''));
  if (!fields) return undefined;
  return {
    runId: text(fields['runId']),
    feed: text(fields['feed']),
    ended: now,
    eventsRead: Number(fields['eventsRead'] ?? 0),
    rowsSent: Number(fields['rowsSent'] ?? 0),
    rejected: Number(fields['rejected'] ?? 0),
    caughtUp: fields['caughtUp'] === true,
    fault: text(fields['fault']),
    message: text(fields['message']),
    lagSeconds: undefined,
  };
}

function objectIn(json: string): JsonObject | undefined {
  try {
    const value = parseJson(json);
    return isJsonObject(value) ? value : undefined;
  } catch {
    return undefined;
  }
}

function text(value: unknown): string {
  return typeof value === 'string' ? value : '';
}
