import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { text } from 'node:stream/consumers';
import * as z from 'zod';
import { isJsonObject, parseJson } from '../../functions/tables/json.ts';
import { portOf } from '../azure/listener.ts';
import { endpoints } from './endpoints.ts';
import type { LocalSentinel } from './local-sentinel.ts';
import type { PageFile } from './page-files.ts';
import { streamOverview } from './stream.ts';

/** The page's server, for this machine alone. */
export interface PageServer {
  readonly url: string;
  close(): Promise<void>;
}

interface Options {
  /** 0: any free port. */
  readonly port: number;
  /** Requests wait until these are there. */
  readonly files: Promise<ReadonlyMap<string, PageFile>>;
  readonly sentinel: Promise<LocalSentinel>;
}

/** Everything comes from here; style attributes are for the charts. */
const policy =
  "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; connect-src 'self'; img-src 'self' data:; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

/** Starts it on 127.0.0.1. @throws Error in plain words when the port is taken */
export async function startPageServer({ port, files, sentinel }: Options): Promise<PageServer> {
  const server = createServer((request, response) => {
    answer(request, response).catch((error: unknown) => refuse(response, error));
  });

  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const url = new URL(request.url ?? '/', 'http://127.0.0.1');
    response.setHeader('Content-Security-Policy', policy);
    response.setHeader('X-Content-Type-Options', 'nosniff');
    response.setHeader('Referrer-Policy', 'no-referrer');
    if (!isOwn(request)) return send(response, 403, { error: 'Only the page itself may ask.' });
    if (url.pathname === '/api/stream') return streamOverview(await sentinel, response);
    const endpoint = endpoints[`${request.method} ${url.pathname}`];
    if (endpoint) {
      const asked = request.method === 'POST' ? await bodyOf(request) : Object.fromEntries(url.searchParams);
      const left = new AbortController();
      response.once('close', () => left.abort());
      const found = await endpoint(await sentinel, asked, left.signal);
      return found === undefined
        ? send(response, 404, { error: 'There is no such thing.' })
        : send(response, 200, found);
    }
    const file = request.method === 'GET' ? (await files).get(url.pathname) : undefined;
    if (!file) return send(response, 404, { error: 'There is no such page.' });
    response.writeHead(200, { 'Content-Type': file.type, 'Cache-Control': 'no-cache' }).end(file.bytes);
  }

  await new Promise<void>((resolve, reject) => {
    server.once('error', (error) => reject(plain(error, port)));
    server.listen(port, '127.0.0.1', resolve);
  });
  return {
    url: `http://127.0.0.1:${portOf(server)}`,
    async close() {
      const closed = new Promise((resolve) => server.close(resolve));
      server.closeAllConnections();
      await closed;
    },
  };
}

// Another site's page could name this machine, or send a form to it; neither gets further than this.
function isOwn({ headers, method }: IncomingMessage): boolean {
  const host = headers.host ?? '';
  if (!/^(?:127\.0\.0\.1|localhost)(?::\d+)?$/.test(host)) return false;
  if (method === 'GET') return true;
  const isJson = headers['content-type'] === 'application/json';
  return isJson && (headers.origin === undefined || headers.origin === `http://${host}`);
}

async function bodyOf(request: IncomingMessage): Promise<Readonly<Record<string, unknown>>> {
  const body = parseJson(await text(request));
  return isJsonObject(body) ? body : {};
}

function refuse(response: ServerResponse, error: unknown): void {
  if (response.headersSent) return void response.destroy();
  if (error instanceof z.ZodError) return send(response, 400, { error: z.prettifyError(error) });
  if (error instanceof SyntaxError) return send(response, 400, { error: 'The body is not JSON.' });
  send(response, 500, { error: error instanceof Error ? error.message : String(error) });
}

function send(response: ServerResponse, status: number, json: unknown): void {
  response.writeHead(status, { 'Content-Type': 'application/json; charset=utf-8', 'Cache-Control': 'no-store' });
  response.end(Buffer.isBuffer(json) ? json : JSON.stringify(json));
}

function plain(error: Error, port: number): Error {
  const code = 'code' in error ? error.code : undefined;
  if (code === 'EADDRINUSE')
    return new Error(`Port ${port} is in use. Stop what uses it, or take another one: npm start -- --port ${port + 1}`);
  if (code === 'EACCES')
    return new Error(`Port ${port} may not be used without more rights. Take one above 1024: npm start -- --port 8400`);
  return error;
}
