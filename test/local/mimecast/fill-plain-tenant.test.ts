import { gunzipSync } from 'node:zlib';
import { expect, test } from 'vitest';
import { isJsonObject, type Json, type JsonObject, parseJson } from '../../../functions/tables/json.ts';
import { fillPlainTenant } from '../../../local/mimecast/fill-plain-tenant.ts';
import { identityOfEvent } from '../../../local/mimecast/identity.ts';
import type { FeedName, Tenant } from '../../../local/mimecast/tenant.ts';
import { legacyTimeText, secondOf } from '../../../local/mimecast/times.ts';
import { asking, at, list, listAt, post, stage, tokenOf, textAt } from './client.ts';

const filling = { seed: 5, days: 14, perDay: 300 };
const dayMs = 86_400_000;

async function filled(): Promise<{ tenant: Tenant; token: string; now: number }> {
  const { tenant, clock } = await stage();
  fillPlainTenant(tenant, { ...filling, now: clock.time });
  return { tenant, token: await tokenOf(tenant), now: clock.time };
}

/** The ids of the ledger that are not among the events read. */
function lost(tenant: Tenant, feed: FeedName, read: readonly Json[]): string[] {
  const found = new Set(read.filter(isJsonObject).map((event) => identityOfEvent(feed, event)));
  return tenant
    .events(feed)
    .map(({ event }) => identityOfEvent(feed, event))
    .filter((id) => !found.has(id));
}

/** All pages of a legacy list. */
async function readAll(tenant: Tenant, token: string, path: string, query: JsonObject): Promise<Json[]> {
  const read: Json[] = [];
  let next: Json | undefined = '';
  while (next !== undefined) {
    const { json } = await post(tenant, token, path, asking(query, 500, next));
    const first = at(json, 'data', 0);
    const wrapped = isJsonObject(first) ? Object.values(first).find(Array.isArray) : undefined;
    read.push(...(path.includes('audit') || path.includes('company') ? listAt(json, 'data') : (wrapped ?? [])));
    next = at(json, 'meta', 'pagination', 'next');
  }
  return read;
}

test.each([
  [
    'SegCg',
    'av,delivery,internal email protect,impersonation protect,journal,process,receipt,attachment protect,spam,url protect',
  ],
  ['CloudIntegrated', 'entities,mailflow,urlclick'],
] as const)('every event of %s can be listed and downloaded at once, the first week’s too', async (feed, type) => {
  const { tenant, token } = await filled();
  const place = feed === 'SegCg' ? 'cg' : 'ci';
  const headers = { authorization: `Bearer ${token}` };
  const read: Json[] = [];
  let query = new URLSearchParams({ type, dateRangeStartsAt: '2026-11-14' });
  for (let isCaughtUp: Json | undefined = false; isCaughtUp !== true;) {
    const response = await fetch(`${tenant.origin}/siem/v1/batch/events/${place}?${query.toString()}`, { headers });
    const listing = parseJson(await response.text());
    for (const entry of listAt(listing, 'value')) {
      const file = await fetch(textAt(entry, 'url'));
      const lines = gunzipSync(await file.arrayBuffer())
        .toString('utf8')
        .trim()
        .split('\n');
      read.push(...lines.map(parseJson));
    }
    query = new URLSearchParams({ type, nextPage: textAt(listing, '@nextPage') });
    isCaughtUp = at(listing, 'isCaughtUp');
  }
  expect(read.length).toBeGreaterThan(100);
  expect(read).toHaveLength(tenant.events(feed).length);
  expect(lost(tenant, feed, read)).toEqual([]);
});

test.each([
  ['Audit', '/api/audit/get-audit-events'],
  ['SegDlp', '/api/dlp/get-logs'],
  ['TtpUrl', '/api/ttp/url/get-logs'],
  ['TtpAttachment', '/api/ttp/attachment/get-logs'],
  ['TtpImpersonation', '/api/ttp/impersonation/get-logs'],
] as const)('every event of %s is in the window of all days', async (feed, path) => {
  const { tenant, token, now } = await filled();
  const [from, to] = [now - 15 * dayMs, now].map(legacyTimeText);
  const query = { from: from ?? '', to: to ?? '', startDateTime: from ?? '', endDateTime: to ?? '' };
  const read = await readAll(tenant, token, path, query);
  expect(read.length).toBeGreaterThan(100);
  expect(lost(tenant, feed, read)).toEqual([]);
});

test('one event in twenty comes late, up to 15 minutes after its time', async () => {
  const { tenant, now } = await filled();
  const delays = tenant
    .events('TtpUrl')
    .map(({ event, availableAt }) => availableAt - (secondOf(event['date']) ?? 0) * 1000);
  const late = delays.filter((delay) => delay > 0);
  expect(late.length / delays.length).toBeGreaterThan(0.02);
  expect(late.length / delays.length).toBeLessThan(0.1);
  expect(Math.max(...late)).toBeLessThanOrEqual(15 * 60_000);
  expect(Math.max(...tenant.events('TtpUrl').map(({ availableAt }) => availableAt))).toBeLessThanOrEqual(now);
});

test('the same seed fills the same, day by day in several files a type', async () => {
  const [one, two] = [await filled(), await filled()];
  expect(two.tenant.events('SegCg')).toEqual(one.tenant.events('SegCg'));
  expect(two.tenant.events('AwarenessUserData')).toEqual(one.tenant.events('AwarenessUserData'));
  const { json } = await list(one.tenant, one.token, { type: 'receipt', dateRangeStartsAt: '2026-11-19' });
  expect(listAt(json, 'value').length).toBeGreaterThanOrEqual(3);
});

test('every user of the awareness lists and campaigns is there', async () => {
  const { tenant, token } = await filled();
  const users = await readAll(tenant, token, '/api/awareness-training/company/get-safe-score-details', {});
  expect(lost(tenant, 'AwarenessSafeScoreDetails', users)).toEqual([]);
  expect(tenant.events('AwarenessUserData')).toHaveLength(300);
  expect(tenant.events('AwarenessPerformanceDetails')).toHaveLength(100);
  expect(tenant.events('AwarenessWatchlistDetails')).toHaveLength(100);
});
