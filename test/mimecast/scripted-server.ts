import { once } from 'node:events';
import { type IncomingHttpHeaders, type ServerResponse, createServer } from 'node:http';
import type { Socket } from 'node:net';
import { onTestFinished } from 'vitest';

/** A request as it came. */
export interface Asked {
  readonly method: string;
  readonly url: URL;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}

/** Answers a request, or leaves it hanging. */
export type Answer = (response: ServerResponse, asked: Asked) => void;

export interface ScriptedServer {
  readonly origin: string;
  /** What was asked so far. */
  readonly asked: readonly Asked[];
}

/** A server on a port of its own that answers as told; it ends with the test, and whatever is open is cut. */
export async function serve(answer: Answer): Promise<ScriptedServer> {
  const asked: Asked[] = [];
  const sockets = new Set<Socket>();
  const server = createServer((incoming, response) => {
    const chunks: Buffer[] = [];
    incoming.on('data', (chunk: Buffer) => chunks.push(chunk));
    incoming.on('end', () => {
      const { method = '', url = '/', headers } = incoming;
      const body = Buffer.concat(chunks).toString();
      const request = { method, url: new URL(url, 'http://127.0.0.1'), headers, body };
      asked.push(request);
      answer(response, request);
    });
  });
  server.on('connection', (socket: Socket) => {
    sockets.add(socket);
    socket.once('close', () => sockets.delete(socket));
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  onTestFinished(async () => {
    const closed = once(server, 'close');
    server.close();
    for (const socket of sockets) socket.destroy();
    await closed;
  });
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('The server has no port.');
  return { origin: `http://127.0.0.1:${address.port}`, asked };
}

/** Answers one request after the other, the last answer for all that follow. */
export function inTurn(...answers: readonly Answer[]): Answer {
  let next = 0;
  return (response, asked) => answers[Math.min(next++, answers.length - 1)]?.(response, asked);
}

/** Answers with a body of bytes or text. */
export function whole(
  status: number,
  body: string | Uint8Array,
  headers: Readonly<Record<string, string>> = {},
): Answer {
  return (response) => void response.writeHead(status, headers).end(body);
}

/** Answers with JSON. */
export function json(status: number, value: unknown, headers: Readonly<Record<string, string>> = {}): Answer {
  return whole(status, JSON.stringify(value), { 'content-type': 'application/json', ...headers });
}

/** Sends the start of a longer body, then cuts the connection (`reset`) or stays silent. */
export function begun(start: string | Uint8Array, then: 'reset' | 'silent'): Answer {
  return (response) => {
    response.writeHead(200, { 'content-length': Buffer.byteLength(start) + 100 });
    response.write(start, () => {
      if (then === 'reset') response.socket?.destroy();
    });
  };
}

/** Cuts the connection before a word. */
export const reset: Answer = (response) => void response.socket?.destroy();

/** Never answers. */
export const silent: Answer = () => {};
