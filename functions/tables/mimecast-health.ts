import { table } from './table.ts';

/** One row per feed and run: what the run did and why it stopped. */
export const mimecastHealth = table('Mimecast_Health_CL', {
  RunId: 'string',
  Connector: 'string',
  Feed: 'string',
  Started: 'dateTime',
  Ended: 'dateTime',
  EventsRead: 'long',
  RowsSent: 'long',
  RowsSkipped: 'long',
  Bytes: 'long',
  Rejected: 'long',
  ThrottledMs: 'long',
  NewestEventTime: 'dateTime',
  LagSeconds: 'long',
  CaughtUp: 'boolean',
  Fault: 'string',
  Message: 'string',
  AppVersion: 'string',
});
