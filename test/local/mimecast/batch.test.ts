import { describe, expect, test } from 'vitest';
import type { Json, JsonObject } from '../../../functions/tables/json.ts';
import type { Tenant } from '../../../local/mimecast/tenant.ts';
import { type Answer, at, list, listAt, stage, tokenOf, textAt } from './client.ts';

const dayMs = 86_400_000;
const one = (type: string): { events: JsonObject[] } => ({ events: [{ type, processingId: type }] });

/** The files' names in the order a listing shows them. */
const namesOf = (answer: Answer): (string | undefined)[] =>
  listAt(answer.json, 'value').map((entry) => pathOf(at(entry, 'url')));

const pathOf = (url: Json | undefined): string | undefined =>
  typeof url === 'string' ? new URL(url).pathname : undefined;

const nextOf = (answer: Answer): string => textAt(answer.json, '@nextPage');

async function staged(files: number): Promise<{ tenant: Tenant; token: string; names: string[] }> {
  const { tenant } = await stage();
  const names = Array.from({ length: files }, () => tenant.addFile('SegCg', one('receipt')));
  return { tenant, token: await tokenOf(tenant), names };
}

describe('a listing', () => {
  test('pages through the files in order of arrival and is caught up at the end', async () => {
    const { tenant, token, names } = await staged(3);
    const first = await list(tenant, token, { pageSize: '2' });
    expect(namesOf(first)).toEqual(names.slice(0, 2));
    expect(at(first.json, 'isCaughtUp')).toBe(false);
    const last = await list(tenant, token, { pageSize: '2', nextPage: nextOf(first) });
    expect(namesOf(last)).toEqual(names.slice(2));
    expect(at(last.json, 'isCaughtUp')).toBe(true);
    const end = await list(tenant, token, { pageSize: '2', nextPage: nextOf(last) });
    expect(end.json).toEqual({ value: [], '@nextPage': nextOf(last), isCaughtUp: true });
  });

  test('shows what arrives later behind the token of its end, even if that was to have arrived before', async () => {
    const { tenant, clock } = await stage();
    const token = await tokenOf(tenant);
    const later = tenant.addFile('SegCg', { ...one('receipt'), availableAt: clock.time + 1000 });
    const empty = await list(tenant, token, {});
    expect(namesOf(empty)).toEqual([]);
    clock.time += 1000;
    const early = tenant.addFile('SegCg', { ...one('receipt'), availableAt: clock.time - dayMs });
    const answer = await list(tenant, token, { nextPage: nextOf(empty) });
    expect(new Set(namesOf(answer))).toEqual(new Set([early, later]));
  });

  test('holds the types asked for, each file one type', async () => {
    const { tenant } = await stage();
    const token = await tokenOf(tenant);
    const receipt = tenant.addFile('SegCg', one('receipt'));
    const process = tenant.addFile('SegCg', { events: [{ eventType: 'process' }] });
    tenant.addFile('SegCg', one('internal email protect'));
    expect(receipt).toContain('/email_receipt_');
    expect(namesOf(await list(tenant, token, { type: 'process' }))).toEqual([process]);
    expect(namesOf(await list(tenant, token, { type: 'process,receipt' }))).toEqual([receipt, process]);
    const iep = await list(tenant, token, { type: 'internal email protect' });
    expect(namesOf(iep)).toEqual([expect.stringContaining('/email_iep_')]);
  });

  test('starts on the day asked for and goes on over the later days; without a day it starts today', async () => {
    const { tenant, clock } = await stage();
    const token = await tokenOf(tenant);
    const [old, yesterday, today] = [7, 1, 0].map((days) =>
      tenant.addFile('SegCg', { ...one('receipt'), availableAt: clock.time - days * dayMs }),
    );
    tenant.addFile('SegCg', { ...one('receipt'), availableAt: clock.time - 8 * dayMs });
    const fromOldest = await list(tenant, token, { dateRangeStartsAt: '2026-11-13' });
    expect(namesOf(fromOldest)).toEqual([old, yesterday, today]);
    expect(namesOf(await list(tenant, token, { dateRangeStartsAt: '2026-11-19' }))).toEqual([yesterday, today]);
    expect(namesOf(await list(tenant, token, {}))).toEqual([today]);
  });

  test('ends with the last day asked for, on later pages too', async () => {
    const { tenant, clock } = await stage();
    const token = await tokenOf(tenant);
    const add = (days: number): string =>
      tenant.addFile('SegCg', { ...one('receipt'), availableAt: clock.time - days * dayMs });
    const [first, second] = [add(2), add(2), add(0)];
    const day = { dateRangeStartsAt: '2026-11-18', dateRangeEndsAt: '2026-11-18', pageSize: '1' };
    const page = await list(tenant, token, day);
    expect(namesOf(page)).toEqual([first]);
    const next = await list(tenant, token, { nextPage: nextOf(page) });
    expect(namesOf(next)).toEqual([second]);
    expect(at(next.json, 'isCaughtUp')).toBe(true);
  });

  test('takes no notice of dates beside a token', async () => {
    const { tenant, token, names } = await staged(2);
    const page = await list(tenant, token, { pageSize: '1' });
    const next = await list(tenant, token, { nextPage: nextOf(page), dateRangeStartsAt: '1999-01-01' });
    expect(namesOf(next)).toEqual(names.slice(1));
  });

  test.each([
    ['a page over 100', { pageSize: '101' }],
    ['a page of nothing', { pageSize: '0' }],
    ['a type nobody knows', { type: 'receipt,dlp' }],
    ['no type', { type: '' }],
    ['a day too long ago', { dateRangeStartsAt: '2026-11-12' }],
    ['a malformed day', { dateRangeStartsAt: '2026-11-20T00:00:00Z' }],
    ['a day that never was', { dateRangeStartsAt: '2026-11-31' }],
    ['an end before the start', { dateRangeStartsAt: '2026-11-19', dateRangeEndsAt: '2026-11-18' }],
    ['a token that is none', { nextPage: 'bm9uZQ==' }],
  ])('refuses %s', async (_what, query) => {
    const { tenant, token } = await staged(1);
    const answer = await list(tenant, token, query);
    expect(answer.status).toBe(400);
    expect(answer.json).toEqual({ error: { code: expect.any(String), message: expect.any(String) } });
  });

  test('states when a link ends and how big the file is, unless told otherwise', async () => {
    const { tenant } = await stage();
    const token = await tokenOf(tenant);
    tenant.addFile('SegCg', { ...one('receipt'), body: Buffer.from('12345') });
    tenant.addFile('SegCg', { ...one('receipt'), size: 99 });
    tenant.addFile('SegCg', { ...one('receipt'), size: null });
    const { json } = await list(tenant, token, {});
    expect(listAt(json, 'value').map((entry) => at(entry, 'size'))).toEqual([5, 99, undefined]);
    expect(at(json, 'value', 0, 'expiry')).toBe('2026-11-20T12:30:00.000Z');
  });

  test('keeps the two batch feeds apart', async () => {
    const { tenant } = await stage();
    const headers = { authorization: `Bearer ${await tokenOf(tenant)}` };
    tenant.addFile('CloudIntegrated', one('entities'));
    tenant.addFile('SegCg', one('receipt'));
    const query = 'type=entities,mailflow,urlclick';
    const answer = await fetch(`${tenant.origin}/siem/v1/batch/events/ci?${query}`, { headers });
    expect(await answer.json()).toMatchObject({ value: [{ url: expect.stringContaining('ci_entities') }] });
  });
});
