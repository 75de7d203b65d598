import { describe, expect, test } from 'vitest';
import type { Tenant } from '../../../local/mimecast/tenant.ts';
import { isReplyKind, needsPageToken, type ReplyKind } from '../../../local/mimecast/trouble-replies.ts';
import { type Answer, asking, askForToken, at, list, listAt, post, stage, tokenOf, textAt } from './client.ts';

const path = '/api/dlp/get-logs';
const item = { from: '2026-11-20T09:00:00+0000' };

const fail = (answer: Answer) => at(answer.json, 'fail', 0);
const nested = (code: string) => ({ key: item, errors: [{ code, message: `Failed with ${code}`, retryable: false }] });
const reset = (answer: Answer) => answer.headers.get('x-ratelimit-reset');
const expectHtml = (status: number) => (answer: Answer) => {
  expect(answer.status).toBe(status);
  expect(answer.headers.get('content-type')).toBe('text/html');
};

/** What a struck request to the DLP log is answered with. */
const effects: Omit<Record<ReplyKind, (answer: Answer) => void>, 'resetBefore' | 'hang' | 'redirect'> = {
  throttled: (answer) => expect([answer.status, reset(answer)]).toEqual([429, '70']),
  throttledBare: (answer) => {
    expect([answer.status, reset(answer), answer.headers.get('retry-after')]).toEqual([429, null, null]);
    expect(at(answer.json, 'fail', 0, 'message')).toBeTypeOf('string');
  },
  throttledRetryAfter: (answer) => expect([answer.status, answer.headers.get('retry-after')]).toEqual([429, '1']),
  throttledEpochSeconds: (answer) => expect([answer.status, reset(answer)]).toEqual([429, '1795176001']),
  throttledOtherName: (answer) => {
    expect([answer.status, reset(answer), answer.headers.get('x-rate-limit-reset')]).toEqual([429, null, '70']);
  },
  status500: expectHtml(500),
  status502: expectHtml(502),
  status503: expectHtml(503),
  status504: expectHtml(504),
  tokenExpired: (answer) => {
    expect([answer.status, fail(answer)]).toEqual([401, { code: 'token_expired', message: 'Access Token Expired' }]);
  },
  tokenVerificationFailed: (answer) => {
    expect([answer.status, at(fail(answer), 'code')]).toEqual([401, 'token_verification_failed']);
  },
  unauthorizedRequest: (answer) => {
    expect([answer.status, at(fail(answer), 'code')]).toEqual([401, 'Unauthorized Request']);
  },
  unauthorized: (answer) => expect([answer.status, fail(answer)]).toEqual([401, { code: 'unauthorized' }]),
  badCredentials: (answer) => {
    expect([answer.status, at(fail(answer), 'code')]).toEqual([401, 'InvalidClientIdentifier']);
  },
  echoCredentials: (answer) => {
    expect([answer.status, at(fail(answer), 'code')]).toEqual([401, 'InvalidClientIdentifier']);
  },
  forbidden: (answer) => {
    expect([answer.status, at(fail(answer), 'code')]).toEqual([403, 'app_forbidden']);
    expect(at(fail(answer), 'message')).toContain('does not exist in any product');
  },
  roleForbidden: (answer) => {
    expect([answer.status, at(fail(answer), 'message')]).toEqual([403, 'Forbidden to perform the requested operation']);
  },
  forbiddenWithoutFail: (answer) => {
    expect([answer.status, answer.json]).toEqual([403, { meta: { status: 403 }, data: [], fail: [] }]);
  },
  failInOk: (answer) => expect([answer.status, fail(answer)]).toEqual([200, nested('chosen')]),
  failWithoutKeyInOk: (answer) => {
    const errors = [{ code: 'chosen', message: 'Failed with chosen' }];
    expect([answer.status, fail(answer)]).toEqual([200, { errors }]);
  },
  flatFailInOk: (answer) => expect([answer.status, at(fail(answer), 'code')]).toEqual([200, 'chosen']),
  errorInOk: (answer) => expect([answer.status, at(answer.json, 'error', 'code')]).toEqual([200, 'chosen']),
  errorsInOk: (answer) => expect([answer.status, at(answer.json, 'errors', 0, 'code')]).toEqual([200, 'chosen']),
  forbiddenInOk: (answer) => {
    expect([answer.status, fail(answer)]).toEqual([200, nested('err_xdk_operation_forbidden')]);
  },
  expiredToken: (answer) => {
    expect([answer.status, at(answer.json, 'error', 'code')]).toEqual([400, 'invalid_page_token']);
  },
  expiredTokenInOk: (answer) => expect([answer.status, fail(answer)]).toEqual([200, nested('chosen')]),
  badRequest: (answer) => expect([answer.status, answer.text]).toEqual([400, '']),
  html: expectHtml(200),
  linkExpired: (answer) => {
    expect([answer.status, answer.text]).toEqual([403, expect.stringContaining('<Code>AccessDenied</Code>')]);
  },
  linkMissing: (answer) => {
    expect([answer.status, answer.text]).toEqual([404, expect.stringContaining('<Code>NoSuchKey</Code>')]);
  },
};

const kinds = Object.entries(effects).flatMap(([kind, expectEffect]) =>
  isReplyKind(kind) ? [{ kind, expectEffect }] : [],
);

test.each(kinds)('$kind strikes once and then no more', async ({ kind, expectEffect }) => {
  const { tenant } = await stage();
  const token = await tokenOf(tenant);
  tenant.trouble({ at: 'dlp', kind, waitMs: 70, code: 'chosen' });
  const request = needsPageToken(kind) ? asking(item, 500, 'none') : asking(item);
  expectEffect(await post(tenant, token, path, request));
  const again = await post(tenant, await tokenOf(tenant), path, asking(item));
  expect([again.status, at(again.json, 'fail')]).toEqual([200, []]);
});

test('resetBefore ends the connection before a byte is sent', async () => {
  const { tenant } = await stage();
  tenant.trouble({ at: 'token', kind: 'resetBefore' });
  await expect(askForToken(tenant)).rejects.toThrow(TypeError);
});

test('hang never answers', async () => {
  const { tenant } = await stage();
  tenant.trouble({ at: 'token', kind: 'hang' });
  await expect(askForToken(tenant, 'x', 'y', AbortSignal.timeout(100))).rejects.toThrow('timeout');
});

test('redirect names another host', async () => {
  const { tenant } = await stage();
  tenant.trouble({ at: 'cgBatch', kind: 'redirect' });
  const headers = { authorization: `Bearer ${await tokenOf(tenant)}` };
  const url = `${tenant.origin}/siem/v1/batch/events/cg?type=receipt`;
  const response = await fetch(url, { headers, redirect: 'manual' });
  expect(response.status).toBe(302);
  expect(new URL(response.headers.get('location') ?? '').origin).not.toBe(tenant.origin);
});

test('tokenExpired ends the token for good, tokenVerificationFailed does not', async () => {
  const { tenant } = await stage();
  const token = await tokenOf(tenant);
  tenant.trouble({ at: 'dlp', kind: 'tokenVerificationFailed' });
  await post(tenant, token, path, asking(item));
  expect((await list(tenant, token, {})).status).toBe(200);
  tenant.trouble({ at: 'dlp', kind: 'tokenExpired' });
  await post(tenant, token, path, asking(item));
  expect(at((await list(tenant, token, {})).json, 'fail', 0, 'code')).toBe('token_expired');
});

test('echoCredentials repeats what was sent to the token endpoint', async () => {
  const { tenant } = await stage();
  tenant.trouble({ at: 'token', kind: 'echoCredentials' });
  const { text } = await askForToken(tenant, 'some-id', 'some-secret');
  expect(text).toContain('client_id=some-id, client_secret=some-secret');
});

test('expiredToken meets only requests that go on from a page', async () => {
  const { tenant } = await stage();
  const token = await tokenOf(tenant);
  tenant.trouble({ at: 'cgBatch', kind: 'expiredToken' });
  const first = await list(tenant, token, {});
  expect(first.status).toBe(200);
  const nextPage = textAt(first.json, '@nextPage');
  expect((await list(tenant, token, { nextPage })).status).toBe(400);
  expect((await list(tenant, token, { nextPage })).status).toBe(200);
});

describe('a trouble', () => {
  const statuses = async (tenant: Tenant, count: number): Promise<number[]> => {
    const token = await tokenOf(tenant);
    const seen = [];
    for (let n = 0; n < count; n++) seen.push((await list(tenant, token, {})).status);
    return seen;
  };

  test('may strike several times, after so many requests', async () => {
    const { tenant } = await stage();
    tenant.trouble({ at: 'cgBatch', kind: 'status503', times: 2, after: 1 });
    expect(await statuses(tenant, 5)).toEqual([200, 503, 503, 200, 200]);
  });

  test('may strike until calm', async () => {
    const { tenant } = await stage();
    tenant.trouble({ at: 'cgBatch', kind: 'status500', times: Number.POSITIVE_INFINITY });
    expect(await statuses(tenant, 3)).toEqual([500, 500, 500]);
    tenant.calm();
    expect(await statuses(tenant, 1)).toEqual([200]);
  });

  test('comes after another, and leaves other endpoints alone', async () => {
    const { tenant } = await stage();
    tenant.trouble({ at: 'cgBatch', kind: 'status500' });
    tenant.trouble({ at: 'cgBatch', kind: 'badRequest' });
    tenant.trouble({ at: 'ciBatch', kind: 'status502' });
    expect(await statuses(tenant, 3)).toEqual([500, 400, 200]);
  });

  test('may keep to one file', async () => {
    const { tenant } = await stage();
    const events = [{ type: 'receipt' }];
    tenant.addFile('SegCg', { events });
    const second = tenant.addFile('SegCg', { events });
    tenant.trouble({ at: 'files', kind: 'linkExpired', file: second });
    const { json } = await list(tenant, await tokenOf(tenant), {});
    const links = listAt(json, 'value').map((entry) => textAt(entry, 'url'));
    expect(await Promise.all(links.map(async (link) => (await fetch(link)).status))).toEqual([200, 403]);
  });
});
