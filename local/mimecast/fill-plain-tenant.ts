import type { JsonObject } from '../../functions/tables/json.ts';
import type { BatchFeedName, SnapshotFeedName, WindowFeedName } from './endpoints.ts';
import { companySize } from './plain/people.ts';
import { type Random, randomFrom } from './plain/random.ts';
import { plainCampaign, plainEvents } from './plain-events.ts';
import type { Tenant } from './tenant.ts';
import { secondOf, startOfDay } from './times.ts';

const minuteMs = 60_000;
const dayMs = 86_400_000;
const lateMs = 15 * minuteMs;
// The newest events are old enough for late ones to have come and for the connector's windows to reach them.
const settledMs = 20 * minuteMs;
const filesPerDayAndType = 3;
// The batch API shows 7 days; a day of reserve keeps what is listed from ending at midnight.
const listedDays = 6;

/** Which share of a day's events is the feed's. */
const batchShares: Readonly<Record<BatchFeedName, number>> = { SegCg: 0.65, CloudIntegrated: 0.1 };
const windowShares: Readonly<Record<WindowFeedName, number>> = {
  Audit: 0.05,
  SegDlp: 0.04,
  TtpUrl: 0.1,
  TtpAttachment: 0.03,
  TtpImpersonation: 0.03,
};

/** How a tenant is filled: `perDay` events on each of the `days` before `now` (epoch ms). */
export interface Filling {
  readonly seed: number | string;
  readonly now: number;
  readonly days: number;
  readonly perDay: number;
}

/** Fills all eleven feeds. Every event can be read at `now`; batch files older than Mimecast lists arrive on the oldest day it does. */
export function fillPlainTenant(tenant: Tenant, filling: Filling): void {
  const { seed, now, days, perDay } = filling;
  const random = randomFrom(`filling ${seed}`);
  for (let day = days; day >= 1; day--) {
    const from = now - settledMs - day * dayMs;
    const of = (share: number) => ({
      seed: `${seed} ${day}`,
      count: Math.max(1, Math.round(perDay * share)),
      from,
      to: from + dayMs,
    });
    addFiles(tenant, 'SegCg', plainEvents('SegCg', of(batchShares.SegCg)), now);
    addFiles(tenant, 'CloudIntegrated', plainEvents('CloudIntegrated', of(batchShares.CloudIntegrated)), now);
    addWindow(tenant, 'Audit', plainEvents('Audit', of(windowShares.Audit)), random);
    addWindow(tenant, 'SegDlp', plainEvents('SegDlp', of(windowShares.SegDlp)), random);
    addWindow(tenant, 'TtpUrl', plainEvents('TtpUrl', of(windowShares.TtpUrl)), random);
    addWindow(tenant, 'TtpAttachment', plainEvents('TtpAttachment', of(windowShares.TtpAttachment)), random);
    addWindow(tenant, 'TtpImpersonation', plainEvents('TtpImpersonation', of(windowShares.TtpImpersonation)), random);
  }
  addUsers(tenant, filling);
}

function addFiles(tenant: Tenant, feed: BatchFeedName, events: readonly JsonObject[], now: number): void {
  const listedFrom = startOfDay(now) - listedDays * dayMs;
  for (const ofType of Map.groupBy(events, (event) => event['type'] ?? event['eventType']).values()) {
    const size = Math.ceil(ofType.length / filesPerDayAndType);
    for (let start = 0; start < ofType.length; start += size) {
      const part = ofType.slice(start, start + size);
      const written = Number(part.at(-1)?.['timestamp']) + lateMs;
      tenant.addFile(feed, { events: part, availableAt: Math.max(written, listedFrom) });
    }
  }
}

function addWindow(tenant: Tenant, feed: WindowFeedName, events: readonly JsonObject[], random: Random): void {
  for (const event of events) {
    const time = (secondOf(event['eventTime'] ?? event['date']) ?? 0) * 1000;
    const delay = random.chance(0.05) ? random.int(minuteMs, lateMs) : 0;
    tenant.add(feed, [event], time + delay);
  }
}

function addUsers(tenant: Tenant, { seed, now }: Filling): void {
  const wanted = { seed, count: companySize, from: now - 30 * dayMs, to: now };
  const lists: readonly SnapshotFeedName[] = [
    'AwarenessPerformanceDetails',
    'AwarenessSafeScoreDetails',
    'AwarenessWatchlistDetails',
  ];
  for (const feed of lists) tenant.add(feed, plainEvents(feed, wanted), wanted.from);
  for (const n of [1, 2, 3]) {
    const users = plainEvents('AwarenessUserData', { ...wanted, seed: `${seed} ${n}` });
    tenant.addCampaign(plainCampaign(seed, n, wanted.from), users);
  }
}
