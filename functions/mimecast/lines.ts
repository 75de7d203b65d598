import { type Readable, pipeline } from 'node:stream';
import { createGunzip } from 'node:zlib';
import { ConnectorError } from '../collect/fault.ts';
import { patient } from './patient.ts';

/** A longer line is no event; its start is kept for Rejected. */
export const longestLineBytes = 16 * 1024 * 1024;
/** Enough for the 32,000 characters that Rejected keeps. */
const keptBytes = 128 * 1024;
const newline = 0x0a;

/** A line of a file; of one that is too long only its start. */
export type Line = string | { readonly startOfLongLine: string };

/**
 * Unpacks a gzip body into lines, lot by lot as it arrives; memory does not grow with the file.
 * @param size what the listing says the body has, in bytes @param timeoutMs longest silence of the body
 * @throws ConnectorError `malformed` for what is no whole gzip, `unavailable` when the connection broke or went silent
 */
export async function* readLines(
  body: Readable,
  size: number | undefined,
  timeoutMs: number,
): AsyncGenerator<readonly Line[], void, undefined> {
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

async function* cutLines(chunks: AsyncIterable<Buffer>): AsyncGenerator<readonly Line[], void, undefined> {
  let open = openLine;
  for await (const chunk of chunks) {
    const last = chunk.lastIndexOf(newline);
    if (last === -1) {
      open = extend(open, chunk);
      continue;
    }
    const first = open.bytes === 0 ? -1 : chunk.indexOf(newline);
    const lines = first < last ? linesOf(chunk.subarray(first + 1, last)) : [];
    yield first === -1 ? lines : [lineOf(extend(open, chunk.subarray(0, first))), ...lines];
    open = extend(openLine, chunk.subarray(last + 1));
  }
  if (open.bytes > 0) yield [lineOf(open)];
}

// Each line is decoded by itself: one character beyond Latin-1 makes all text decoded with it twice as wide.
function linesOf(text: Buffer): readonly string[] {
  const lines: string[] = [];
  let start = 0;
  for (let end = text.indexOf(newline); end !== -1; end = text.indexOf(newline, start)) {
    lines.push(text.toString('utf8', start, end));
    start = end + 1;
  }
  lines.push(text.toString('utf8', start));
  return lines;
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

function lineOf(open: OpenLine): Line {
  const text = textOf(open.parts);
  return open.bytes > longestLineBytes ? { startOfLongLine: text } : text;
}

function textOf(parts: readonly Buffer[]): string {
  const [only, ...more] = parts;
  return (more.length === 0 && only ? only : Buffer.concat(parts)).toString('utf8');
}
