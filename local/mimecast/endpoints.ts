/** Everything the simulated tenant answers, by name; `files` is the host behind the signed links. */
const endpointNames = [
  'token',
  'files',
  'cgBatch',
  'ciBatch',
  'audit',
  'dlp',
  'ttpUrl',
  'ttpAttachment',
  'ttpImpersonation',
  'performance',
  'safeScore',
  'watchlist',
  'campaigns',
  'userData',
] as const;

export type Endpoint = (typeof endpointNames)[number];

export type BatchFeedName = 'SegCg' | 'CloudIntegrated';
export type WindowFeedName = 'Audit' | 'SegDlp' | 'TtpUrl' | 'TtpAttachment' | 'TtpImpersonation';
export type SnapshotFeedName =
  'AwarenessPerformanceDetails' | 'AwarenessSafeScoreDetails' | 'AwarenessWatchlistDetails';
export type FeedName = BatchFeedName | WindowFeedName | SnapshotFeedName | 'AwarenessUserData';

/** What an application must have assigned before an endpoint answers it. */
export type Product =
  | 'auditevents'
  | 'securityevents'
  | 'awarenesstraining'
  | 'threatssecurityeventsanddataforcg'
  | 'threatssecurityeventsanddataforci';

/** Where an endpoint of the API is found, and the product that opens it. */
export interface Place {
  readonly method: 'GET' | 'POST';
  readonly path: string;
  readonly product?: Product;
}

const post = (path: string, product: Product): Place => ({ method: 'POST', path, product });
const awareness = (path: string): Place => post(`/api/awareness-training/${path}`, 'awarenesstraining');

export const places: Readonly<Record<Exclude<Endpoint, 'files'>, Place>> = {
  token: { method: 'POST', path: '/oauth/token' },
  cgBatch: { method: 'GET', path: '/siem/v1/batch/events/cg', product: 'threatssecurityeventsanddataforcg' },
  ciBatch: { method: 'GET', path: '/siem/v1/batch/events/ci', product: 'threatssecurityeventsanddataforci' },
  audit: post('/api/audit/get-audit-events', 'auditevents'),
  dlp: post('/api/dlp/get-logs', 'securityevents'),
  ttpUrl: post('/api/ttp/url/get-logs', 'securityevents'),
  ttpAttachment: post('/api/ttp/attachment/get-logs', 'securityevents'),
  ttpImpersonation: post('/api/ttp/impersonation/get-logs', 'securityevents'),
  performance: awareness('company/get-performance-details'),
  safeScore: awareness('company/get-safe-score-details'),
  watchlist: awareness('company/get-watchlist-details'),
  campaigns: awareness('phishing/campaign/get-campaign'),
  userData: awareness('phishing/campaign/get-user-data'),
};

export type ApiEndpoint = keyof typeof places;

/** The endpoint at a path of the API; undefined where there is none. */
export function endpointAt(path: string): ApiEndpoint | undefined {
  for (const name of endpointNames) {
    if (name !== 'files' && places[name].path === path) return name;
  }
  return undefined;
}

const feedNames: ReadonlySet<string> = new Set<FeedName>([
  'Audit',
  'SegCg',
  'SegDlp',
  'TtpUrl',
  'TtpAttachment',
  'TtpImpersonation',
  'AwarenessPerformanceDetails',
  'AwarenessSafeScoreDetails',
  'AwarenessWatchlistDetails',
  'AwarenessUserData',
  'CloudIntegrated',
]);

/** Whether the tenant has a feed of that name. */
export function isFeedName(name: string): name is FeedName {
  return feedNames.has(name);
}
