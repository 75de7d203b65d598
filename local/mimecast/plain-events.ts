import type { JsonObject } from '../../functions/tables/json.ts';
import type { Campaign } from './campaigns.ts';
import type { FeedName } from './endpoints.ts';
import { auditEvents } from './plain/audit.ts';
import { awarenessUsers, campaign, campaignUsers } from './plain/awareness.ts';
import { cloudGatewayEvents } from './plain/cloud-gateway.ts';
import { cloudIntegratedEvents } from './plain/cloud-integrated.ts';
import { dlpEvents } from './plain/dlp.ts';
import { type Random, randomFrom } from './plain/random.ts';
import { ttpAttachmentEvents } from './plain/ttp-attachment.ts';
import { ttpImpersonationEvents } from './plain/ttp-impersonation.ts';
import { ttpUrlEvents } from './plain/ttp-url.ts';

/** How many events to make, spread over which time (epoch ms). The same values make the same events; other seeds, other ids. */
export interface Wanted {
  readonly seed: number | string;
  readonly count: number;
  readonly from: number;
  readonly to: number;
}

/** Makes plausible events in the shape of real ones, the oldest first; snapshot feeds: as many users, each once. */
export function plainEvents(feed: FeedName, { seed, count, from, to }: Wanted): JsonObject[] {
  const label = `${feed} ${seed}`;
  const random = randomFrom(label);
  const make = maker(feed, random, label);
  return Array.from({ length: count }, (_, n) => {
    const time = from + Math.floor(((n + random.next()) / count) * (to - from));
    return make(n, time);
  });
}

/** Makes a phishing campaign; `n` is its number, `launch` its day (epoch ms). */
export function plainCampaign(seed: number | string, n: number, launch: number): Campaign {
  return campaign(randomFrom(`campaign ${seed} ${n}`), n, launch);
}

function maker(feed: FeedName, random: Random, label: string): (n: number, time: number) => JsonObject {
  switch (feed) {
    case 'Audit':
      return auditEvents(random, label);
    case 'SegCg':
      return cloudGatewayEvents(random, label);
    case 'SegDlp':
      return dlpEvents(random, label);
    case 'TtpUrl':
      return ttpUrlEvents(random, label);
    case 'TtpAttachment':
      return ttpAttachmentEvents(random, label);
    case 'TtpImpersonation':
      return ttpImpersonationEvents(random, label);
    case 'CloudIntegrated':
      return cloudIntegratedEvents(random, label);
    case 'AwarenessUserData':
      return campaignUsers(random);
    case 'AwarenessPerformanceDetails':
    case 'AwarenessSafeScoreDetails':
    case 'AwarenessWatchlistDetails':
      return awarenessUsers(feed, random);
  }
}
