import { plainEvents } from '../../local/mimecast/plain-events.ts';
import type { Tenant } from '../../local/mimecast/tenant.ts';

const minuteMs = 60_000;
const batchFeeds = ['SegCg', 'CloudIntegrated'] as const;
const windowFeeds = ['Audit', 'SegDlp', 'TtpUrl', 'TtpAttachment', 'TtpImpersonation'] as const;

/** Adds events to the feeds that go on all day: of the last minutes, some as late as Mimecast shows them. @param now epoch ms */
export function addFreshEvents(tenant: Tenant, seed: string, now: number): void {
  const wanted = { seed: `fresh ${seed}`, count: 40, from: now - 14 * minuteMs, to: now - 2 * minuteMs };
  for (const feed of windowFeeds) tenant.add(feed, plainEvents(feed, wanted), now);
  for (const feed of batchFeeds) {
    const events = plainEvents(feed, { ...wanted, count: 90 });
    for (const start of [0, 30, 60])
      tenant.addFile(feed, { events: events.slice(start, start + 30), availableAt: now });
  }
}
