import { describe, expect, it } from 'vitest';
import { connectors } from '../functions/connectors.ts';
import { feeds } from '../functions/feeds/index.ts';

describe('the connectors', () => {
  it('are five, with these feeds', () => {
    expect(Object.fromEntries(connectors.map(({ name, feeds: own }) => [name, own.map((feed) => feed.name)]))).toEqual({
      Audit: ['Audit'],
      Seg: ['SegCg', 'SegDlp'],
      Ttp: ['TtpUrl', 'TtpAttachment', 'TtpImpersonation'],
      Awareness: [
        'AwarenessPerformanceDetails',
        'AwarenessSafeScoreDetails',
        'AwarenessWatchlistDetails',
        'AwarenessUserData',
      ],
      CloudIntegrated: ['CloudIntegrated'],
    });
  });

  it('read every feed exactly once', () => {
    expect(
      connectors.flatMap((connector) => connector.feeds).toSorted((a, b) => feeds.indexOf(a) - feeds.indexOf(b)),
    ).toEqual(feeds);
  });

  it('have the settings and the default schedules of the design', () => {
    expect(connectors.map(({ setting, scheduleSetting, schedule }) => [setting, scheduleSetting, schedule])).toEqual([
      ['audit', 'AUDIT_SCHEDULE', '40 */10 * * * *'],
      ['seg', 'SEG_SCHEDULE', '0 */5 * * * *'],
      ['ttp', 'TTP_SCHEDULE', '10 */10 * * * *'],
      ['awareness', 'AWARENESS_SCHEDULE', '50 15 */6 * * *'],
      ['cloudIntegrated', 'CLOUD_INTEGRATED_SCHEDULE', '20 */5 * * * *'],
    ]);
  });
});
