import type { FeedName } from '../../local/mimecast/tenant.ts';

const feedNames: Readonly<Record<FeedName, FeedName>> = {
  Audit: 'Audit',
  SegCg: 'SegCg',
  SegDlp: 'SegDlp',
  TtpUrl: 'TtpUrl',
  TtpAttachment: 'TtpAttachment',
  TtpImpersonation: 'TtpImpersonation',
  AwarenessPerformanceDetails: 'AwarenessPerformanceDetails',
  AwarenessSafeScoreDetails: 'AwarenessSafeScoreDetails',
  AwarenessWatchlistDetails: 'AwarenessWatchlistDetails',
  AwarenessUserData: 'AwarenessUserData',
  CloudIntegrated: 'CloudIntegrated',
};

/** The name by which the simulated tenant knows a feed. */
export function tenantName(feed: { readonly name: string }): FeedName {
  const found = Object.values(feedNames).find((name) => name === feed.name);
  if (!found) throw new Error(`The tenant knows no feed ${feed.name}.`);
  return found;
}
