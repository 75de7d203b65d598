import { Readable } from 'node:stream';
import axios, { type AxiosRequestConfig, type AxiosResponse } from 'axios';
import { ConnectorError } from '../collect/fault.ts';

/** An answer's headers, names in lower case. */
export type Headers = Readonly<Record<string, string | undefined>>;

/** An answer of any status, read whole. */
export interface Reply {
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
}

/** An answer of any status whose body is still to be read. */
interface OpenReply {
  readonly status: number;
  readonly headers: Headers;
  readonly body: Readable;
}

/** A request of the Mimecast API. */
interface Request {
  readonly method: 'GET' | 'POST';
  readonly url: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly params?: Readonly<Record<string, string>>;
  readonly data?: unknown;
}

/** The only way out to Mimecast. */
export interface Http {
  /** Longest silence that is waited out, in milliseconds. */
  readonly timeoutMs: number;
  /** @throws ConnectorError `unavailable` when no whole answer came, `malformed` when it is too long; the signal's reason */
  send(request: Request, signal: AbortSignal): Promise<Reply>;
  /** Opens a file, without any header of ours; the signal also ends its body. @throws ConnectorError `unavailable`; the signal's reason */
  open(url: string, signal: AbortSignal): Promise<OpenReply>;
}

/** A page of 500 records stays far below; a longer answer is none of Mimecast's. */
const maxReplyBytes = 64 * 1024 * 1024;

/** The axios client of the process: its answers carry any status, its errors never leave this file. */
export function axiosHttp(timeoutMs = 60_000): Http {
  const client = axios.create({
    // Redirects are not part of the API, and the package that would follow them prints headers under DEBUG.
    maxRedirects: 0,
    validateStatus: () => true,
    maxContentLength: maxReplyBytes,
    transformResponse: (body: unknown) => body,
  });

  async function ask(
    config: AxiosRequestConfig & { readonly url: string },
    signal: AbortSignal,
  ): Promise<AxiosResponse<unknown>> {
    const silence = new AbortController();
    const timer = setTimeout(() => silence.abort(), timeoutMs);
    try {
      return await client.request({ ...config, signal: AbortSignal.any([signal, silence.signal]) });
    } catch (error) {
      signal.throwIfAborted();
      throw transportError(error, config.url, silence.signal.aborted);
    } finally {
      clearTimeout(timer);
    }
  }

  return {
    timeoutMs,
    async send({ headers, ...request }, signal) {
      const reply = await ask(
        { ...request, headers: { Accept: 'application/json', ...headers }, responseType: 'text' },
        signal,
      );
      return {
        status: reply.status,
        headers: headersOf(reply),
        text: typeof reply.data === 'string' ? reply.data : '',
      };
    },
    async open(url, signal) {
      const reply = await ask(
        { method: 'GET', url, responseType: 'stream', decompress: false, maxContentLength: -1 },
        signal,
      );
      if (!(reply.data instanceof Readable)) throw new ConnectorError('unavailable', 'The file host sent no body.');
      // Until somebody reads, nobody listens; an abort meanwhile must not end the worker.
      return { status: reply.status, headers: headersOf(reply), body: reply.data.on('error', () => {}) };
    },
  };
}

/** What a broken transfer means. */
function transportError(error: unknown, url: string, timedOut: boolean): ConnectorError {
  const host = new URL(url).host;
  if (axios.isAxiosError(error) && error.message.includes('maxContentLength')) {
    return new ConnectorError('malformed', `The reply of ${host} is longer than ${maxReplyBytes} bytes.`, {
      cause: error,
    });
  }
  const what = timedOut ? 'did not answer in time' : 'could not be reached or broke the connection';
  return new ConnectorError('unavailable', `${host} ${what}.`, { cause: error });
}

function headersOf(reply: AxiosResponse<unknown>): Headers {
  return Object.fromEntries(Object.entries(reply.headers).map(([name, value]) => [name.toLowerCase(), String(value)]));
}
