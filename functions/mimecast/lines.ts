import { type Readable, pipeline } from 'node:stream';
import { createGunzip } from 'node:zlib';
import { ConnectorError } from '../collect/fault.ts';
import { patient } from './patient.ts';

/** A longer line is no event; its start is kept for Rejected. */
export const longestLineBytes = 16 * 1024 * 1024;
/** Enough for the 32,000 characters that Rejected keeps. */
const keptBytes = 128 * 1024;
const newline = 0x0a;

/** Whole lines of a file in UTF-8, without the end of the last one. */
interface Lines {
  readonly text: Buffer;
  readonly count: number;
}
/** A line that is too long: only its start. */
interface LongLine {
  readonly startOfLongLine: string;
  readonly count: 1;
}
export type Lot = Lines | LongLine;

/**
 * Unpacks a gzip body into lines, lot by lot as it arrives; memory does not grow with the file.
 * @param size what the listing says the body has, in bytes @param timeoutMs longest silence of the body
 * @throws ConnectorError `malformed` for what is no whole gzip, `unavailable` when the connection broke or went silent
 */
export async function* readLines(
  body: Readable,
  size: number | undefined,
  timeoutMs: number,
): AsyncGenerator<Lot, void, undefined> {
  const gunzip = createGunzip({ chunkSize: 128 * 1024 });
  let bodyBytes = 0;
  // `gunzip.bytesWritten` leaves out the chunk that broke it, so that a broken body would look empty.
  async function* counted(chunks: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
    for await (const chunk of chunks) {
      bodyBytes += chunk.length;
      yield chunk;
    }
  }
  pipeline(body, counted, gunzip, () => {});
  const chunks = patient(gunzip, timeoutMs, () => body.destroy(new Error('silent for too long')));
  try {
    yield* cutLines(chunks);
  } catch (error) {
    if (bodyBytes > 0 || !isZlibError(error)) throw bodyError(error);
  } finally {
    body.destroy();
  }
  if (bodyBytes === 0 && (size ?? 0) > 0) {
    throw new ConnectorError('malformed', `the body is empty where the listing says ${size} bytes`);
  }
}

function isZlibError(error: unknown): boolean {
  return error instanceof Error && 'code' in error && String(error.code).startsWith('Z_');
}

function bodyError(error: unknown): ConnectorError {
  if (isZlibError(error)) {
    return new ConnectorError(
      'malformed',
      `the body is no whole gzip (${error instanceof Error ? error.message : ''})`,
    );
  }
  return new ConnectorError('unavailable', 'The file host broke the connection or went silent.', { cause: error });
}

async function* cutLines(chunks: AsyncIterable<Buffer>): AsyncGenerator<Lot, void, undefined> {
  let open = openLine;
  for await (const chunk of chunks) {
    const last = chunk.lastIndexOf(newline);
    if (last === -1) {
      open = extend(open, chunk);
      continue;
    }
    const first = open.bytes === 0 ? -1 : chunk.indexOf(newline);
    if (first !== -1) yield lotOf(extend(open, chunk.subarray(0, first)));
    if (first < last) yield linesOf(chunk.subarray(first + 1, last));
    open = extend(openLine, chunk.subarray(last + 1));
  }
  if (open.bytes > 0) yield lotOf(open);
}

function linesOf(text: Buffer): Lines {
  let count = 1;
  for (let end = text.indexOf(newline); end !== -1; end = text.indexOf(newline, end + 1)) count++;
  return { text, count };
}

/** Leaves out the first lines of a lot. @returns undefined when none is left */
export function withoutFirst(lot: Lot, lines: number): Lot | undefined {
  if (lines >= lot.count) return undefined;
  if (lines <= 0 || !('text' in lot)) return lot;
  let start = 0;
  for (let skipped = 0; skipped < lines; skipped++) start = lot.text.indexOf(newline, start) + 1;
  return { text: lot.text.subarray(start), count: lot.count - lines };
}

/** The start of a line whose end has not arrived. */
interface OpenLine {
  readonly parts: readonly Buffer[];
  readonly bytes: number;
}

const openLine: OpenLine = { parts: [], bytes: 0 };

// Of a line that is too long already, nothing more is kept.
function extend(open: OpenLine, part: Buffer): OpenLine {
  const bytes = open.bytes + part.length;
  if (bytes <= longestLineBytes) return { parts: [...open.parts, part], bytes };
  if (open.bytes > longestLineBytes) return { parts: open.parts, bytes };
  return { parts: [Buffer.from(Buffer.concat([...open.parts, part]).subarray(0, keptBytes))], bytes };
}

function lotOf(open: OpenLine): Lot {
  const text = joined(open.parts);
  return open.bytes > longestLineBytes ? { startOfLongLine: text.toString(), count: 1 } : { text, count: 1 };
}

function joined(parts: readonly Buffer[]): Buffer {
  const [only, ...more] = parts;
  return more.length === 0 && only ? only : Buffer.concat(parts);
}
