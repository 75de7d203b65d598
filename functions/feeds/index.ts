import type { Feed } from '../collect/feed.ts';
import { audit } from './audit.ts';
import { awarenessPerformanceDetails } from './awareness-performance-details.ts';
import { awarenessSafeScoreDetails } from './awareness-safe-score-details.ts';
import { awarenessUserData } from './awareness-user-data.ts';
import { awarenessWatchlistDetails } from './awareness-watchlist-details.ts';
import { cloudIntegrated } from './cloud-integrated.ts';
import { segCg } from './seg-cg.ts';
import { segDlp } from './seg-dlp.ts';
import { ttpAttachment } from './ttp-attachment.ts';
import { ttpImpersonation } from './ttp-impersonation.ts';
import { ttpUrl } from './ttp-url.ts';

/** The eleven feeds. */
export const feeds: readonly Feed[] = [
  audit,
  segCg,
  segDlp,
  ttpUrl,
  ttpAttachment,
  ttpImpersonation,
  awarenessPerformanceDetails,
  awarenessSafeScoreDetails,
  awarenessWatchlistDetails,
  awarenessUserData,
  cloudIntegrated,
];
