import { mimecastRejected } from '../tables/mimecast-rejected.ts';
import type { Row } from '../tables/table.ts';
import { idOf } from './event-id.ts';
import type { Rejection } from './page.ts';

/** The row of what could not become one, so that it is kept and counted. */
export function rejectedRow(
  feedName: string,
  rejection: Rejection,
  account: string,
  at: Date,
): Row<typeof mimecastRejected.columns> {
  return {
    TimeGenerated: at,
    EventId: idOf(feedName, rejection.rawText || rejection.source),
    EventTime: at,
    Account: account,
    AdditionalFields: undefined,
    Truncated: undefined,
    Feed: feedName,
    Reason: rejection.reason,
    Source: rejection.source,
    RawText: rejection.rawText,
  };
}
