import type { Feed } from '../../functions/collect/feed.ts';
import { audit } from '../../functions/feeds/audit.ts';
import { awarenessPerformanceDetails } from '../../functions/feeds/awareness-performance-details.ts';
import { awarenessSafeScoreDetails } from '../../functions/feeds/awareness-safe-score-details.ts';
import { awarenessUserData } from '../../functions/feeds/awareness-user-data.ts';
import { awarenessWatchlistDetails } from '../../functions/feeds/awareness-watchlist-details.ts';
import { cloudIntegrated } from '../../functions/feeds/cloud-integrated.ts';
import { segCg } from '../../functions/feeds/seg-cg.ts';
import { segDlp } from '../../functions/feeds/seg-dlp.ts';
import { ttpAttachment } from '../../functions/feeds/ttp-attachment.ts';
import { ttpImpersonation } from '../../functions/feeds/ttp-impersonation.ts';
import { ttpUrl } from '../../functions/feeds/ttp-url.ts';
import { identityOfEvent, identityOfRow } from '../../local/mimecast/identity.ts';
import { plainCampaign, plainEvents } from '../../local/mimecast/plain-events.ts';
import { type Endpoint, type Tenant } from '../../local/mimecast/tenant.ts';
import { tenantName } from '../fakes/feed-name.ts';
import type { Stage } from '../mimecast/stage.ts';

/** Every endpoint that one feed alone asks, and that feed. */
export const feedAt = {
  cgBatch: segCg,
  ciBatch: cloudIntegrated,
  audit,
  dlp: segDlp,
  ttpUrl,
  ttpAttachment,
  ttpImpersonation,
  performance: awarenessPerformanceDetails,
  safeScore: awarenessSafeScoreDetails,
  watchlist: awarenessWatchlistDetails,
  campaigns: awarenessUserData,
  userData: awarenessUserData,
} as const satisfies Partial<Record<Endpoint, Feed>>;

export type FeedEndpoint = keyof typeof feedAt;

export const endpoints: readonly FeedEndpoint[] = [
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
];

/** A feed of another endpoint, which must not notice. */
export function witnessOf(feed: Feed): Feed {
  return feed.name === 'SegDlp' ? audit : segDlp;
}

const minuteMs = 60_000;

/** Gives a feed something new: events of the last minutes, in files of one event or on several pages. */
export function addNews(tenant: Tenant, feed: Feed, now: number): void {
  const name = tenantName(feed);
  const wanted = { seed: `${name} ${now}`, count: 5, from: now - 8 * minuteMs, to: now - 2 * minuteMs };
  const events = plainEvents(name, wanted);
  if (name === 'SegCg' || name === 'CloudIntegrated') {
    for (const event of events) tenant.addFile(name, { events: [event] });
  } else if (name === 'AwarenessUserData') {
    for (const n of [1, 2, 3]) tenant.addCampaign(plainCampaign(now, n, now), events);
  } else {
    tenant.add(name, events);
  }
}

/**
 * The tenant's ids of a feed's events that stand neither in a row nor in Rejected.
 * A snapshot is lost unless it is there for the clock's own day.
 */
export function lostOf(staged: Stage, feed: Feed): readonly string[] {
  if (feed.source.kind !== 'snapshot') return staged.lost(feed);
  const name = tenantName(feed);
  const today = new Date(staged.clock.now()).toISOString().slice(0, 10);
  const rows = staged.rows(feed).filter(({ EventTime }) => JSON.stringify(EventTime).includes(today));
  const landed = new Set(rows.map((row) => identityOfRow(name, row)));
  const served = staged.tenant.events(name).map(({ event }) => identityOfEvent(name, event));
  return served.filter((id) => !landed.has(id));
}

/** The events that stand in the feed's table under more than one id. */
export function inventedOf(staged: Stage, feed: Feed): readonly string[] {
  const ids = new Map<string, string>();
  return staged.rows(feed).flatMap((row) => {
    const day = feed.source.kind === 'snapshot' ? JSON.stringify(row['EventTime']) : '';
    const event = `${identityOfRow(tenantName(feed), row)} ${day.slice(0, 11)}`;
    const eventId = JSON.stringify(row['EventId']);
    const first = ids.get(event) ?? eventId;
    ids.set(event, first);
    return first === eventId ? [] : [event];
  });
}
