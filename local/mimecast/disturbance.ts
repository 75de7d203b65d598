import type { Endpoint } from './endpoints.ts';
import type { Quota } from './quota.ts';
import type { Reply } from './reply.ts';
import { hasPageToken } from './request.ts';
import type { Incoming } from './server.ts';
import type { Tokens } from './tokens.ts';
import { isBodyKind, spoil } from './trouble-bodies.ts';
import { isReplyKind, needsPageToken, type ReplyKind, replyWith } from './trouble-replies.ts';
import type { Troubles } from './trouble.ts';

/** What troubles need to know of the tenant they strike. */
export interface Disturbed {
  readonly troubles: Troubles;
  readonly tokens: Tokens;
  readonly quota: Quota;
  readonly requests: Record<Endpoint, number>;
  readonly now: () => number;
  /** An address of another host, for a redirect. */
  readonly elsewhere: () => string;
}

/** Counts a request and answers it: by a trouble that is due instead of the endpoint, or by the endpoint, its body perhaps spoilt. */
export function disturb(tenant: Disturbed, at: Endpoint, request: Incoming, answer: () => Reply, file?: string): Reply {
  tenant.requests[at]++;
  const carriesToken = hasPageToken(request);
  const isDue = (kind: string): kind is ReplyKind => isReplyKind(kind) && (carriesToken || !needsPageToken(kind));
  const instead = tenant.troubles.strike(at, isDue, file);
  if (instead) {
    return replyWith(instead.kind, {
      request,
      waitMs: instead.trouble.waitMs ?? 1000,
      code: instead.trouble.code,
      limit: tenant.quota.limitOf(at),
      now: tenant.now(),
      elsewhere: tenant.elsewhere(),
      dropToken: (token) => tenant.tokens.drop(token),
    });
  }
  const reply = answer();
  const spoilt = reply.status === 200 ? tenant.troubles.strike(at, isBodyKind, file) : undefined;
  return spoilt ? spoil(spoilt.kind, reply) : reply;
}
