import * as z from 'zod';
import { ConnectorError } from '../collect/fault.ts';
import type { Clock, Secrets } from '../collect/ports.ts';
import { isPassing401, parseReply } from './envelope.ts';
import type { Http, Reply } from './http.ts';
import { toldWaitMs } from './quota.ts';

/** Asked for again this long before it ends, so that no request starts with a dying token. */
const earlyMs = 60_000;

/** The bearer token of the process. */
export interface TokenSource {
  /** The token; fetched once however many ask. @throws ConnectorError; the signal's reason */
  get(signal: AbortSignal): Promise<string>;
  /** Forgets a token that was refused, unless a newer one is already there. */
  drop(token: string): void;
}

const tokenReply = z.object({ access_token: z.string().min(1), expires_in: z.number().positive() });

/** Gets tokens by client credentials (mimecast-api §4): form-encoded, 30 minutes, no refresh token. */
export function tokenSource(baseUrl: string, http: Http, secrets: Secrets, clock: Clock): TokenSource {
  let cached: { readonly token: string; readonly endsAt: number } | undefined;
  let fetching: Promise<string> | undefined;
  // Several runs may wait for one token, so no single run's stop ends its fetch; the client's time-out does.
  const shared = new AbortController().signal;

  async function request(): Promise<Reply> {
    const { clientId, clientSecret } = await secrets.get();
    const data = new URLSearchParams({
      client_id: clientId,
      client_secret: clientSecret,
      grant_type: 'client_credentials',
    });
    return http.send({ method: 'POST', url: `${baseUrl}/oauth/token`, data }, shared);
  }

  async function fetchToken(): Promise<string> {
    let reply = await request();
    if (reply.status === 401) {
      // The secret may just have been rotated in the vault.
      secrets.expire();
      reply = await request();
    }
    refuse(reply, clock.now());
    const { access_token, expires_in } = parseReply(reply, tokenReply, '/oauth/token');
    const lifeMs = expires_in * 1000;
    cached = { token: access_token, endsAt: clock.now() + lifeMs - Math.min(earlyMs, lifeMs / 2) };
    return access_token;
  }

  return {
    async get(signal) {
      if (cached && clock.now() < cached.endsAt) return cached.token;
      fetching ??= fetchToken().finally(() => (fetching = undefined));
      return orAborted(fetching, signal);
    },
    drop(token) {
      if (cached?.token === token) cached = undefined;
      secrets.expire();
    },
  };
}

// An error of this endpoint may echo the credentials, so nothing of its body is passed on.
function refuse(reply: Reply, now: number): void {
  const { status, headers } = reply;
  if (status === 200) return;
  const said = `Mimecast refused to give a token (${status}).`;
  if (status === 429) throw new ConnectorError('throttled', said, { waitMs: toldWaitMs(headers, now) });
  if (status >= 500 || status === 408 || isPassing401(reply)) throw new ConnectorError('unavailable', said);
  if (status === 401 || status === 403 || status === 400) {
    throw new ConnectorError(
      'denied',
      `${said} Check mimecast-client-id and mimecast-client-secret, and that the application is enabled.`,
    );
  }
  throw new ConnectorError('malformed', `${said} Check MIMECAST_BASE_URL.`);
}

function orAborted<T>(work: Promise<T>, signal: AbortSignal): Promise<T> {
  const aborted = Promise.withResolvers<never>();
  const abort = () => aborted.reject(signal.reason);
  if (signal.aborted) abort();
  signal.addEventListener('abort', abort, { once: true });
  // When everybody has left, the fetch may still fail.
  work.catch(() => {});
  return Promise.race([work, aborted.promise]).finally(() => signal.removeEventListener('abort', abort));
}
