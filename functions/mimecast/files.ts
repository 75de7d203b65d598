import { Readable } from 'node:stream';
import { ConnectorError } from '../collect/fault.ts';
import { idOf } from '../collect/event-id.ts';
import type { Http } from './http.ts';
import { patient } from './patient.ts';

/** A file of a listing: its name, its signed link, and what size in bytes the listing says it has. */
export interface BatchFile {
  readonly name: string;
  readonly url: string;
  readonly size: number | undefined;
}

/** What later files may hold in memory together while they wait, compressed. */
const waitingBytes = 8 * 1024 * 1024;
const downloadsAtOnce = 4;

/** A file's name: its link's path, since the query carries the signature; a very long one by its hash. @throws ConnectorError `malformed` */
export function batchFile(link: { readonly url: string; readonly size?: number | null | undefined }): BatchFile {
  const url = new URL(link.url);
  const isLoopback = /^(localhost|127\.\d+\.\d+\.\d+|\[::1\])$/.test(url.hostname);
  if (url.protocol !== 'https:' && !(url.protocol === 'http:' && isLoopback)) {
    throw new ConnectorError('malformed', `The listing has a link that is not https (host ${url.host}).`);
  }
  const name = url.pathname.length > 200 ? idOf('file', url.pathname) : url.pathname;
  return { name, url: link.url, size: link.size ?? undefined };
}

/** Opens files in their order, while the next ones are already being fetched. */
export interface FileQueue {
  /** The compressed body. @throws ConnectorError `expired` for a link that is refused, `unavailable` for a passing trouble */
  open(file: BatchFile): Promise<Readable>;
}

/** A queue over the files of a listing that are still to be read. */
export function fileQueue(files: readonly BatchFile[], http: Http, signal: AbortSignal): FileQueue {
  const waiting = new Map<string, { readonly bytes: number; readonly body: Promise<Buffer | undefined> }>();
  let next = 0;
  let heldBytes = 0;

  function fetchAhead(): void {
    for (; waiting.size < downloadsAtOnce; next++) {
      const file = files[next];
      if (!file || file.size === undefined || heldBytes + file.size > waitingBytes) return;
      const body = openFile(file, http, signal).then((opened) => readUpTo(opened, file.size ?? 0, http.timeoutMs));
      // Whoever opens the file meets the error; until then it must not count as unhandled.
      body.catch(() => {});
      waiting.set(file.name, { bytes: file.size, body });
      heldBytes += file.size;
    }
  }

  return {
    async open(file) {
      const ahead = waiting.get(file.name);
      waiting.delete(file.name);
      heldBytes -= ahead?.bytes ?? 0;
      next = Math.max(next, files.indexOf(file) + 1);
      fetchAhead();
      const body = await ahead?.body;
      return body ? Readable.from([body]) : openFile(file, http, signal);
    },
  };
}

async function openFile(file: BatchFile, http: Http, signal: AbortSignal): Promise<Readable> {
  const { status, body } = await http.open(file.url, signal);
  if (status === 200) return body;
  body.destroy();
  if (status === 429 || status === 408 || status >= 500) {
    throw new ConnectorError('unavailable', `The file host answered ${status}.`);
  }
  throw new ConnectorError('expired', `its link answered ${status}`);
}

/** The whole body, undefined when it is longer than it should be: then it is streamed when its turn comes. */
async function readUpTo(body: Readable, bytes: number, timeoutMs: number): Promise<Buffer | undefined> {
  const chunks: Buffer[] = [];
  let read = 0;
  try {
    for await (const chunk of patient(body, timeoutMs, () => body.destroy(new Error('silent for too long')))) {
      chunks.push(chunk);
      read += chunk.length;
      if (read > bytes) return undefined;
    }
  } catch (cause) {
    throw new ConnectorError('unavailable', 'The file host broke the connection or went silent.', { cause });
  } finally {
    body.destroy();
  }
  return Buffer.concat(chunks);
}
