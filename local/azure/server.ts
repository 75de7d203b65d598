import type { IncomingHttpHeaders, IncomingMessage, ServerResponse } from 'node:http';
import { setTimeout as wait } from 'node:timers/promises';
import type { Json } from '../../functions/tables/json.ts';
import type { Tls } from './certificate.ts';
import { startListener } from './listener.ts';
import { type Trouble, refusalOf, troubles } from './trouble.ts';

/** A request that has arrived whole. */
export interface Call {
  readonly method: string;
  readonly url: URL;
  readonly headers: IncomingHttpHeaders;
  /** The body's first 8 MiB. */
  readonly body: Buffer;
  /** Bytes of the whole body. */
  readonly size: number;
}

/** What goes back: a JSON or a binary body, or none. */
export interface Answer {
  readonly status: number;
  readonly headers?: Readonly<Record<string, string | readonly string[]>> | undefined;
  readonly json?: Json | undefined;
  readonly bytes?: Buffer | undefined;
}

/** What makes a service: how it answers, how it says no, and which requests a trouble's filter means. */
export interface Service<Filter> {
  /** Without it the service speaks plain http. */
  readonly tls?: Tls | undefined;
  handle(call: Call): Answer | Promise<Answer>;
  refuse(status: number, call: Call): Answer;
  concerns(filter: Filter, call: Call): boolean;
  /** Frees what stands behind the service, once it is closed. */
  release?(): Promise<void> | void;
}

/** A running service on 127.0.0.1. */
export interface Served<Filter> {
  readonly port: number;
  /** Requests that have arrived so far, struck ones included. */
  readonly requests: number;
  trouble(trouble: Trouble<Filter>): void;
  /** Ends all troubles. Resolves once connections are accepted again. */
  calm(): Promise<void>;
  /** Cuts whatever is open and ends the service; a second call does nothing. */
  close(): Promise<void>;
}

const maxBodyBytes = 8 * 1024 * 1024;

/** Starts a service on a free port, together with the troubles it can be given. */
export async function serve<Filter>(service: Service<Filter>): Promise<Served<Filter>> {
  const active = troubles<Trouble<Filter>>();
  const closing = new AbortController();
  let requests = 0;

  const listener = await startListener(service.tls, (request, response) => {
    requests++;
    exchange(request, response).catch((error: unknown) => {
      if (closing.signal.aborted || response.destroyed) response.destroy();
      else send(response, { status: 500, json: { error: String(error) } });
    });
  });

  async function exchange(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const call = await receive(request);
    const trouble = active.strike((candidate) => service.concerns(candidate, call));
    if (trouble) await suffer(trouble, call, response);
    else send(response, await service.handle(call));
  }

  async function suffer(trouble: Trouble<Filter>, call: Call, response: ServerResponse): Promise<void> {
    if (trouble.kind === 'hang') return;
    if (trouble.kind === 'down') return listener.stop();
    if (trouble.kind === 'slow') {
      await wait(trouble.ms, undefined, { signal: closing.signal });
      return send(response, await service.handle(call));
    }
    if (trouble.kind === 'resetAfterAccept' || trouble.kind === 'busyAfterAccept') await service.handle(call);
    const refusal = refusalOf(trouble);
    if (refusal) send(response, withRetryAfter(service.refuse(refusal.status, call), refusal.retryAfterSeconds));
    else response.destroy();
  }

  return {
    port: listener.port,
    get requests() {
      return requests;
    },
    trouble(trouble) {
      if (trouble.kind === 'down' && (trouble.after ?? 0) === 0) void listener.stop();
      else active.add(trouble);
    },
    async calm() {
      active.clear();
      await listener.resume();
    },
    async close() {
      if (closing.signal.aborted) return;
      closing.abort();
      await listener.stop();
      await service.release?.();
    },
  };
}

/** The bearer token of a request. */
export function bearerOf(call: Call): string | undefined {
  return /^Bearer (\S+)$/i.exec(call.headers.authorization ?? '')?.[1];
}

async function receive(request: IncomingMessage): Promise<Call> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request.iterator()) {
    if (!Buffer.isBuffer(chunk)) continue;
    if (size < maxBodyBytes) chunks.push(chunk);
    size += chunk.length;
  }
  const url = new URL(request.url ?? '/', `https://${request.headers.host ?? 'localhost'}`);
  return { method: request.method ?? 'GET', url, headers: request.headers, body: Buffer.concat(chunks), size };
}

function send(response: ServerResponse, answer: Answer): void {
  const bytes = answer.bytes ?? (answer.json === undefined ? undefined : Buffer.from(JSON.stringify(answer.json)));
  response.statusCode = answer.status;
  if (answer.json !== undefined) response.setHeader('Content-Type', 'application/json; charset=utf-8');
  for (const [name, value] of Object.entries(answer.headers ?? {})) response.setHeader(name, value);
  if (answer.status !== 204) response.setHeader('Content-Length', bytes?.length ?? 0);
  response.end(bytes);
}

function withRetryAfter(answer: Answer, seconds: number | undefined): Answer {
  return seconds === undefined ? answer : { ...answer, headers: { ...answer.headers, 'Retry-After': String(seconds) } };
}
