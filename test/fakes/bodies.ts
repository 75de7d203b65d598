import type { Body } from '../../functions/collect/bodies.ts';
import { dynamic, text, time } from '../../functions/collect/cells.ts';
import { cutPage } from '../../functions/collect/cut-page.ts';
import type { SourceEvent } from '../../functions/collect/feed.ts';
import type { Page, Rejection } from '../../functions/collect/page.ts';
import type { Cut } from '../../functions/collect/ports.ts';
import { eventsIn } from '../../functions/collect/source-text.ts';
import { isJsonObject, parseJson } from '../../functions/tables/json.ts';
import type { Row, Table } from '../../functions/tables/table.ts';

/** Cuts pages in this thread. */
export const cutHere: Cut = async function* cut(feed, events, stamp) {
  return yield* cutPage(feed, events, stamp);
};

/** The rows in bodies that are sent to a table, with their times as dates again. */
export async function rowsIn(table: Table, bodies: Iterable<Body> | AsyncIterable<Body>): Promise<readonly Row[]> {
  const rows: Row[] = [];
  for await (const { json } of bodies) {
    const cells = parseJson(new TextDecoder().decode(json));
    if (Array.isArray(cells)) rows.push(...cells.filter(isJsonObject).map((each) => revived(table, each)));
  }
  return rows;
}

function revived({ columns }: Table, cells: SourceEvent): Row {
  const dates = Object.keys(cells).filter((column) => columns[column] === 'dateTime');
  return {
    ...cells,
    ...Object.fromEntries(dates.map((column) => [column, time(cells[column])])),
    TimeGenerated: time(cells['TimeGenerated']),
    EventId: text(cells['EventId']),
    EventTime: time(cells['EventTime']),
    Account: text(cells['Account']),
    AdditionalFields: dynamic(cells['AdditionalFields']),
    Truncated: text(cells['Truncated']),
  };
}

/** What is on a page: its events, and its rejections with those that are found when its text is read. */
export function contentOf({ events, rejected }: Pick<Page, 'events' | 'rejected'>): {
  readonly events: readonly SourceEvent[];
  readonly rejected: readonly Rejection[];
} {
  if (!('block' in events)) return { events, rejected };
  const found = [...rejected];
  return { events: [...eventsIn(events, found)], rejected: found };
}
