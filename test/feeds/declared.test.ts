import { describe, expect, it } from 'vitest';
import { awarenessPerformanceDetails } from '../../functions/feeds/awareness-performance-details.ts';
import { awarenessSafeScoreDetails } from '../../functions/feeds/awareness-safe-score-details.ts';
import { awarenessUserData } from '../../functions/feeds/awareness-user-data.ts';
import { awarenessWatchlistDetails } from '../../functions/feeds/awareness-watchlist-details.ts';
import { cloudIntegrated } from '../../functions/feeds/cloud-integrated.ts';
import { feeds } from '../../functions/feeds/index.ts';
import { segCg } from '../../functions/feeds/seg-cg.ts';

describe('the sources', () => {
  const paths = Object.fromEntries(feeds.map((feed) => [feed.name, feed.source.path]));

  it('are the eleven endpoints of the reference', () => {
    expect(paths).toEqual({
      Audit: '/api/audit/get-audit-events',
      SegCg: '/siem/v1/batch/events/cg',
      SegDlp: '/api/dlp/get-logs',
      TtpUrl: '/api/ttp/url/get-logs',
      TtpAttachment: '/api/ttp/attachment/get-logs',
      TtpImpersonation: '/api/ttp/impersonation/get-logs',
      AwarenessPerformanceDetails: '/api/awareness-training/company/get-performance-details',
      AwarenessSafeScoreDetails: '/api/awareness-training/company/get-safe-score-details',
      AwarenessWatchlistDetails: '/api/awareness-training/company/get-watchlist-details',
      AwarenessUserData: '/api/awareness-training/phishing/campaign/get-user-data',
      CloudIntegrated: '/siem/v1/batch/events/ci',
    });
  });

  it('ask for windows by the names each endpoint gives its times, oldest first where it can', () => {
    const windows = feeds.flatMap(({ name, source }) => (source.kind === 'window' ? [{ ...source, name }] : []));
    expect(windows.map(({ name, items, from, to, query }) => [name, items, from, to, query?.['oldestFirst']])).toEqual([
      ['Audit', undefined, 'startDateTime', 'endDateTime', undefined],
      ['SegDlp', 'dlpLogs', 'from', 'to', true],
      ['TtpUrl', 'clickLogs', 'from', 'to', true],
      ['TtpAttachment', 'attachmentLogs', 'from', 'to', true],
      ['TtpImpersonation', 'impersonationLogs', 'from', 'to', true],
    ]);
  });

  it('ask for all types of the two SIEM products', () => {
    expect(segCg.source.types.toSorted()).toEqual([
      'attachment protect',
      'av',
      'delivery',
      'impersonation protect',
      'internal email protect',
      'journal',
      'process',
      'receipt',
      'spam',
      'url protect',
    ]);
    expect(cloudIntegrated.source.types).toEqual(['entities', 'mailflow', 'urlclick']);
  });

  it('ask for the details of users, and for user data campaign by campaign', () => {
    expect(awarenessPerformanceDetails.source.query).toEqual({ includeUserDetails: true });
    expect(awarenessUserData.source.items).toBe('items');
    expect(awarenessUserData.source.campaigns).toBe('/api/awareness-training/phishing/campaign/get-campaign');
  });

  it('say what to grant', () => {
    for (const feed of feeds)
      expect(feed.product).toMatch(/^(Threats, Security Events and Data for C[GI]|.+ with .+ \| Read$)/);
  });
});

describe('Logtype', () => {
  it.each([
    ['av', 'email_antivirus'],
    ['delivery', 'email_delivery'],
    ['internal email protect', 'email_iep'],
    ['impersonation protect', 'email_ttp_impersonation'],
    ['journal', 'email_journal'],
    ['process', 'email_process'],
    ['receipt', 'email_receipt'],
    ['attachment protect', 'email_ttp_ap'],
    ['spam', 'email_spam'],
    ['url protect', 'email_ttp_url'],
  ])('of %s is %s, under either spelling of the field', (type, expected) => {
    expect(segCg.toRow({ type }).Logtype).toBe(expected);
    expect(segCg.toRow({ eventType: type }).Logtype).toBe(expected);
  });

  it('of an unknown type is its own name, also when an object has something of that name', () => {
    expect(segCg.toRow({ type: 'browser isolation' }).Logtype).toBe('browser isolation');
    expect(segCg.toRow({ type: 'constructor' }).Logtype).toBe('constructor');
    expect(segCg.toRow({ type: null }).Logtype).toBeUndefined();
  });
});

describe('what makes a snapshot record itself', () => {
  it('is its address', () => {
    const record = { email: 'anna.berg@example.com', emailAddress: 'eva.lind@example.com' };
    expect(awarenessPerformanceDetails.identity?.(record)).toBe('anna.berg@example.com');
    expect(awarenessWatchlistDetails.identity?.(record)).toBe('anna.berg@example.com');
    expect(awarenessSafeScoreDetails.identity?.(record)).toBe('eva.lind@example.com');
  });

  it('is address and campaign for user data', () => {
    const identity = (campaignId: string): string | undefined =>
      awarenessUserData.identity?.({ email: 'anna.berg@example.com', campaignId });
    expect(identity('one')).toBe('anna.berg@example.com\none');
    expect(identity('two')).not.toBe(identity('one'));
  });

  it('is nothing short of the whole record without an address', () => {
    for (const email of ['', null]) {
      expect(awarenessUserData.identity?.({ email, campaignId: 'one' }) || undefined).toBeUndefined();
      expect(awarenessPerformanceDetails.identity?.({ email }) || undefined).toBeUndefined();
    }
  });
});
