import { text, time } from '../collect/cells.ts';
import { feed } from '../collect/feed.ts';
import { audit as table } from '../tables/audit.ts';
import type { Cells } from '../tables/table.ts';

/** https://developer.services.mimecast.com: Audit Events, `Account | Logs | Read`. */
export const audit = feed({
  name: 'Audit',
  table,
  source: { kind: 'window', path: '/api/audit/get-audit-events', from: 'startDateTime', to: 'endDateTime' },
  product: 'Audit Events with Account | Logs | Read',
  columnOf: { id: 'SourceId' },
  time: (event) => time(event['eventTime']),
  identity: (event) => text(event['id']),
  toRow: (event): Cells<typeof table.columns> => ({
    SourceId: text(event['id']),
    auditType: text(event['auditType']),
    user: text(event['user']),
    eventTime: time(event['eventTime']),
    eventInfo: text(event['eventInfo']),
    category: text(event['category']),
  }),
});
