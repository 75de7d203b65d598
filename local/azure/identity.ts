import { randomUUID } from 'node:crypto';
import type { Clock } from '../../functions/collect/ports.ts';
import { isJsonObject, type JsonObject, parseJson } from '../../functions/tables/json.ts';
import { type Answer, type Call, type Served, serve } from './server.ts';

/** Limits a trouble to tokens for one audience, such as `https://vault.azure.net`. */
interface IdentityFilter {
  readonly resource?: string | undefined;
}

/** The managed identity of the app: hands tokens out and tells the other services which of them are good. */
export interface Identity extends Served<IdentityFilter> {
  /** What App Service puts into the app's environment. */
  readonly environment: { readonly IDENTITY_ENDPOINT: string; readonly IDENTITY_HEADER: string };
  readonly tenant: string;
  /** Whether the token was issued here, for that audience, and is valid now. */
  accepts(token: string | undefined, audience: string): boolean;
}

interface Options {
  readonly clock?: Pick<Clock, 'now'> | undefined;
  /** The user-assigned identity's client id; when given, a request that names another one is refused. */
  readonly clientId?: string | undefined;
  /** How long a token is valid; default a day, as for managed identities. */
  readonly lifetimeSeconds?: number | undefined;
}

/**
 * Starts the managed identity endpoint of App Service. One is enough for a process: the credentials of @azure/identity keep
 * to the first endpoint they met, and share their tokens.
 * @see https://learn.microsoft.com/azure/app-service/overview-managed-identity#rest-endpoint-reference
 */
export async function startIdentity(options: Options = {}): Promise<Identity> {
  const { clock = Date, clientId, lifetimeSeconds = 86_400 } = options;
  const tenant = randomUUID();
  const issuer = `https://sts.windows.net/${tenant}/`;
  const header = randomUUID();

  const handle = (call: Call): Answer => {
    const resource = call.url.searchParams.get('resource') ?? '';
    const askedFor = call.url.searchParams.get('client_id');
    if (call.headers['x-identity-header'] !== header) return refusal(401, 'the identity header is missing or wrong');
    if (call.url.searchParams.get('api-version') !== '2019-08-01') return refusal(400, 'unsupported api-version');
    if (call.method !== 'GET' || !resource.startsWith('https://'))
      return refusal(400, 'resource is missing or malformed');
    if (askedFor !== null && clientId !== undefined && askedFor !== clientId) {
      return refusal(400, 'No User Assigned or Delegated Managed Identity found for specified ClientId/ResourceId');
    }
    const issuedAt = Math.floor(clock.now() / 1000);
    const expiresAt = issuedAt + lifetimeSeconds;
    const claims = { aud: resource, iss: issuer, iat: issuedAt, nbf: issuedAt, exp: expiresAt, tid: tenant };
    const answer = { access_token: unsigned(claims), expires_on: String(expiresAt), resource, token_type: 'Bearer' };
    return { status: 200, json: { ...answer, ...(askedFor === null ? {} : { client_id: askedFor }) } };
  };

  const server = await serve<IdentityFilter>({
    handle,
    refuse: (status) => refusal(status, 'the identity endpoint is in trouble'),
    concerns: ({ resource }, call) => resource === undefined || call.url.searchParams.get('resource') === resource,
  });

  return Object.assign(server, {
    tenant,
    environment: { IDENTITY_ENDPOINT: `http://127.0.0.1:${server.port}/msi/token`, IDENTITY_HEADER: header },
    accepts(token: string | undefined, audience: string): boolean {
      const { aud, iss, nbf, exp } = claimsOf(token);
      const now = clock.now() / 1000;
      return (
        iss === issuer &&
        aud === audience &&
        typeof nbf === 'number' &&
        nbf <= now &&
        typeof exp === 'number' &&
        now < exp
      );
    },
  });
}

function refusal(status: number, message: string): Answer {
  return { status, json: { statusCode: status, message } };
}

function unsigned(claims: JsonObject): string {
  const parts = [{ alg: 'none', typ: 'JWT' }, claims].map((part) =>
    Buffer.from(JSON.stringify(part)).toString('base64url'),
  );
  return `${parts.join('.')}.`;
}

function claimsOf(token: string | undefined): JsonObject {
  try {
    const claims = parseJson(Buffer.from(token?.split('.')[1] ?? '', 'base64url').toString());
    return isJsonObject(claims) ? claims : {};
  } catch {
    return {};
  }
}
