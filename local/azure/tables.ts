import { createHmac } from 'node:crypto';
import http from 'node:http';
import { buffer } from 'node:stream/consumers';
import { type Account, startAzurite } from './azurite.ts';
import type { Tls } from './certificate.ts';
import type { Identity } from './identity.ts';
import { type Answer, type Call, type Served, bearerOf, serve } from './server.ts';

/** Limits a trouble to writes of entities (creating a table is none), or to one entity by its RowKey. */
interface TablesFilter {
  readonly writes?: boolean | undefined;
  readonly entity?: string | undefined;
}

/** A storage account's tables. After `busyAfterAccept` a client that tries again meets 412, as in Azure. */
export interface Tables extends Served<TablesFilter> {
  /** The account's table endpoint, for clients with a token. */
  readonly url: string;
  /** For clients with the account's key. */
  readonly connectionString: string;
}

interface Options {
  readonly tls: Tls;
  /** When given, bearer tokens are checked; without it they are refused. */
  readonly identity?: Identity | undefined;
  /** The account's name; then `url` is `https://<name>.table.core.windows.net:<port>` (map the name), else on 127.0.0.1. */
  readonly name?: string | undefined;
  /** Where tables are kept; without it in memory. */
  readonly folder?: string | undefined;
}

const audience = 'https://storage.azure.com';

/**
 * Starts Azurite's table server behind an https server that checks tokens and makes trouble. Azurite itself knows only its
 * own account, so requests with a good token go on signed with that account's key.
 */
export async function startTables({ tls, identity, name, folder }: Options): Promise<Tables> {
  const azurite = await startAzurite(folder);
  const { account } = azurite;
  const agent = new http.Agent({ keepAlive: true });

  const handle = async (call: Call): Promise<Answer> => {
    const token = bearerOf(call);
    if (token === undefined && call.headers.authorization === undefined) return refuse(401);
    if (token !== undefined && !identity?.accepts(token, audience)) return refuse(401);
    const isNamed = call.url.hostname === `${name}.table.core.windows.net`;
    const path = `${isNamed ? `/${account.name}` : ''}${call.url.pathname}`;
    const body = isNamed && path.endsWith('/$batch') ? withAccount(call.body, account.name) : call.body;
    const headers = { ...call.headers, host: `127.0.0.1:${azurite.port}`, 'content-length': String(body.length) };
    const signed = token === undefined ? headers : sign(headers, path, call.url.searchParams.get('comp'), account);
    return forward(
      { agent, port: azurite.port, method: call.method, path: path + call.url.search, headers: signed },
      body,
    );
  };

  const release = async (): Promise<void> => {
    agent.destroy();
    await azurite.close();
  };
  const server = await serve<TablesFilter>({ tls, handle, refuse, concerns, release });
  const direct = `https://127.0.0.1:${server.port}/${account.name}`;
  const key = account.key.toString('base64');
  return Object.assign(server, {
    url: name === undefined ? direct : `https://${name}.table.core.windows.net:${server.port}`,
    connectionString: `DefaultEndpointsProtocol=https;AccountName=${account.name};AccountKey=${key};TableEndpoint=${direct};`,
  });
}

// https://learn.microsoft.com/rest/api/storageservices/authorize-with-shared-key (Shared Key Lite for tables)
function sign(
  headers: http.IncomingHttpHeaders,
  path: string,
  comp: string | null,
  account: Account,
): http.OutgoingHttpHeaders {
  const { date: _, ...rest } = headers;
  const date = new Date().toUTCString();
  const resource = `/${account.name}${path}${comp === null ? '' : `?comp=${comp}`}`;
  const signature = createHmac('sha256', account.key).update(`${date}\n${resource}`).digest('base64');
  return { ...rest, 'x-ms-date': date, authorization: `SharedKeyLite ${account.name}:${signature}` };
}

// Azurite finds the table in a transaction's own request lines only when they name the account in the path.
function withAccount(body: Buffer, account: string): Buffer {
  const lines = body.toString('latin1').replace(/^([A-Z]+ https:\/\/[^/]+)\//gm, `$1/${account}/`);
  return Buffer.from(lines, 'latin1');
}

async function forward(options: http.RequestOptions, body: Buffer): Promise<Answer> {
  const reply = await new Promise<http.IncomingMessage>((resolve, reject) => {
    http.request(options, resolve).on('error', reject).end(body);
  });
  const bytes = await buffer(reply);
  const headers: [string, string | readonly string[]][] = [];
  for (const [header, value] of Object.entries(reply.headers)) {
    if (value !== undefined && !perConnection.has(header)) headers.push([header, value]);
  }
  return { status: reply.statusCode ?? 502, headers: Object.fromEntries(headers), bytes };
}

const perConnection = new Set(['connection', 'keep-alive', 'transfer-encoding', 'content-length']);

const codes: Readonly<Record<number, string>> = {
  401: 'InvalidAuthenticationInfo',
  403: 'AuthorizationPermissionMismatch',
  413: 'RequestBodyTooLarge',
  503: 'ServerBusy',
};

function refuse(status: number): Answer {
  const code = codes[status] ?? 'InternalError';
  const message = { lang: 'en-US', value: `The table service refused the request: ${code}.` };
  return { status, headers: { 'x-ms-error-code': code }, json: { 'odata.error': { code, message } } };
}

function concerns({ writes, entity }: TablesFilter, call: Call): boolean {
  const path = decodeURIComponent(call.url.pathname);
  if (writes === true && (call.method === 'GET' || /\/Tables(\(.*\))?$/.test(path))) return false;
  // An insert names its keys in the body, everything else in the path.
  return entity === undefined || path.includes(`RowKey='${entity}'`) || call.body.includes(`"RowKey":"${entity}"`);
}
