import { createReadStream } from 'node:fs';
import type { ServerResponse } from 'node:http';
import { startListener } from '../local/azure/listener.ts';
import type { EventFile } from './files.ts';

/** A Mimecast that lists and serves files of Cloud Gateway events, and counts requests. */
export interface CountingMimecast {
  readonly origin: string;
  readonly requests: number;
}

/** Starts it, over plain http; the connector's other feed is empty there. */
export async function countingMimecast(files: readonly EventFile[]): Promise<CountingMimecast> {
  let requests = 0;
  const { port } = await startListener(undefined, (request, response) => {
    requests++;
    const { pathname, searchParams } = new URL(request.url ?? '/', origin());
    const [, folder, name] = pathname.split('/');
    if (folder === 'files') sendFile(files[Number(name)], response);
    else if (pathname === '/oauth/token') sendJson({ access_token: 'token', expires_in: 1800 }, response);
    else if (pathname === '/siem/v1/batch/events/cg') sendJson(listing(searchParams), response);
    else sendJson({ meta: { status: 200, pagination: {} }, data: [{ dlpLogs: [] }], fail: [] }, response);
  });

  function origin(): string {
    return `http://127.0.0.1:${port}`;
  }

  // The token is the number of the next file.
  function listing(query: URLSearchParams): object {
    const from = Number(query.get('nextPage') ?? 0);
    const to = Math.min(from + Number(query.get('pageSize')), files.length);
    const value = files.slice(from, to).map(({ bytes }, n) => ({ url: `${origin()}/files/${from + n}`, size: bytes }));
    return { value, '@nextPage': String(to), isCaughtUp: to === files.length };
  }

  return {
    origin: origin(),
    get requests() {
      return requests;
    },
  };
}

function sendJson(body: object, response: ServerResponse): void {
  response.setHeader('Content-Type', 'application/json').end(JSON.stringify(body));
}

function sendFile(file: EventFile | undefined, response: ServerResponse): void {
  if (!file) return void response.writeHead(404).end();
  response.setHeader('Content-Length', file.bytes);
  createReadStream(file.path, { highWaterMark: 1024 * 1024 }).pipe(response);
}
