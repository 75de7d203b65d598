import { once } from 'node:events';
import { createServer, type IncomingHttpHeaders, type IncomingMessage, type ServerResponse } from 'node:http';
import { createServer as createTlsServer } from 'node:https';
import type { Socket } from 'node:net';
import { gzipSync } from 'node:zlib';
import type { Reply } from './reply.ts';

/** A request as it came, its body read. */
export interface Incoming {
  readonly method: string;
  readonly url: URL;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}

export interface Listener {
  readonly port: number;
  /** Stops listening and destroys the sockets that are open. */
  close(): Promise<void>;
}

/** Serves `answer` on 127.0.0.1, on a port the system picks; with a certificate over https. */
export async function listen(
  answer: (request: Incoming) => Reply,
  tls: { readonly key: string; readonly cert: string } | undefined,
): Promise<Listener> {
  const handle = (incoming: IncomingMessage, response: ServerResponse): void => {
    const accepts = String(incoming.headers['accept-encoding'] ?? '');
    read(incoming).then(
      (request) => send(accepts.includes('gzip') ? compressed(answer(request)) : answer(request), response),
      () => response.destroy(),
    );
  };
  const server = tls ? createTlsServer(tls, handle) : createServer(handle);
  // Node's five seconds would now and then close a connection just as a client reuses it.
  server.keepAliveTimeout = 60_000;
  const sockets = new Set<Socket>();
  server.on('connection', (socket: Socket) => {
    sockets.add(socket);
    socket.once('close', () => sockets.delete(socket));
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('The tenant has no port.');
  return {
    port: address.port,
    async close(): Promise<void> {
      if (!server.listening) return;
      const closed = once(server, 'close');
      server.close();
      for (const socket of sockets) socket.destroy();
      await closed;
    },
  };
}

async function read(incoming: IncomingMessage): Promise<Incoming> {
  const chunks: Uint8Array[] = [];
  for await (const chunk of incoming) if (chunk instanceof Uint8Array) chunks.push(chunk);
  return {
    method: incoming.method ?? 'GET',
    url: new URL(incoming.url ?? '/', 'http://127.0.0.1'),
    headers: incoming.headers,
    body: Buffer.concat(chunks).toString('utf8'),
  };
}

// The API compresses its JSON when asked; the files are gzip themselves and stay as they are.
function compressed(reply: Reply): Reply {
  if (reply.body.length < 1000 || reply.headers['content-type'] !== 'application/json') return reply;
  return {
    ...reply,
    headers: { ...reply.headers, 'content-encoding': 'gzip' },
    body: gzipSync(reply.body, { level: 1 }),
  };
}

function send(reply: Reply, response: ServerResponse): void {
  if (reply.ending === 'hang') return;
  if (reply.ending === 'resetBefore') {
    response.socket?.destroy();
    return;
  }
  response.writeHead(reply.status, { ...reply.headers, 'content-length': reply.body.length });
  if (reply.ending === undefined || reply.ending === 'whole') {
    response.end(reply.body);
    return;
  }
  const reset = reply.ending === 'resetMidway';
  response.write(reply.body.subarray(0, Math.ceil(reply.body.length / 2)), () => {
    if (reset) response.socket?.destroy();
  });
}
