import { fillPlainTenant } from '../../../local/mimecast/fill-plain-tenant.ts';
import { plainEvents } from '../../../local/mimecast/plain-events.ts';
import type { Fill } from '../../../local/tenant-life.ts';

const eventsPerUserAndDay = 30;

/** A plain company in which something happens in every feed's source every minute. */
export const fillPlainStory: Fill = (tenant, { seed, now, days, users }) => {
  fillPlainTenant(tenant, { seed, now, days, perDay: users * eventsPerUserAndDay });
  return {
    live(from, to) {
      const wanted = { seed: `${seed} ${from}`, count: 2, from, to };
      for (const feed of ['SegCg', 'CloudIntegrated'] as const)
        tenant.addFile(feed, { events: plainEvents(feed, wanted), availableAt: to });
      for (const feed of ['Audit', 'SegDlp', 'TtpUrl', 'TtpAttachment', 'TtpImpersonation'] as const)
        tenant.add(feed, plainEvents(feed, wanted), to);
    },
  };
};
