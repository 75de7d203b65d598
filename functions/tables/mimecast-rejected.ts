import { table } from './table.ts';

/** What could not become a row: a broken line, or a file that stayed unreadable. */
export const mimecastRejected = table('Mimecast_Rejected_CL', {
  Feed: 'string',
  Reason: 'string',
  Source: 'string',
  RawText: 'string',
});
