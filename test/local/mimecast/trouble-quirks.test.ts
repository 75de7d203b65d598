import { gunzipSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import type { Tenant } from '../../../local/mimecast/tenant.ts';
import type { QuirkKind } from '../../../local/mimecast/trouble.ts';
import { type Answer, asking, at, list, listAt, post, stage, tokenOf, textAt } from './client.ts';

const path = '/api/ttp/url/get-logs';
const rows = [1, 2, 3].map((n) => ({ messageId: `<${n}>`, date: `2026-11-20T09:00:0${n}+0000` }));
const query = { oldestFirst: true, from: '2026-11-20T09:00:00+0000', to: '2026-11-20T10:00:00Z' };
const never = { ...query, from: '2026-11-20T01:00:00+0000', to: '2026-11-20T02:00:00+0000' };

const rowsOf = (answer: Answer) => listAt(answer.json, 'data', 0, 'clickLogs');
const nextOf = (answer: Answer) => at(answer.json, 'meta', 'pagination', 'next');
const linksOf = (answer: Answer) => listAt(answer.json, 'value').map((entry) => textAt(entry, 'url'));
const pageAfter = (answer: Answer) => ({ nextPage: textAt(answer.json, '@nextPage'), pageSize: '1' });

interface Stage {
  readonly tenant: Tenant;
  readonly token: string;
  readonly names: readonly string[];
}

async function struck(at: 'ttpUrl' | 'cgBatch', kind: QuirkKind, times = 1): Promise<Stage> {
  const { tenant } = await stage();
  tenant.add('TtpUrl', rows);
  const names = [1, 2].map((n) => tenant.addFile('SegCg', { events: [{ type: 'receipt', n }] }));
  tenant.trouble({ at, kind, times });
  return { tenant, token: await tokenOf(tenant), names };
}

describe('in a window', () => {
  test('nullData takes the place of the list', async () => {
    const { tenant, token } = await struck('ttpUrl', 'nullData');
    const { json } = await post(tenant, token, path, asking(query));
    expect([at(json, 'data'), at(json, 'fail')]).toEqual([null, []]);
  });

  test('noPagination drops the pagination of the last page, never a next token', async () => {
    const { tenant, token } = await struck('ttpUrl', 'noPagination');
    const first = await post(tenant, token, path, asking(query, 2));
    const last = await post(tenant, token, path, asking(query, 2, nextOf(first)));
    expect(at(last.json, 'meta')).toEqual({ status: 200 });
    expect(rowsOf(last)).toEqual(rows.slice(2));
  });

  test('nextWithEmptyData leads from the last page to empty ones', async () => {
    const { tenant, token } = await struck('ttpUrl', 'nextWithEmptyData', 2);
    const last = await post(tenant, token, path, asking(query));
    expect(rowsOf(last)).toEqual(rows);
    const empty = await post(tenant, token, path, asking(query, 500, nextOf(last)));
    expect([rowsOf(empty), nextOf(empty)]).toEqual([[], expect.any(String)]);
    const end = await post(tenant, token, path, asking(query, 500, nextOf(empty)));
    expect([rowsOf(end), nextOf(end)]).toEqual([[], undefined]);
  });

  test('wrapperEmptyList and emptyList fix the shape of an empty result', async () => {
    const { tenant, token } = await struck('ttpUrl', 'wrapperEmptyList', 3);
    const shapes = async () => at((await post(tenant, token, path, asking(never))).json, 'data');
    for (let n = 0; n < 3; n++) expect(await shapes()).toEqual([{ clickLogs: [] }]);
    tenant.trouble({ at: 'ttpUrl', kind: 'emptyList', times: 3 });
    for (let n = 0; n < 3; n++) expect(await shapes()).toEqual([]);
  });

  test('objectNext wraps the token, which leads on all the same', async () => {
    const { tenant, token } = await struck('ttpUrl', 'objectNext');
    const next = nextOf(await post(tenant, token, path, asking(query, 2)));
    expect(next).toEqual({ pageToken: expect.any(String) });
    const last = await post(tenant, token, path, asking(query, 2, at(next, 'pageToken')));
    expect(rowsOf(last)).toEqual(rows.slice(2));
  });

  test('growingTotal promises one more row than there is, page by page', async () => {
    const { tenant, token } = await struck('ttpUrl', 'growingTotal', 2);
    const total = (answer: Answer) => at(answer.json, 'meta', 'pagination', 'totalCount');
    const first = await post(tenant, token, path, asking(query, 2));
    const last = await post(tenant, token, path, asking(query, 2, nextOf(first)));
    expect([total(first), total(last)]).toEqual([3, 4]);
  });

  test('repeatedEvents shows the rows of a page twice', async () => {
    const { tenant, token } = await struck('ttpUrl', 'repeatedEvents');
    expect(rowsOf(await post(tenant, token, path, asking(query)))).toEqual([...rows, ...rows]);
  });

  test('strictDates refuses a trailing Z and nothing else', async () => {
    const { tenant, token } = await struck('ttpUrl', 'strictDates');
    expect(at((await post(tenant, token, path, asking(never))).json, 'fail')).toEqual([]);
    const refused = await post(tenant, token, path, asking(query));
    expect(refused.status).toBe(200);
    expect(listAt(refused.json, 'fail', 0, 'errors').map((error) => at(error, 'field'))).toEqual(['data[0].to']);
  });
});

describe('in a listing', () => {
  test('nullData and noPagination take the files and the token away', async () => {
    const { tenant, token } = await struck('cgBatch', 'nullData');
    expect((await list(tenant, token, {})).json).toEqual({
      value: null,
      '@nextPage': expect.any(String),
      isCaughtUp: true,
    });
    tenant.trouble({ at: 'cgBatch', kind: 'noPagination' });
    const bare = await list(tenant, token, {});
    expect([linksOf(bare).length, at(bare.json, '@nextPage')]).toEqual([2, undefined]);
  });

  test('duplicateUrl shows a link twice', async () => {
    const { tenant, token } = await struck('cgBatch', 'duplicateUrl');
    const [first, second, third] = linksOf(await list(tenant, token, {}));
    expect(third).toBe(first);
    expect(second).not.toBe(first);
  });

  test('emptyNotCaughtUp hides the files behind a new token', async () => {
    const { tenant, token, names } = await struck('cgBatch', 'emptyNotCaughtUp', 2);
    const first = await list(tenant, token, {});
    expect(first.json).toEqual({ value: [], '@nextPage': expect.any(String), isCaughtUp: false });
    const second = await list(tenant, token, pageAfter(first));
    expect(pageAfter(second)).not.toEqual(pageAfter(first));
    const { nextPage } = pageAfter(second);
    const answer = await list(tenant, token, { nextPage });
    expect(linksOf(answer).map((link) => new URL(link).pathname)).toEqual(names);
  });

  test('caughtUpWithData says so though more follows', async () => {
    const { tenant, token, names } = await struck('cgBatch', 'caughtUpWithData');
    const first = await list(tenant, token, { pageSize: '1' });
    expect([linksOf(first).length, at(first.json, 'isCaughtUp')]).toEqual([1, true]);
    const [link = ''] = linksOf(await list(tenant, token, pageAfter(first)));
    expect(new URL(link).pathname).toBe(names[1]);
  });

  test('repeatedEvents brings the same events again in another file, counted once', async () => {
    const { tenant, token } = await struck('cgBatch', 'repeatedEvents');
    const first = await list(tenant, token, { pageSize: '1' });
    const rest = await list(tenant, token, { ...pageAfter(first), pageSize: '100' });
    const links = [...linksOf(first), ...linksOf(rest)];
    expect(new Set(links.map((link) => new URL(link).pathname)).size).toBe(3);
    const numbers = await Promise.all(
      links.map(async (link) =>
        gunzipSync(await (await fetch(link)).arrayBuffer())
          .toString('utf8')
          .trim(),
      ),
    );
    expect(numbers).toEqual([1, 2, 1].map((n) => JSON.stringify({ type: 'receipt', n })));
    expect(tenant.events('SegCg')).toHaveLength(2);
  });
});
