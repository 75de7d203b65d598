import { randomBytes } from 'node:crypto';
import { flatFail, jsonReply, type Reply } from './reply.ts';
import type { Incoming } from './server.ts';

export interface Credentials {
  readonly clientId: string;
  readonly clientSecret: string;
}

/** The access tokens of one application. */
export interface Tokens {
  readonly credentials: Credentials;
  /** Answers `POST /oauth/token`. */
  issue(request: Incoming): Reply;
  /** The refusal of a request's bearer token, or undefined when it is good. */
  refusal(request: Incoming): Reply | undefined;
  /** Ends one token before its time. */
  drop(token: string): void;
  /** Replaces the credentials; tokens given for the old ones end with them (assumed). */
  rotate(credentials: Credentials): void;
}

export function keepTokens(first: Credentials, lifeSeconds: number, now: () => number): Tokens {
  let credentials = first;
  const endsAt = new Map<string, number>();
  return {
    get credentials() {
      return credentials;
    },
    issue(request) {
      const form = new URLSearchParams(request.body);
      const isForm = request.headers['content-type']?.startsWith('application/x-www-form-urlencoded') === true;
      if (!isForm || form.get('grant_type') !== 'client_credentials') {
        return flatFail(400, 'InvalidRequest', 'A form with grant_type client_credentials is expected');
      }
      const { clientId, clientSecret } = credentials;
      if (form.get('client_id') !== clientId || form.get('client_secret') !== clientSecret) return badCredentials();
      const token = newToken();
      endsAt.set(token, now() + lifeSeconds * 1000);
      return jsonReply(200, { access_token: token, token_type: 'Bearer', expires_in: lifeSeconds, scope: '' });
    },
    refusal(request) {
      const end = endsAt.get(bearerOf(request) ?? '');
      if (end === undefined) return flatFail(401, 'unauthorized');
      return now() < end ? undefined : tokenExpired();
    },
    drop: (token) => void (endsAt.has(token) && endsAt.set(token, 0)),
    rotate(next) {
      credentials = next;
      for (const token of endsAt.keys()) endsAt.set(token, 0);
    },
  };
}

export function bearerOf(request: Incoming): string | undefined {
  return /^Bearer (.+)$/.exec(request.headers.authorization ?? '')?.[1];
}

export const tokenExpired = (): Reply => flatFail(401, 'token_expired', 'Access Token Expired');

export const badCredentials = (): Reply => flatFail(401, 'InvalidClientIdentifier', 'Client credentials are invalid');

function newToken(): string {
  return randomBytes(32).toString('base64').replace(/[+/=]/g, '').padEnd(28, 'x').slice(0, 28);
}
