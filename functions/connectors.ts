import { audit } from './feeds/audit.ts';
import { awarenessPerformanceDetails } from './feeds/awareness-performance-details.ts';
import { awarenessSafeScoreDetails } from './feeds/awareness-safe-score-details.ts';
import { awarenessUserData } from './feeds/awareness-user-data.ts';
import { awarenessWatchlistDetails } from './feeds/awareness-watchlist-details.ts';
import { cloudIntegrated } from './feeds/cloud-integrated.ts';
import type { feeds } from './feeds/index.ts';
import { segCg } from './feeds/seg-cg.ts';
import { segDlp } from './feeds/seg-dlp.ts';
import { ttpAttachment } from './feeds/ttp-attachment.ts';
import { ttpImpersonation } from './feeds/ttp-impersonation.ts';
import { ttpUrl } from './feeds/ttp-url.ts';

/** A product area with one timer. */
export interface Connector {
  /** The name of its function. */
  readonly name: 'Audit' | 'Seg' | 'Ttp' | 'Awareness' | 'CloudIntegrated';
  /** What it is called in the setting `CONNECTORS`. */
  readonly setting: 'audit' | 'seg' | 'ttp' | 'awareness' | 'cloudIntegrated';
  /** The setting that holds its schedule. */
  readonly scheduleSetting: `${string}_SCHEDULE`;
  /** The NCRONTAB schedule it has without that setting. */
  readonly schedule: string;
  readonly feeds: typeof feeds;
}

/** The five connectors; their timers fire at different seconds, so that they do not all ask for a token at once. */
export const connectors: readonly Connector[] = [
  {
    name: 'Audit',
    setting: 'audit',
    scheduleSetting: 'AUDIT_SCHEDULE',
    schedule: '40 */10 * * * *',
    feeds: [audit],
  },
  {
    name: 'Seg',
    setting: 'seg',
    scheduleSetting: 'SEG_SCHEDULE',
    schedule: '0 */5 * * * *',
    feeds: [segCg, segDlp],
  },
  {
    name: 'Ttp',
    setting: 'ttp',
    scheduleSetting: 'TTP_SCHEDULE',
    schedule: '10 */10 * * * *',
    feeds: [ttpUrl, ttpAttachment, ttpImpersonation],
  },
  {
    name: 'Awareness',
    setting: 'awareness',
    scheduleSetting: 'AWARENESS_SCHEDULE',
    schedule: '50 15 */6 * * *',
    feeds: [awarenessPerformanceDetails, awarenessSafeScoreDetails, awarenessWatchlistDetails, awarenessUserData],
  },
  {
    name: 'CloudIntegrated',
    setting: 'cloudIntegrated',
    scheduleSetting: 'CLOUD_INTEGRATED_SCHEDULE',
    schedule: '20 */5 * * * *',
    feeds: [cloudIntegrated],
  },
];
