import type { Json, JsonObject } from '../../functions/tables/json.ts';
import type { FeedName } from './endpoints.ts';

/** The fields that tell a feed's events apart in the tenant. */
const identityFields: Readonly<Record<FeedName, readonly string[]>> = {
  Audit: ['id'],
  SegCg: ['processingId'],
  SegDlp: ['messageId', 'action'],
  TtpUrl: ['messageId'],
  TtpAttachment: ['messageId'],
  TtpImpersonation: ['id'],
  AwarenessPerformanceDetails: ['email'],
  AwarenessSafeScoreDetails: ['emailAddress'],
  AwarenessWatchlistDetails: ['email'],
  AwarenessUserData: ['campaignId', 'email'],
  CloudIntegrated: ['processingId'],
};

/** The tenant's own id of an event. @throws Error when the event lacks it: it could not be counted */
export function identityOfEvent(feed: FeedName, event: JsonObject): string {
  const fields = identityFields[feed];
  const missing = fields.find((field) => valueOf(event, field, field) === '');
  if (missing !== undefined) throw new Error(`An event of ${feed} has no ${missing} and cannot be counted.`);
  return fields.map((field) => valueOf(event, field, field)).join(' ');
}

/** The tenant's own id in a row of the feed's table; its columns are named as the event's fields, save `id`: `SourceId`. */
export function identityOfRow(feed: FeedName, row: JsonObject): string {
  return identityFields[feed].map((field) => valueOf(row, field, field === 'id' ? 'SourceId' : field)).join(' ');
}

// A user of the awareness lists without an address is known by the name alone.
function valueOf(record: JsonObject, field: string, key: string): string {
  const value = text(record[key]);
  return value === '' && field.startsWith('email') ? text(record['name']) : value;
}

function text(value: Json | undefined): string {
  return typeof value === 'string' ? value : JSON.stringify(value ?? '').replace(/^""$/, '');
}
