import { Readable, addAbortSignal } from 'node:stream';
import { gzipSync } from 'node:zlib';
import { ConnectorError } from '../../functions/collect/fault.ts';
import type { Call, Client } from '../../functions/mimecast/client.ts';
import { type Json, type JsonObject, isJsonObject, parseJson } from '../../functions/tables/json.ts';
import type { WatchedClock } from './watched-clock.ts';
import type { Step } from './fuse.ts';

/** What an API answers to a call: the records behind a token, and the token behind them. */
export type Answer = (call: Call) => Json;

/** Files by the path of their link: the lines of each, and whether they trickle in, each once the last one was read. */
export type Files = Readonly<Record<string, { readonly lines: readonly string[]; readonly trickles: boolean }>>;

const pageSize = 2;
/** Longer than a page stays open. */
const lineMs = 11_000;

/** What the client of an API in memory works with. */
export interface FakeApi {
  readonly answer: Answer;
  readonly files: Files;
  readonly clock: WatchedClock;
  /** Stands before and after each answer. */
  readonly step: Step;
  /** Whether a call that a step fails says that its token is no longer valid, if it carried one. */
  readonly refusesTokens: boolean;
}

/** A client of an API in memory. */
export function fakeClient({ answer, files, clock, step, refusesTokens }: FakeApi): Client {
  return {
    async ask(call, run) {
      try {
        await step(`ask ${call.path}`);
        const reply = answer(call);
        await step(`answer of ${call.path}`);
        run.stop.throwIfAborted();
        return reply;
      } catch (error) {
        const isRefused = refusesTokens && call.carriesToken && error instanceof ConnectorError;
        throw isRefused ? new ConnectorError('expired', 'The token is no longer valid.') : error;
      }
    },
    http: {
      timeoutMs: 60_000,
      send: () => Promise.reject(new TypeError('only files are asked for')),
      async open(link, signal) {
        const { pathname } = new URL(link);
        await step(`open ${pathname}`);
        signal.throwIfAborted();
        const { lines = [], trickles = false } = files[pathname] ?? {};
        const body = Readable.from(trickles ? trickle(lines, clock) : [gzipSync(lines.join('\n'))]);
        return { status: 200, headers: {}, body: addAbortSignal(signal, body).on('error', () => {}) };
      },
    },
  };
}

// A reader looks at the clock for every lot of lines it takes.
async function* trickle(lines: readonly string[], clock: WatchedClock) {
  for (const line of lines) {
    const looks = clock.looks();
    yield gzipSync(`${line}\n`);
    while (clock.looks() === looks) await clock.nextLook();
    clock.advance(lineMs);
  }
}

/** The value at a path of keys inside a JSON value. */
export function inside(value: Json | undefined, ...path: readonly (string | number)[]): Json | undefined {
  const [key, ...rest] = path;
  if (key === undefined) return value;
  if (Array.isArray(value)) return inside(value[Number(key)], ...rest);
  return isJsonObject(value) ? inside(value[key], ...rest) : undefined;
}

/** A page of records in the envelope of a `POST /api/…` function; its token names the records' own query and place. */
export function legacyAnswer(call: Call, records: readonly JsonObject[]): Json {
  const token = inside(call.body, 'meta', 'pagination', 'pageToken');
  const query = JSON.stringify(inside(call.body, 'data', 0) ?? null);
  const at = typeof token === 'string' ? parseJson(token) : [query, 0];
  if (inside(at, 0) !== query) throw new TypeError('a token was sent with another query');
  const from = Number(inside(at, 1));
  const next = from + pageSize < records.length ? JSON.stringify([query, from + pageSize]) : undefined;
  return {
    meta: { status: 200, pagination: next === undefined ? {} : { next } },
    data: records.slice(from, from + pageSize),
  };
}
