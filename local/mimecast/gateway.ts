import { randomUUID } from 'node:crypto';
import { type Disturbed, disturb } from './disturbance.ts';
import { type ApiEndpoint, endpointAt, places, type Product } from './endpoints.ts';
import { appForbidden, emptyReply, type Reply } from './reply.ts';
import type { Incoming } from './server.ts';
import type { QuirkKind } from './trouble.ts';

/** What stands behind the gateway. */
export interface Behind {
  readonly unlicensed: ReadonlySet<Product>;
  readonly headersAlways: boolean;
  /** Answers a request that has passed token, product and quota. */
  answer(at: Exclude<ApiEndpoint, 'token'>, request: Incoming, strikes: (kind: QuirkKind) => boolean): Reply;
}

/** Answers a request to the API: token first, then product, then quota, then the endpoint itself. */
export function answerApi(tenant: Disturbed & Behind, request: Incoming): Reply {
  const at = endpointAt(request.url.pathname);
  const reply = at === undefined ? appForbidden() : disturb(tenant, at, request, () => admit(tenant, at, request));
  const usual = { 'cache-control': 'no-store', pragma: 'no-cache', 'x-request-id': randomUUID() };
  return { ...reply, headers: { ...usual, ...reply.headers } };
}

function admit(tenant: Disturbed & Behind, at: ApiEndpoint, request: Incoming): Reply {
  const { method, product } = places[at];
  if (request.method !== method) return emptyReply(405, { allow: method });
  if (at !== 'token') {
    const refusal = tenant.tokens.refusal(request);
    if (refusal) return refusal;
  }
  if (product !== undefined && tenant.unlicensed.has(product)) return appForbidden();
  const { refusal, headers } = tenant.quota.take(at);
  if (refusal) return refusal;
  const strikes = (kind: QuirkKind): boolean =>
    tenant.troubles.strike(at, (other): other is QuirkKind => other === kind) !== undefined;
  const reply = at === 'token' ? tenant.tokens.issue(request) : tenant.answer(at, request, strikes);
  return tenant.headersAlways ? { ...reply, headers: { ...reply.headers, ...headers } } : reply;
}
