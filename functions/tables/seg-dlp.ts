import { table } from './table.ts';

/** What data leak prevention did to a message. */
export const segDlp = table('Seg_Dlp_CL', {
  senderAddress: 'string',
  recipientAddress: 'string',
  subject: 'string',
  eventTime: 'dateTime',
  route: 'string',
  policy: 'string',
  action: 'string',
  messageId: 'string',
});
