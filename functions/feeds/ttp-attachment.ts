import { text, time } from '../collect/cells.ts';
import { feed } from '../collect/feed.ts';
import { ttpAttachment as table } from '../tables/ttp-attachment.ts';
import type { Cells } from '../tables/table.ts';

/** https://developer.services.mimecast.com: TTP attachment logs, `Monitoring | Attachment Protection | Read`. */
export const ttpAttachment = feed({
  name: 'TtpAttachment',
  table,
  source: {
    kind: 'window',
    path: '/api/ttp/attachment/get-logs',
    items: 'attachmentLogs',
    from: 'from',
    to: 'to',
    query: { oldestFirst: true },
  },
  product: 'Security Events with Monitoring | Attachment Protection | Read',
  columnOf: { date: 'Date' },
  time: (event) => time(event['date']),
  toRow: (event): Cells<typeof table.columns> => ({
    senderAddress: text(event['senderAddress']),
    recipientAddress: text(event['recipientAddress']),
    fileName: text(event['fileName']),
    fileType: text(event['fileType']),
    result: text(event['result']),
    actionTriggered: text(event['actionTriggered']),
    Date: text(event['date']),
    details: text(event['details']),
    route: text(event['route']),
    messageId: text(event['messageId']),
    subject: text(event['subject']),
    fileHash: text(event['fileHash']),
    definition: text(event['definition']),
  }),
});
