import { real, text } from '../collect/cells.ts';
import { feed } from '../collect/feed.ts';
import { awarenessWatchlistDetails as table } from '../tables/awareness-watchlist-details.ts';
import type { Cells } from '../tables/table.ts';

/** https://developer.services.mimecast.com: Awareness Training, watchlist details. */
export const awarenessWatchlistDetails = feed({
  name: 'AwarenessWatchlistDetails',
  table,
  source: { kind: 'snapshot', path: '/api/awareness-training/company/get-watchlist-details' },
  product: 'Awareness Training with Awareness Training | Dashboard | Read',
  columnOf: {},
  identity: (event) => text(event['email']),
  toRow: (event): Cells<typeof table.columns> => ({
    email: text(event['email']),
    name: text(event['name']),
    department: text(event['department']),
    userState: text(event['userState']),
    userId: text(event['userId']),
    watchlistCount: real(event['watchlistCount']),
  }),
});
