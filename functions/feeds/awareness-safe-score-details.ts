import { text } from '../collect/cells.ts';
import { feed } from '../collect/feed.ts';
import { awarenessSafeScoreDetails as table } from '../tables/awareness-safe-score-details.ts';
import type { Cells } from '../tables/table.ts';

/** https://developer.services.mimecast.com: Awareness Training, SAFE score details. */
export const awarenessSafeScoreDetails = feed({
  name: 'AwarenessSafeScoreDetails',
  table,
  source: { kind: 'snapshot', path: '/api/awareness-training/company/get-safe-score-details' },
  product: 'Awareness Training with Awareness Training | Dashboard | Read',
  columnOf: {},
  identity: (event) => text(event['emailAddress']),
  toRow: (event): Cells<typeof table.columns> => ({
    emailAddress: text(event['emailAddress']),
    name: text(event['name']),
    department: text(event['department']),
    risk: text(event['risk']),
    humanError: text(event['humanError']),
    sentiment: text(event['sentiment']),
    engagement: text(event['engagement']),
    knowledge: text(event['knowledge']),
    userState: text(event['userState']),
  }),
});
