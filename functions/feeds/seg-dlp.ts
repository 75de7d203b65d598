import { text, time } from '../collect/cells.ts';
import { feed } from '../collect/feed.ts';
import { segDlp as table } from '../tables/seg-dlp.ts';
import type { Cells } from '../tables/table.ts';

/** https://developer.services.mimecast.com: Data Leak Prevention logs, `Monitoring | Data Leak Prevention | Read`. */
export const segDlp = feed({
  name: 'SegDlp',
  table,
  source: {
    kind: 'window',
    path: '/api/dlp/get-logs',
    items: 'dlpLogs',
    from: 'from',
    to: 'to',
    query: { oldestFirst: true },
  },
  product: 'Security Events with Monitoring | Data Leak Prevention | Read',
  columnOf: {},
  time: (event) => time(event['eventTime']),
  toRow: (event): Cells<typeof table.columns> => ({
    senderAddress: text(event['senderAddress']),
    recipientAddress: text(event['recipientAddress']),
    subject: text(event['subject']),
    eventTime: time(event['eventTime']),
    route: text(event['route']),
    policy: text(event['policy']),
    action: text(event['action']),
    messageId: text(event['messageId']),
  }),
});
