import { listBatch } from './batch-listing.ts';
import type { BatchFeedName, Endpoint } from './endpoints.ts';
import type { FileLinks } from './file-links.ts';
import type { Behind } from './gateway.ts';
import type { LegacyContext } from './legacy.ts';
import type { Stores } from './stores.ts';

/** What the endpoints answer from. */
interface Parts {
  readonly stores: Stores;
  readonly links: FileLinks;
  readonly requests: Readonly<Record<Endpoint, number>>;
  readonly now: () => number;
  readonly pageCap: number;
}

/** The endpoints behind the gateway. */
export function answersFrom({ stores, links, requests, now, pageCap }: Parts): Behind['answer'] {
  return (at, request, strikes) => {
    const context: LegacyContext = { now: now(), pageCap, count: requests[at], strikes };
    const batch = (feed: BatchFeedName) => listBatch({ ...context, feed, links, store: stores.batch[feed] }, request);
    switch (at) {
      case 'cgBatch':
        return batch('SegCg');
      case 'ciBatch':
        return batch('CloudIntegrated');
      case 'audit':
        return stores.window.Audit.answer(request, context);
      case 'dlp':
        return stores.window.SegDlp.answer(request, context);
      case 'ttpUrl':
        return stores.window.TtpUrl.answer(request, context);
      case 'ttpAttachment':
        return stores.window.TtpAttachment.answer(request, context);
      case 'ttpImpersonation':
        return stores.window.TtpImpersonation.answer(request, context);
      case 'performance':
        return stores.snapshot.AwarenessPerformanceDetails.answer(request, context);
      case 'safeScore':
        return stores.snapshot.AwarenessSafeScoreDetails.answer(request, context);
      case 'watchlist':
        return stores.snapshot.AwarenessWatchlistDetails.answer(request, context);
      case 'campaigns':
        return stores.campaigns.listCampaigns(request, context);
      case 'userData':
        return stores.campaigns.listUsers(request, context);
    }
  };
}
