import { ConnectorError } from '../collect/fault.ts';
import type { Clock } from '../collect/ports.ts';
import type { Headers } from './http.ts';

/** How many requests Mimecast takes in a span of time (milliseconds). */
interface Limit {
  readonly requests: number;
  readonly spanMs: number;
}

/** The batch listings take 50 requests in 15 minutes (mimecast-api §9); for Cloud Integrated it is assumed. */
const batchLimit: Limit = { requests: 50, spanMs: 15 * 60_000 };
/** No wait Mimecast asks for is believed beyond this. */
const longestWaitMs = 15 * 60_000;

/** Keeps each function of the API below its limit, as far as the limit is known. */
export interface Quota {
  /** Counts a request. @throws ConnectorError `throttled` with the wait when it would pass the limit */
  take(path: string): void;
  /** Learns from an answer's headers. */
  learn(path: string, headers: Headers): void;
}

/** The quota of a process. It starts empty: after a restart Mimecast's 429 says what was forgotten. */
export function requestQuota(clock: Clock): Quota {
  const taken = new Map<string, number[]>();
  const blockedUntil = new Map<string, number>();

  function waitMs(path: string, now: number): number {
    const blocked = (blockedUntil.get(path) ?? 0) - now;
    const limit = path.startsWith('/siem/v1/batch/') ? batchLimit : undefined;
    if (!limit) return blocked;
    const recent = (taken.get(path) ?? []).filter((at) => at > now - limit.spanMs);
    taken.set(path, recent);
    const oldest = recent[recent.length - limit.requests];
    return Math.max(blocked, oldest === undefined ? 0 : oldest + limit.spanMs - now);
  }

  return {
    take(path) {
      const now = clock.now();
      const wait = waitMs(path, now);
      if (wait > 0) throw new ConnectorError('throttled', `The request quota of ${path} is used up.`, { waitMs: wait });
      taken.get(path)?.push(now);
    },
    learn(path, headers) {
      if (headers['x-ratelimit-remaining'] !== '0') return;
      const wait = toldWaitMs(headers, clock.now());
      if (wait !== undefined) blockedUntil.set(path, clock.now() + wait);
    },
  };
}

/**
 * How long an answer's headers ask to wait, in milliseconds, at most 15 minutes; undefined when they do not say.
 * `X-RateLimit-Reset` is a span in milliseconds, by some accounts a point in time (mimecast-api §9).
 */
export function toldWaitMs(headers: Headers, now: number): number | undefined {
  const reset = headers['x-ratelimit-reset'] ?? headers['x-rate-limit-reset'];
  const wait = resetMs(reset, now) ?? retryAfterMs(headers['retry-after'], now);
  return wait === undefined ? undefined : Math.min(Math.max(wait, 0), longestWaitMs);
}

function resetMs(value: string | undefined, now: number): number | undefined {
  const reset = decimal(value);
  if (reset === undefined || reset < 1e9) return reset;
  return reset > 1e12 ? reset - now : reset * 1000 - now;
}

function retryAfterMs(value: string | undefined, now: number): number | undefined {
  const seconds = decimal(value);
  if (seconds !== undefined) return seconds * 1000;
  const wait = Date.parse(value ?? '') - now;
  return Number.isNaN(wait) ? undefined : wait;
}

function decimal(value: string | undefined): number | undefined {
  return value !== undefined && /^\d+(\.\d+)?$/.test(value.trim()) ? Number(value) : undefined;
}
