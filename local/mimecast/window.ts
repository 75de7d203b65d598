import type { Json, JsonObject } from '../../functions/tables/json.ts';
import type { ApiEndpoint, WindowFeedName } from './endpoints.ts';
import { type LegacyContext, legacyPage } from './legacy.ts';
import type { Cut } from './page-token.ts';
import { nestedFail, type Reply } from './reply.ts';
import { hasPageToken, itemOf } from './request.ts';
import type { Served } from './served.ts';
import type { Incoming } from './server.ts';
import { secondOf, startOfDay } from './times.ts';

/** How a window feed is asked and how it answers. */
export interface WindowPlace {
  readonly at: ApiEndpoint;
  readonly list?: string;
  readonly from: string;
  readonly to: string;
  /** The field with the event's own time. */
  readonly time: string;
  /** Request fields that must equal the event's own, unless they say `all`. */
  readonly filters: readonly string[];
  /** Audit wants both dates and knows no other order than newest first. */
  readonly isAudit?: true;
}

export const windowPlaces: Readonly<Record<WindowFeedName, WindowPlace>> = {
  Audit: { at: 'audit', from: 'startDateTime', to: 'endDateTime', time: 'eventTime', filters: [], isAudit: true },
  SegDlp: { at: 'dlp', list: 'dlpLogs', from: 'from', to: 'to', time: 'eventTime', filters: [] },
  TtpUrl: { at: 'ttpUrl', list: 'clickLogs', from: 'from', to: 'to', time: 'date', filters: ['route', 'scanResult'] },
  TtpAttachment: {
    at: 'ttpAttachment',
    list: 'attachmentLogs',
    from: 'from',
    to: 'to',
    time: 'date',
    filters: ['route', 'result'],
  },
  TtpImpersonation: {
    at: 'ttpImpersonation',
    list: 'impersonationLogs',
    from: 'from',
    to: 'to',
    time: 'eventTime',
    filters: ['taggedMalicious'],
  },
};

interface Entry extends Served {
  /** The event's own time in whole seconds; undefined when it has none that can be read. */
  readonly second: number | undefined;
}

/** The events of one window feed. */
export interface WindowStore {
  add(events: readonly JsonObject[], availableAt: number): void;
  answer(request: Incoming, context: LegacyContext): Reply;
  served(): readonly Served[];
}

export function keepWindow(place: WindowPlace): WindowStore {
  const entries: Entry[] = [];
  const rows = (query: JsonObject, cut: Cut): readonly JsonObject[] => {
    const from = secondOf(query[place.from]) ?? startOfDay(cut.asOf) / 1000;
    const to = secondOf(query[place.to]) ?? Math.floor(cut.asOf / 1000);
    const isIn = ({ event, availableAt, second }: Entry): boolean =>
      availableAt <= cut.asOf && (second === undefined || (second >= from && second <= to)) && passes(event, query);
    const found = entries.slice(0, cut.size).filter(isIn);
    const isOldestFirst = place.isAudit !== true && query['oldestFirst'] === true;
    const direction = isOldestFirst ? 1 : -1;
    found.sort((a, b) => direction * ((a.second ?? Infinity) - (b.second ?? Infinity) || 0));
    return found.map((entry) => entry.event);
  };
  const passes = (event: JsonObject, query: JsonObject): boolean =>
    place.filters.every((name) => query[name] === undefined || query[name] === 'all' || query[name] === event[name]);
  const beside = (of: readonly JsonObject[]): JsonObject => ({ resultCount: of.length });
  return {
    add(events, availableAt) {
      for (const event of events) entries.push({ event, availableAt, second: secondOf(event[place.time]) });
    },
    answer(request, context) {
      const wrong = wrongDates(place, request, context);
      const source = { at: place.at, list: place.list, size: () => entries.length, rows };
      return wrong ?? legacyPage(place.at === 'ttpImpersonation' ? { ...source, beside } : source, request, context);
    },
    served: () => entries,
  };
}

/** The refusal of a query's dates. A page token stands for its query, so its dates need not come again. */
function wrongDates(place: WindowPlace, request: Incoming, { strikes }: LegacyContext): Reply | undefined {
  const query = itemOf(request);
  const given: readonly (readonly [string, Json | undefined])[] = [place.from, place.to].map((name) => [
    name,
    query[name],
  ]);
  if (place.isAudit && !hasPageToken(request)) {
    const missing = given.filter(([, date]) => date === undefined || date === null);
    if (missing.length > 0) return refusal(query, 'err_validation_null', missing);
  }
  const isZulu = ([, date]: readonly [string, Json | undefined]): boolean =>
    typeof date === 'string' && date.endsWith('Z');
  const isUnreadable = ([, date]: readonly [string, Json | undefined]): boolean =>
    date !== undefined && secondOf(date) === undefined;
  const unreadable = given.filter(isUnreadable);
  // The code for a date in the wrong format is not known (assumed).
  if (unreadable.length > 0) return refusal(query, 'err_validation_value_not_allowed', unreadable);
  const zulu = given.filter(isZulu);
  return zulu.length > 0 && strikes('strictDates')
    ? refusal(query, 'err_validation_value_not_allowed', zulu)
    : undefined;
}

function refusal(query: JsonObject, code: string, fields: readonly (readonly [string, unknown])[]): Reply {
  const errors = fields.map(([field]) => ({
    code,
    message: `Field data[0].${field} is not valid`,
    field: `data[0].${field}`,
  }));
  return nestedFail(query, errors);
}
