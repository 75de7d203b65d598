import { table } from './table.ts';

/** Attachments that Attachment Protect examined. */
export const ttpAttachment = table('Ttp_Attachment_CL', {
  senderAddress: 'string',
  recipientAddress: 'string',
  fileName: 'string',
  fileType: 'string',
  result: 'string',
  actionTriggered: 'string',
  Date: 'string',
  details: 'string',
  route: 'string',
  messageId: 'string',
  subject: 'string',
  fileHash: 'string',
  definition: 'string',
});
