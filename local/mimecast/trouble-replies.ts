import { overQuota, quotaHeaders } from './quota.ts';
import {
  appForbidden,
  emptyReply,
  errorReply,
  flatFail,
  jsonReply,
  nestedFail,
  type Reply,
  roleForbidden,
  textReply,
  xmlError,
} from './reply.ts';
import { itemOf } from './request.ts';
import type { Incoming } from './server.ts';
import { badCredentials, bearerOf, tokenExpired } from './tokens.ts';

/** What a trouble knows when it answers instead of the endpoint. */
interface Occasion {
  readonly request: Incoming;
  readonly waitMs: number;
  readonly code: string | undefined;
  readonly limit: number;
  readonly now: number;
  /** An address of another host, for a redirect. */
  readonly elsewhere: string;
  readonly dropToken: (token: string) => void;
}

const statusReply = (status: number, reason: string) => (): Reply =>
  textReply(status, 'text/html', `<html><body><h1>${status} ${reason}</h1></body></html>`);

const failure = (code: string): { code: string; message: string } => ({ code, message: `Failed with ${code}` });

const replies = {
  throttled: ({ limit, waitMs }) => overQuota(quotaHeaders(limit, 0, waitMs)),
  throttledBare: () => overQuota({}),
  throttledRetryAfter: ({ waitMs }) => overQuota({ 'retry-after': String(Math.ceil(waitMs / 1000)) }),
  throttledEpochSeconds: ({ limit, waitMs, now }) =>
    overQuota(quotaHeaders(limit, 0, Math.ceil((now + waitMs) / 1000))),
  throttledOtherName: ({ waitMs }) => overQuota({ 'x-rate-limit-reset': String(waitMs) }),
  status500: statusReply(500, 'Internal Server Error'),
  status502: statusReply(502, 'Bad Gateway'),
  status503: statusReply(503, 'Service Unavailable'),
  status504: statusReply(504, 'Gateway Timeout'),
  resetBefore: () => ({ ...emptyReply(200), ending: 'resetBefore' }),
  hang: () => ({ ...emptyReply(200), ending: 'hang' }),
  tokenExpired({ request, dropToken }) {
    dropToken(bearerOf(request) ?? '');
    return tokenExpired();
  },
  tokenVerificationFailed: () => flatFail(401, 'token_verification_failed', 'Access Token Verification Failed'),
  unauthorizedRequest: () => flatFail(401, 'Unauthorized Request', 'Unauthorized Request'),
  unauthorized: () => flatFail(401, 'unauthorized'),
  badCredentials,
  echoCredentials({ request }) {
    const form = new URLSearchParams(request.body);
    const sent = `client_id=${form.get('client_id') ?? ''}, client_secret=${form.get('client_secret') ?? ''}`;
    return flatFail(401, 'InvalidClientIdentifier', `Client credentials are invalid: ${sent}`);
  },
  forbidden: appForbidden,
  roleForbidden,
  forbiddenWithoutFail: () => jsonReply(403, { meta: { status: 403 }, data: [], fail: [] }),
  failInOk: ({ request, code }) => nestedFail(itemOf(request), [failure(code ?? 'xdk_failure')]),
  failWithoutKeyInOk: ({ code }) =>
    jsonReply(200, { meta: { status: 200 }, data: [], fail: [{ errors: [failure(code ?? 'xdk_failure')] }] }),
  flatFailInOk: ({ code }) => jsonReply(200, { fail: [failure(code ?? 'xdk_failure')] }),
  errorInOk: ({ code }) => jsonReply(200, { error: failure(code ?? 'internal_error') }),
  errorsInOk: ({ code }) => jsonReply(200, { errors: [failure(code ?? 'internal_error')] }),
  forbiddenInOk: ({ request }) => nestedFail(itemOf(request), [failure('err_xdk_operation_forbidden')]),
  expiredToken: () => errorReply(400, 'invalid_page_token', 'The page token is no longer valid'),
  expiredTokenInOk: ({ request, code }) => nestedFail(itemOf(request), [failure(code ?? 'err_invalid_page_token')]),
  badRequest: () => emptyReply(400),
  html: () => textReply(200, 'text/html', '<html><body>Please sign in</body></html>'),
  redirect: ({ elsewhere }) => emptyReply(302, { location: elsewhere }),
  linkExpired: () => xmlError(403, 'AccessDenied', 'Request has expired'),
  linkMissing: () => xmlError(404, 'NoSuchKey', 'The specified key does not exist.'),
} as const satisfies Record<string, (occasion: Occasion) => Reply>;

/** Troubles that answer instead of the endpoint. */
export type ReplyKind = keyof typeof replies;

export function isReplyKind(kind: string): kind is ReplyKind {
  return Object.hasOwn(replies, kind);
}

/** Whether a trouble meets only requests that carry a page token. */
export function needsPageToken(kind: ReplyKind): boolean {
  return kind === 'expiredToken' || kind === 'expiredTokenInOk';
}

export function replyWith(kind: ReplyKind, occasion: Occasion): Reply {
  return replies[kind](occasion);
}
