import { randomBytes } from 'node:crypto';
import type { Tls } from './certificate.ts';
import type { Identity } from './identity.ts';
import { type Answer, type Call, type Served, bearerOf, serve } from './server.ts';

/** Limits a trouble to one secret. */
interface VaultFilter {
  readonly secret?: string | undefined;
}

/** A Key Vault that can be read. Its troubles concern requests with a token, not the challenge before them. */
export interface Vault extends Served<VaultFilter> {
  readonly url: string;
  /** Adds a secret, or a new version of one. */
  set(name: string, value: string): void;
}

interface Options {
  readonly tls: Tls;
  readonly identity: Identity;
  readonly secrets: Readonly<Record<string, string>>;
  /** The vault's name; then it is reached as `<name>.vault.azure.net` (map the name), else as 127.0.0.1. */
  readonly name?: string | undefined;
}

interface Version {
  readonly id: string;
  readonly value: string;
  readonly created: number;
}

const audience = 'https://vault.azure.net';

/** Starts a vault: `GET /secrets/{name}[/{version}]` behind the challenge that its clients expect. */
export async function startVault({ tls, identity, secrets, name }: Options): Promise<Vault> {
  const versions = new Map<string, Version[]>();
  const set = (secret: string, value: string): void => {
    const version = { id: randomBytes(16).toString('hex'), value, created: Math.floor(Date.now() / 1000) };
    versions.set(secret, [...(versions.get(secret) ?? []), version]);
  };
  for (const [secret, value] of Object.entries(secrets)) set(secret, value);

  const handle = (call: Call): Answer => {
    if (!identity.accepts(bearerOf(call), audience)) return refuse(401);
    const path = secretPath(call);
    if (call.method !== 'GET' || !path) return refuse(404);
    if (!call.url.searchParams.has('api-version')) return failure(400, 'BadParameter', 'api-version must be specified');
    const known = versions.get(path.secret);
    const found = path.version === '' ? known?.at(-1) : known?.find(({ id }) => id === path.version);
    if (!found)
      return failure(404, 'SecretNotFound', `A secret with (name/id) ${path.secret} was not found in this key vault.`);
    const attributes = { enabled: true, created: found.created, updated: found.created, recoveryLevel: 'Recoverable' };
    return {
      status: 200,
      json: { value: found.value, id: `${call.url.origin}/secrets/${path.secret}/${found.id}`, attributes },
    };
  };

  const refuse = (status: number): Answer => {
    if (status !== 401)
      return failure(status, codes[status] ?? 'InternalServerError', 'The vault refused the request.');
    const challenge = `Bearer authorization="https://login.microsoftonline.com/${identity.tenant}", resource="${audience}"`;
    return {
      ...failure(401, 'Unauthorized', 'AKV10000: a bearer token is required.'),
      headers: { 'WWW-Authenticate': challenge },
    };
  };

  const server = await serve<VaultFilter>({
    tls,
    handle,
    refuse,
    concerns: ({ secret }, call) =>
      bearerOf(call) !== undefined && (secret === undefined || secretPath(call)?.secret === secret),
  });
  const host = name === undefined ? '127.0.0.1' : `${name}.vault.azure.net`;
  return Object.assign(server, { url: `https://${host}:${server.port}`, set });
}

const codes: Readonly<Record<number, string>> = { 403: 'Forbidden', 404: 'NotFound', 429: 'Throttled' };

function failure(status: number, code: string, message: string): Answer {
  return { status, json: { error: { code, message } } };
}

function secretPath(call: Call): { secret: string; version: string } | undefined {
  const match = /^\/secrets\/([0-9A-Za-z-]+)(?:\/([0-9a-f]*))?$/.exec(call.url.pathname);
  return match?.[1] === undefined ? undefined : { secret: match[1], version: match[2] ?? '' };
}
