import type { Json } from '../tables/json.ts';
import type { Cells, Columns, Row } from '../tables/table.ts';
import { eventId } from './event-id.ts';
import type { Feed, SourceEvent } from './feed.ts';
import { fits, shortenJson, shortenText } from './shorten.ts';

/** What every row of a page shares: the account, when it was collected and, for snapshots, when they were taken. */
export interface Stamp {
  readonly account: string;
  readonly collectedAt: Date;
  readonly takenAt?: Date | undefined;
}

/** The row of an event: the feed's cells and the common ones; nothing of the event is left out without a mark. */
export function rowOf(feed: Feed, event: SourceEvent, stamp: Stamp): Row {
  const cells = feed.toRow(event);
  const truncated: string[] = [];
  const additional = fieldsWithoutColumn(feed, event, cells);
  shortenCells(cells, truncated);
  const eventTime = stamp.takenAt ?? feed.time?.(event);
  return Object.assign(cells, {
    TimeGenerated: eventTime ?? stamp.collectedAt,
    EventId: eventId(feed, event, stamp.takenAt),
    EventTime: eventTime,
    Account: stamp.account,
    AdditionalFields: additional && shortenDynamic('AdditionalFields', additional, truncated),
    Truncated: truncated.length > 0 ? truncated.join(', ') : undefined,
  });
}

// A value that no column took: an unknown field, one that does not fit its column's type, or a second name's other value.
function fieldsWithoutColumn(feed: Feed, event: SourceEvent, cells: Cells<Columns>): Json | undefined {
  let fields: [string, Json][] | undefined;
  for (const field in event) {
    const value = event[field];
    if (value === null || value === undefined || isTaken(feed, event, field, cells)) continue;
    (fields ??= []).push([field, value]);
  }
  return fields && Object.fromEntries(fields);
}

function isTaken(feed: Feed, event: SourceEvent, field: string, cells: Cells<Columns>): boolean {
  const column = feed.columnOf[field];
  if (column === undefined) return cells[field] !== undefined && !feed.renamed.has(field);
  if (cells[column] === undefined) return false;
  for (const preferred in feed.columnOf) {
    if (preferred === field) return true;
    const other = feed.columnOf[preferred] === column ? event[preferred] : null;
    if (other !== null && other !== undefined && other !== event[field]) return false;
  }
  return true;
}

function shortenCells(cells: Cells<Columns>, truncated: string[]): void {
  for (const column in cells) {
    const cell = cells[column];
    if (typeof cell === 'string') {
      if (fits(cell)) continue;
      cells[column] = shortenText(cell);
      truncated.push(column);
    } else if (typeof cell === 'object' && cell !== null && !(cell instanceof Date)) {
      cells[column] = shortenDynamic(column, cell, truncated);
    }
  }
}

function shortenDynamic(column: string, value: Json, truncated: string[]): Json {
  if (fits(JSON.stringify(value))) return value;
  truncated.push(column);
  return shortenJson(value);
}
