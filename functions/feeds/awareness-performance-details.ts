import { dynamic, real, text } from '../collect/cells.ts';
import { feed } from '../collect/feed.ts';
import { awarenessPerformanceDetails as table } from '../tables/awareness-performance-details.ts';
import type { Cells } from '../tables/table.ts';

/** https://developer.services.mimecast.com: Awareness Training, performance details. */
export const awarenessPerformanceDetails = feed({
  name: 'AwarenessPerformanceDetails',
  table,
  source: {
    kind: 'snapshot',
    path: '/api/awareness-training/company/get-performance-details',
    query: { includeUserDetails: true },
  },
  product: 'Awareness Training with Awareness Training | Dashboard | Read',
  columnOf: {},
  identity: (event) => text(event['email']),
  toRow: (event): Cells<typeof table.columns> => ({
    email: text(event['email']),
    name: text(event['name']),
    department: text(event['department']),
    userState: text(event['userState']),
    userId: text(event['userId']),
    numCorrect: real(event['numCorrect']),
    numIncorrect: real(event['numIncorrect']),
    numNotWatched: real(event['numNotWatched']),
    userDetails: dynamic(event['userDetails']),
  }),
});
