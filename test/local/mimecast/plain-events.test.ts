import { describe, expect, test } from 'vitest';
import { isJsonObject, type JsonObject, parseJson } from '../../../functions/tables/json.ts';
import { filePrefixes } from '../../../local/mimecast/batch-files.ts';
import { identityOfEvent } from '../../../local/mimecast/identity.ts';
import { plainCampaign, plainEvents } from '../../../local/mimecast/plain-events.ts';
import type { FeedName } from '../../../local/mimecast/tenant.ts';
import { secondOf } from '../../../local/mimecast/times.ts';

const feeds: readonly FeedName[] = [
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
];
const span = { from: Date.parse('2026-11-19T00:00:00Z'), to: Date.parse('2026-11-20T00:00:00Z') };
const made = (feed: FeedName, count = 900, seed = 7): JsonObject[] => plainEvents(feed, { seed, count, ...span });
const valuesOf = (events: readonly JsonObject[], field: string) => new Set(events.map((event) => event[field]));
const idOf = (feed: FeedName, event: JsonObject): string => identityOfEvent(feed, { campaignId: 'one', ...event });

describe.each(feeds)('events of %s', (feed) => {
  test('are the same bytes for the same seed and others for another', () => {
    expect(JSON.stringify(made(feed))).toBe(JSON.stringify(made(feed)));
    expect(JSON.stringify(made(feed, 20, 8))).not.toBe(JSON.stringify(made(feed, 20, 9)));
  });

  test('each have an id of their own', () => {
    expect(new Set(made(feed).map((event) => idOf(feed, event))).size).toBe(900);
  });

  test('name only example domains and addresses kept for documentation', () => {
    const text = JSON.stringify(made(feed));
    const domains = text.matchAll(/(?:@|https?:\/\/)([\w.-]+)/g);
    for (const [, domain = ''] of domains) expect(domain).toMatch(/(^|\.)example\.(com|org|net)$/);
    for (const [ip] of text.matchAll(/\b\d+\.\d+\.\d+\.\d+\b/g))
      expect(ip).toMatch(/^(192\.0\.2|198\.51\.100|203\.0\.113)\./);
  });
});

const timed: readonly (readonly [FeedName, string])[] = [
  ['Audit', 'eventTime'],
  ['SegDlp', 'eventTime'],
  ['TtpUrl', 'date'],
  ['TtpAttachment', 'date'],
  ['TtpImpersonation', 'eventTime'],
];

test.each(timed)('events of %s have their time in %s, in order and within the span', (feed, field) => {
  const seconds = made(feed).map((event) => secondOf(event[field]) ?? 0);
  expect(seconds.toSorted((a, b) => a - b)).toEqual(seconds);
  expect(Math.min(...seconds)).toBeGreaterThanOrEqual(span.from / 1000);
  expect(Math.max(...seconds)).toBeLessThan(span.to / 1000);
});

test.each(['SegCg', 'CloudIntegrated'] as const)('events of %s have all types of the feed and a time in ms', (feed) => {
  const events = made(feed, 20);
  const types = new Set(events.map((event) => event['type'] ?? event['eventType']));
  expect(types).toEqual(new Set(Object.keys(filePrefixes[feed])));
  for (const { timestamp } of events) expect(Number(timestamp)).toBeGreaterThanOrEqual(span.from);
});

describe('events of the gateway', () => {
  const events = made('SegCg', 2000);

  test('spell their type in two ways, and a direction with a capital or without', () => {
    expect(events.some((event) => 'eventType' in event && 'subType' in event && !('type' in event))).toBe(true);
    expect(events.every((event) => 'type' in event !== 'eventType' in event)).toBe(true);
    expect([...valuesOf(events, 'direction')]).toEqual(
      expect.arrayContaining(['Inbound', 'inbound', 'Internal', null]),
    );
  });

  test('have numbers and booleans as text, keep nulls, and name a place in the stream or none', () => {
    const receipts = events.filter((event) => event['type'] === 'receipt');
    expect(receipts.every((event) => typeof event['numberAttachments'] === 'string')).toBe(true);
    expect([...valuesOf(receipts, 'subject')]).toContain(null);
    expect(events.some((event) => !('_offset' in event))).toBe(true);
    expect(events.some((event) => typeof event['_offset'] === 'number')).toBe(true);
  });

  test('have spamProcessingDetail in four encodings', () => {
    const details = events
      .filter((event) => 'spamProcessingDetail' in event)
      .map((event) => event['spamProcessingDetail']);
    const encodings = new Set(
      details.map((detail) => {
        if (typeof detail !== 'string') return detail === null ? 'null' : 'object';
        return isJsonObject(parseJson(detail)) ? 'text' : 'text of text';
      }),
    );
    expect(encodings).toEqual(new Set(['null', 'object', 'text', 'text of text']));
  });

  test('have bounces, foreign scripts, bare quotes in attachments, and an analysis that says null', () => {
    expect([...valuesOf(events, 'senderEnvelope')]).toContain('<>');
    expect([...valuesOf(events, 'subject')]).toContain('会議の議題について');
    expect([...valuesOf(events, 'analysis')]).toContain('null');
    expect([...valuesOf(events, 'attachments')]).toContain('"so-called "FINAL" draft.doc"');
    expect(JSON.stringify([...valuesOf(events, 'recipients')])).toMatch(/\.com,\w/);
  });

  test('of one message share its id', () => {
    const [first, second] = events;
    expect(second?.['aggregateId']).toBe(first?.['aggregateId']);
  });
});

test('every action, result, verdict and grade occurs', () => {
  const has = (feed: FeedName, field: string, values: readonly string[]): void =>
    expect([...valuesOf(made(feed), field)]).toEqual(expect.arrayContaining([...values]));
  has('TtpUrl', 'action', ['allow', 'warn', 'block']);
  has('TtpUrl', 'scanResult', ['clean', 'malicious']);
  has('TtpUrl', 'actions', ['Allow', 'Block', 'None']);
  has('TtpUrl', 'creationMethod', ['User Click', 'Entry Scan']);
  has('TtpUrl', 'sendingIp', ['Internal IP']);
  has('TtpAttachment', 'result', ['safe', 'malicious', 'unsafe', 'timeout', 'error']);
  has('TtpImpersonation', 'action', ['hold', 'bounce', 'none']);
  has('SegDlp', 'action', ['hold', 'notification', 'block', 'delete', 'bounce', 'smart_folder']);
  has('Audit', 'auditType', ['User Logged On', 'Logon Authentication Failed', 'New Policy', 'Policy Deleted']);
  has('AwarenessSafeScoreDetails', 'risk', ['A', 'B', 'C', 'D', 'F']);
  has('AwarenessUserData', 'status', ['SENT', 'OPENED', 'CLICKED', 'SUBMITTED', 'REPORTED']);
  has('CloudIntegrated', 'threatState', ['DELIVERY_IN_PROGRESS', 'DELIVERED', 'BLOCKED']);
});

test('a leak may be held and notified of in two events of one message', () => {
  const held = made('SegDlp').filter((event) => event['action'] === 'hold');
  const notified = valuesOf(
    made('SegDlp').filter((event) => event['action'] === 'notification'),
    'messageId',
  );
  expect(held.some((event) => notified.has(event['messageId']))).toBe(true);
});

test('campaigns are told apart by their id', () => {
  const ids = [1, 2, 3].map((n) => plainCampaign(7, n, span.from).id);
  expect(new Set(ids).size).toBe(3);
  expect(plainCampaign(7, 1, span.from)).toEqual(plainCampaign(7, 1, span.from));
});
