import { dynamic, flag, real, text, time } from '../collect/cells.ts';
import { feed } from '../collect/feed.ts';
import { ttpImpersonation as table } from '../tables/ttp-impersonation.ts';
import type { Cells } from '../tables/table.ts';

/** https://developer.services.mimecast.com: TTP impersonation logs, `Monitoring | Impersonation Protection | Read`. */
export const ttpImpersonation = feed({
  name: 'TtpImpersonation',
  table,
  source: {
    kind: 'window',
    path: '/api/ttp/impersonation/get-logs',
    items: 'impersonationLogs',
    from: 'from',
    to: 'to',
    query: { oldestFirst: true },
  },
  product: 'Security Events with Monitoring | Impersonation Protection | Read',
  columnOf: { id: 'SourceId' },
  time: (event) => time(event['eventTime']),
  toRow: (event): Cells<typeof table.columns> => ({
    SourceId: text(event['id']),
    senderAddress: text(event['senderAddress']),
    recipientAddress: text(event['recipientAddress']),
    subject: text(event['subject']),
    definition: text(event['definition']),
    hits: real(event['hits']),
    identifiers: dynamic(event['identifiers']),
    action: text(event['action']),
    taggedExternal: flag(event['taggedExternal']),
    taggedMalicious: flag(event['taggedMalicious']),
    senderIpAddress: text(event['senderIpAddress']),
    eventTime: time(event['eventTime']),
    impersonationResults: text(event['impersonationResults']),
    messageId: text(event['messageId']),
  }),
});
