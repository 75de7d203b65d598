import type { Endpoint } from './endpoints.ts';
import { flatFail, type Reply } from './reply.ts';

/** So many requests in each window of time. */
export interface Limit {
  readonly limit: number;
  readonly windowMs: number;
}

export interface Quota {
  limitOf(endpoint: Endpoint): number;
  /** Counts a request. @returns the refusal when the window's requests are used up, and the headers either way */
  take(endpoint: Endpoint): { readonly refusal: Reply | undefined; readonly headers: Record<string, string> };
}

const generous: Limit = { limit: 100_000, windowMs: 60_000 };
const batch: Limit = { limit: 50, windowMs: 900_000 };

/** A quota per endpoint with a fixed window that begins with its first request. */
export function keepQuota(limits: Partial<Record<Endpoint, Limit>>, now: () => number): Quota {
  const known: Partial<Record<Endpoint, Limit>> = { cgBatch: batch, ciBatch: batch, ...limits };
  const open = new Map<Endpoint, { used: number; readonly endsAt: number }>();
  const limitOf = (endpoint: Endpoint): Limit => known[endpoint] ?? generous;
  return {
    limitOf: (endpoint) => limitOf(endpoint).limit,
    take(endpoint) {
      const { limit, windowMs } = limitOf(endpoint);
      let window = open.get(endpoint);
      if (!window || now() >= window.endsAt) open.set(endpoint, (window = { used: 0, endsAt: now() + windowMs }));
      const isOver = window.used >= limit;
      if (!isOver) window.used++;
      const headers = quotaHeaders(limit, limit - window.used, window.endsAt - now());
      return { headers, refusal: isOver ? overQuota(headers) : undefined };
    },
  };
}

/** The vendor's headers; the reset is in milliseconds from now. */
export function quotaHeaders(limit: number, remaining: number, resetMs: number): Record<string, string> {
  return {
    'x-ratelimit-limit': String(limit),
    'x-ratelimit-remaining': String(remaining),
    'x-ratelimit-reset': String(resetMs),
  };
}

/** The code of a real 429 is not known (assumed). */
export function overQuota(headers: Readonly<Record<string, string>>): Reply {
  return flatFail(429, 'over_quota', 'The request quota of this function is used up', headers);
}
