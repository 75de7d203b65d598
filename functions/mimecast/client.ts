import { ConnectorError } from '../collect/fault.ts';
import type { Clock, Run, Secrets } from '../collect/ports.ts';
import { withRetry } from '../collect/retry.ts';
import type { Json, JsonObject } from '../tables/json.ts';
import { complaintCodes, isPassing401, parseBody, refusalCode, statusInside } from './envelope.ts';
import type { Http, Reply } from './http.ts';
import { type Quota, requestQuota, toldWaitMs } from './quota.ts';
import { type TokenSource, tokenSource } from './token.ts';

/** One call of the API. */
export interface Call {
  readonly path: string;
  /** The body of a POST; without it the call is a GET. */
  readonly body?: JsonObject;
  readonly params?: Readonly<Record<string, string>>;
  /** Whether it carries a page token or cursor, which may be no longer valid. */
  readonly carriesToken: boolean;
  /** What to grant when it is refused. */
  readonly product: string;
}

/** The Mimecast API 2.0 as the readers see it. */
export interface Client {
  readonly http: Http;
  /**
   * @returns the body of a 200 that complains of nothing, undefined when it says that there is no data
   * @throws ConnectorError of any fault; `expired` when a token it carried is no longer taken
   */
  ask(call: Call, run: Run): Promise<Json | undefined>;
}

/** Complaints that only mean: nothing there (mimecast-api Q22). */
const benign = new Set(['err_threat_intel_feed_no_result_found']);

/** The client of a process. @param baseUrl the API gateway, without a slash at its end */
export function mimecastClient(baseUrl: string, http: Http, secrets: Secrets, clock: Clock): Client {
  const token = tokenSource(baseUrl, http, secrets, clock);
  const quota = requestQuota(clock);
  return { http, ask: (call, run) => ask({ baseUrl, http, token, quota }, call, run) };
}

interface Connection {
  readonly baseUrl: string;
  readonly http: Http;
  readonly token: TokenSource;
  readonly quota: Quota;
}

/** What a refusal means once it has stood after the retries. */
type Standing = 'denied' | 'expired' | undefined;

async function ask(connection: Connection, call: Call, run: Run): Promise<Json | undefined> {
  let standing: Standing;
  try {
    return await withRetry(
      async () => {
        standing = undefined;
        const { reply, bearer } = await send(connection, call, run);
        if (reply.status === 401) {
          standing = isPassing401(reply) ? undefined : 'denied';
          throw refusedToken(call, refusalCode(reply));
        }
        refuse(reply, call, run.clock.now());
        const body = parseBody(reply, call.path);
        // A legacy reply may say 200 outside and 401 or 403 inside (mimecast-api §8).
        const inside = statusInside(body);
        const codes = complaintCodes(body);
        if (inside === 401) {
          connection.token.drop(bearer);
          standing = 'denied';
          throw refusedToken(call, codes[0] ?? 'inside a 200');
        }
        if (inside === 403 || codes.some((code) => code.includes('forbidden'))) {
          throw forbidden(call, 'app_forbidden', 200);
        }
        if (codes.length === 0 && inside < 400) return body;
        if (codes.length > 0 && codes.every((code) => benign.has(code))) return undefined;
        standing = call.carriesToken && (codes.length > 0 || inside < 500) ? 'expired' : undefined;
        const said = codes.join(', ') || `with status ${inside} inside`;
        throw new ConnectorError('unavailable', `${call.path} failed (200 ${said}).`, { code: codes[0] });
      },
      run,
      run.stop,
    );
  } catch (error) {
    if (standing === undefined || run.stop.aborted) throw error;
    if (!(error instanceof ConnectorError) || error.fault !== 'unavailable') throw error;
    const advice = standing === 'denied' ? ' Check the client id and secret and that the application is enabled.' : '';
    throw new ConnectorError(standing, `${error.message}${advice}`, { code: error.code, cause: error });
  }
}

/** What a call was answered, and the token it was sent with. */
interface Sent {
  readonly reply: Reply;
  readonly bearer: string;
}

/** Sends a call with a token; one that has expired is renewed at once, and the call replayed. */
async function send({ baseUrl, http, token, quota }: Connection, call: Call, run: Run): Promise<Sent> {
  for (let isReplay = false; ; isReplay = true) {
    const bearer = await token.get(run.stop);
    quota.take(call.path);
    const reply = await http.send(
      {
        method: call.body ? 'POST' : 'GET',
        url: `${baseUrl}${call.path}`,
        headers: { Authorization: `Bearer ${bearer}`, ...(call.body && { 'Content-Type': 'application/json' }) },
        ...(call.params && { params: call.params }),
        ...(call.body && { data: JSON.stringify(call.body) }),
      },
      run.stop,
    );
    quota.learn(call.path, reply.headers);
    if (reply.status !== 401) return { reply, bearer };
    token.drop(bearer);
    if (isReplay || isPassing401(reply)) return { reply, bearer };
  }
}

// https://mimecastsupport.zendesk.com: 400, 401, 403, 405, 418, 429 and 500 are documented; the rest is what gateways add.
function refuse(reply: Reply, call: Call, now: number): void {
  const { status } = reply;
  if (status === 200) return;
  const code = refusalCode(reply);
  const said = `${call.path} answered ${status} ${code}${requestId(reply)}.`;
  const waitMs = toldWaitMs(reply.headers, now);
  if (status === 429) throw new ConnectorError('throttled', said, { code, waitMs });
  if (status === 408 || status >= 500) throw new ConnectorError('unavailable', said, { code, waitMs });
  if (status === 403) throw forbidden(call, code, status);
  if (status === 400 && call.carriesToken) throw new ConnectorError('expired', said, { code });
  throw new ConnectorError('malformed', said, { code });
}

function refusedToken(call: Call, code: string): ConnectorError {
  return new ConnectorError('unavailable', `${call.path} refused the token (401 ${code}).`, { code });
}

function forbidden(call: Call, code: string, status: number): ConnectorError {
  return new ConnectorError(
    'denied',
    `${call.path} is forbidden (${status} ${code}). Grant the application: ${call.product}.`,
    { code },
  );
}

function requestId({ headers }: Reply): string {
  const id = headers['x-request-id'];
  return id !== undefined && /^[\w-]{1,64}$/.test(id) ? ` (request ${id})` : '';
}
