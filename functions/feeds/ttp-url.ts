import { dynamic, text, time } from '../collect/cells.ts';
import { feed } from '../collect/feed.ts';
import { ttpUrl as table } from '../tables/ttp-url.ts';
import type { Cells } from '../tables/table.ts';

/** https://developer.services.mimecast.com: TTP URL logs, `Monitoring | URL Protection | Read`. */
export const ttpUrl = feed({
  name: 'TtpUrl',
  table,
  source: {
    kind: 'window',
    path: '/api/ttp/url/get-logs',
    items: 'clickLogs',
    from: 'from',
    to: 'to',
    query: { oldestFirst: true },
  },
  product: 'Security Events with Monitoring | URL Protection | Read',
  columnOf: { category: 'Category', date: 'Date' },
  time: (event) => time(event['date']),
  toRow: (event): Cells<typeof table.columns> => ({
    userEmailAddress: text(event['userEmailAddress']),
    fromUserEmailAddress: text(event['fromUserEmailAddress']),
    url: text(event['url']),
    ttpDefinition: text(event['ttpDefinition']),
    subject: text(event['subject']),
    action: text(event['action']),
    adminOverride: text(event['adminOverride']),
    userOverride: text(event['userOverride']),
    scanResult: text(event['scanResult']),
    Category: text(event['category']),
    sendingIp: text(event['sendingIp']),
    userAwarenessAction: text(event['userAwarenessAction']),
    Date: text(event['date']),
    actions: dynamic(event['actions']),
    route: text(event['route']),
    creationMethod: text(event['creationMethod']),
    emailPartsDescription: dynamic(event['emailPartsDescription']),
    messageId: text(event['messageId']),
    tagMap: dynamic(event['tagMap']),
    advancedPhishingResult: dynamic(event['advancedPhishingResult']),
  }),
});
