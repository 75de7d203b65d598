import { describe, expect, test } from 'vitest';
import type { JsonObject } from '../../../functions/tables/json.ts';
import type { Tenant, WindowFeedName } from '../../../local/mimecast/tenant.ts';
import { type Answer, asking, at, listAt, post, stage, tokenOf } from './client.ts';

const auditPath = '/api/audit/get-audit-events';
const urlPath = '/api/ttp/url/get-logs';

/** A time of the day of the tests. */
const on = (clock: string): string => `2026-11-20T${clock}+0000`;
const audit = (id: string, clock: string): JsonObject => ({ id, eventTime: on(clock) });
const between = (from: string, to: string): JsonObject => ({ startDateTime: on(from), endDateTime: on(to) });
const idsOf = (answer: Answer): unknown[] => listAt(answer.json, 'data').map((event) => at(event, 'id'));
const nextOf = (answer: Answer) => at(answer.json, 'meta', 'pagination', 'next');

async function staged(events: readonly JsonObject[], pageCap?: number): Promise<{ tenant: Tenant; token: string }> {
  const { tenant } = await stage({ pageCap });
  tenant.add('Audit', events);
  return { tenant, token: await tokenOf(tenant) };
}

describe('a window', () => {
  test('includes both its ends to the second, by the event’s own time, newest first for audit', async () => {
    const times = ['08:59:59', '09:00:00', '09:30:00', '10:00:00', '10:00:01'];
    const { tenant, token } = await staged(times.map((time) => audit(time, time)));
    const answer = await post(tenant, token, auditPath, asking(between('09:00:00', '10:00:00')));
    expect(idsOf(answer)).toEqual(['10:00:00', '09:30:00', '09:00:00']);
  });

  test('reads times with any offset', async () => {
    const { tenant, token } = await staged([{ id: 'bangkok', eventTime: '2026-11-20T16:30:00+0700' }]);
    const query = { startDateTime: '2026-11-20T10:30:00+0100', endDateTime: '2026-11-20T09:30:00Z' };
    expect(idsOf(await post(tenant, token, auditPath, asking(query)))).toEqual(['bangkok']);
  });

  test('shows a late event only once it has come', async () => {
    const { tenant, clock } = await stage();
    const token = await tokenOf(tenant);
    tenant.add('Audit', [audit('late', '11:00:00')], clock.time + 1);
    const window = asking(between('10:00:00', '12:00:00'));
    expect(idsOf(await post(tenant, token, auditPath, window))).toEqual([]);
    clock.time += 1;
    expect(idsOf(await post(tenant, token, auditPath, window))).toEqual(['late']);
  });

  test('holds an event without a readable time whatever its ends', async () => {
    const { tenant, token } = await staged([{ id: 'none' }, { id: 'odd', eventTime: 'yesterday' }]);
    const answer = await post(tenant, token, auditPath, asking(between('09:00:00', '09:00:01')));
    expect(idsOf(answer)).toEqual(['none', 'odd']);
  });

  test('of audit needs both dates; both are named when missing', async () => {
    const { tenant, token } = await staged([]);
    const { status, json } = await post(tenant, token, auditPath, asking({}));
    expect(status).toBe(200);
    const missing = { code: 'err_validation_null', message: expect.any(String), retryable: false };
    expect(at(json, 'fail')).toEqual([
      {
        key: {},
        errors: [
          { ...missing, field: 'data[0].startDateTime' },
          { ...missing, field: 'data[0].endDateTime' },
        ],
      },
    ]);
  });

  test('of the others is today up to now when no dates are given', async () => {
    const { tenant } = await stage();
    const token = await tokenOf(tenant);
    const dates = ['2026-11-19T23:59:59+0000', on('00:00:00'), on('12:00:00'), on('12:00:01')];
    tenant.add(
      'TtpUrl',
      dates.map((date) => ({ date })),
    );
    const { json } = await post(tenant, token, urlPath, asking({ oldestFirst: true }));
    expect(listAt(json, 'data', 0, 'clickLogs').map((event) => at(event, 'date'))).toEqual(dates.slice(1, 3));
  });

  test('refuses dates it cannot read', async () => {
    const { tenant, token } = await staged([]);
    for (const odd of ['2026-11-20', '2026-11-20T09:00:00.000Z', 'now']) {
      const query = { startDateTime: odd, endDateTime: on('09:00:00') };
      const { status, json } = await post(tenant, token, auditPath, asking(query));
      expect([status, at(json, 'fail', 0, 'errors', 0, 'field')]).toEqual([200, 'data[0].startDateTime']);
    }
  });
});

describe('a page', () => {
  const seven = Array.from({ length: 7 }, (_, n) => audit(`${n}`, `09:00:0${n}`));
  const all = asking(between('09:00:00', '10:00:00'), 3);

  test('leads to the next by a token, and says how many rows it has', async () => {
    const { tenant, token } = await staged(seven);
    const first = await post(tenant, token, auditPath, all);
    expect(idsOf(first)).toEqual(['6', '5', '4']);
    expect(at(first.json, 'meta', 'pagination', 'pageSize')).toBe(3);
    const query = between('09:00:00', '10:00:00');
    const second = await post(tenant, token, auditPath, asking(query, 3, nextOf(first)));
    const third = await post(tenant, token, auditPath, asking(query, 3, nextOf(second)));
    expect([...idsOf(second), ...idsOf(third)]).toEqual(['3', '2', '1', '0']);
    expect(nextOf(third)).toBeUndefined();
    expect(at(third.json, 'meta', 'pagination', 'pageSize')).toBe(1);
  });

  test('keeps its place when events come in between, also when only the token is sent', async () => {
    const { tenant, token } = await staged(seven);
    const first = await post(tenant, token, auditPath, all);
    tenant.add('Audit', [audit('new', '09:59:59')]);
    const pagination = { pageSize: 500, pageToken: nextOf(first) ?? '' };
    const rest = await post(tenant, token, auditPath, { meta: { pagination } });
    expect(idsOf(rest)).toEqual(['3', '2', '1', '0']);
  });

  test('refuses a token of another query, of another list, or none at all', async () => {
    const { tenant, token } = await staged(seven);
    const next = nextOf(await post(tenant, token, auditPath, all));
    const otherQuery = asking(between('09:00:00', '10:00:01'), 3, next);
    expect((await post(tenant, token, auditPath, otherQuery)).status).toBe(400);
    expect((await post(tenant, token, urlPath, asking({}, 3, next))).status).toBe(400);
    const none = await post(tenant, token, auditPath, asking(between('09:00:00', '10:00:00'), 3, 'none'));
    expect(none.json).toEqual({ error: { code: 'invalid_page_token', message: expect.any(String) } });
  });

  test('has at most 500 rows, and 999 without a word on the rest when no paging is asked for', async () => {
    const many = Array.from({ length: 1093 }, (_, n) => audit(`${n}`, '09:00:00'));
    const { tenant, token } = await staged(many);
    const query = between('09:00:00', '09:00:00');
    expect(idsOf(await post(tenant, token, auditPath, asking(query, 5000)))).toHaveLength(500);
    const unpaged = await post(tenant, token, auditPath, { data: [query] });
    expect(idsOf(unpaged)).toHaveLength(999);
    expect(nextOf(unpaged)).toBeUndefined();
  });

  test('can be made smaller for a test', async () => {
    const { tenant, token } = await staged(seven, 2);
    expect(idsOf(await post(tenant, token, auditPath, all))).toHaveLength(2);
  });

  test('states the total now and then only', async () => {
    const { tenant, token } = await staged(seven);
    const totals = [];
    for (let n = 0; n < 3; n++)
      totals.push(at((await post(tenant, token, auditPath, all)).json, 'meta', 'pagination', 'totalCount'));
    expect(totals).toEqual([7, 7, undefined]);
  });
});

describe('the threat and leak lists', () => {
  const lists: readonly (readonly [WindowFeedName, string, string, string])[] = [
    ['SegDlp', '/api/dlp/get-logs', 'dlpLogs', 'eventTime'],
    ['TtpUrl', urlPath, 'clickLogs', 'date'],
    ['TtpAttachment', '/api/ttp/attachment/get-logs', 'attachmentLogs', 'date'],
    ['TtpImpersonation', '/api/ttp/impersonation/get-logs', 'impersonationLogs', 'eventTime'],
  ];

  test.each(lists)('of %s come inside data[0], in the order asked for', async (feed, path, list, time) => {
    const { tenant } = await stage();
    const token = await tokenOf(tenant);
    const [a, b] = [{ [time]: on('09:00:00') }, { [time]: on('09:00:01') }];
    tenant.add(feed, [b, a]);
    const ask = async (oldestFirst: boolean) =>
      listAt((await post(tenant, token, path, asking({ oldestFirst }))).json, 'data', 0, list);
    expect(await ask(true)).toEqual([a, b]);
    expect(await ask(false)).toEqual([b, a]);
    const empty = asking({ from: on('01:00:00'), to: on('02:00:00') });
    const shapes = [await post(tenant, token, path, empty), await post(tenant, token, path, empty)];
    expect(new Set(shapes.map((answer) => listAt(answer.json, 'data').length))).toEqual(new Set([0, 1]));
  });

  test('keep to the routes and results asked for', async () => {
    const { tenant } = await stage();
    const token = await tokenOf(tenant);
    const events = ['inbound', 'internal'].map((route) => ({ date: on('09:00:00'), route, scanResult: 'clean' }));
    tenant.add('TtpUrl', events);
    const ask = async (query: JsonObject) =>
      listAt((await post(tenant, token, urlPath, asking(query))).json, 'data', 0, 'clickLogs');
    expect(await ask({ route: 'all', scanResult: 'all' })).toHaveLength(2);
    expect(await ask({ route: 'internal' })).toEqual(events.slice(1));
    expect(await ask({ scanResult: 'malicious' })).toEqual([]);
  });

  test('of impersonation also count their rows', async () => {
    const { tenant } = await stage();
    tenant.add('TtpImpersonation', [{ eventTime: on('09:00:00') }]);
    const { json } = await post(tenant, await tokenOf(tenant), '/api/ttp/impersonation/get-logs', asking({}));
    expect(at(json, 'data', 0, 'resultCount')).toBe(1);
  });
});

test('a request with more than one item, or one that is no JSON, is refused', async () => {
  const { tenant, token } = await staged([]);
  const two = await post(tenant, token, auditPath, { data: [between('09:00:00', '10:00:00'), {}] });
  expect(at(two.json, 'fail', 0, 'errors', 0, 'code')).toBe('err_validation_value_not_allowed');
  const headers = { authorization: `Bearer ${token}` };
  const broken = await fetch(`${tenant.origin}${urlPath}`, { method: 'POST', headers, body: '{' });
  expect(broken.status).toBe(400);
});

test('big answers are compressed when the client accepts it', async () => {
  const { tenant, token } = await staged(Array.from({ length: 50 }, (_, n) => audit(`${n}`, '09:00:00')));
  const answer = await post(tenant, token, auditPath, asking(between('09:00:00', '10:00:00')));
  expect(answer.headers.get('content-encoding')).toBe('gzip');
  expect(idsOf(answer)).toHaveLength(50);
});
