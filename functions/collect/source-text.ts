import { type Json, isJsonObject, parseJson } from '../tables/json.ts';
import type { SourceEvent } from './feed.ts';
import type { Rejection } from './page.ts';
import { shortenText } from './shorten.ts';

/** Text of files in UTF-8: whole lines in one block, in order, and among them what was rejected while it was read. */
export interface SourceText {
  readonly block: Uint8Array<ArrayBuffer>;
  readonly parts: readonly (Lines | Rejection)[];
}

/** Lines of a file: from where to where they are in the block, and how many lines of the file stand before them. */
export interface Lines {
  readonly start: number;
  readonly end: number;
  readonly file: string;
  readonly linesBefore: number;
}

/** The events in source text; blank lines are none. @param rejected takes what is no event, in order */
export function* eventsIn(
  { block, parts }: SourceText,
  rejected: Rejection[],
): Generator<SourceEvent, void, undefined> {
  const text = Buffer.from(block.buffer, block.byteOffset, block.byteLength);
  for (const part of parts) {
    if ('reason' in part) rejected.push(part);
    else yield* eventsOf(part, text.subarray(part.start, part.end), rejected);
  }
}

function* eventsOf(
  { file, linesBefore }: Lines,
  text: Buffer,
  rejected: Rejection[],
): Generator<SourceEvent, void, undefined> {
  let number = linesBefore;
  for (const line of linesOf(text)) {
    number++;
    const read = readLine(line);
    if (read?.event) yield read.event;
    else if (read) rejected.push({ reason: read.reason, source: `${file}:${number}`, rawText: shortenText(line) });
  }
}

const newline = 0x0a;
const whiteSpace = new Set(Buffer.from(' \t\r\n'));

// Each line is decoded by itself: one character beyond Latin-1 makes all text decoded with it twice as wide.
function* linesOf(text: Buffer): Generator<string, void, undefined> {
  let start = 0;
  for (let end = text.indexOf(newline); end !== -1; end = text.indexOf(newline, start)) {
    yield text.toString('utf8', start, end);
    start = end + 1;
  }
  yield text.toString('utf8', start);
}

/** Whether text in UTF-8 is nothing but white space. */
export function isBlank(text: Buffer): boolean {
  return text.every((byte) => whiteSpace.has(byte));
}

type ReadLine = { readonly event: SourceEvent } | { readonly event?: undefined; readonly reason: string } | undefined;

const byteOrderMark = '\uFEFF';
/** Deeper JSON would overflow the stack of what walks through it; no event is. */
const deepestNesting = 200;

function readLine(line: string): ReadLine {
  if (line.length === 0 || line.trim() === '') return undefined;
  try {
    const value = parseJson(line.startsWith(byteOrderMark) ? line.slice(1) : line);
    if (!isJsonObject(value)) return { reason: 'the line is JSON, but no object' };
    const isTooDeep = line.length > 2 * deepestNesting && isDeeper(value, deepestNesting);
    return isTooDeep ? { reason: `the line is nested more than ${deepestNesting} levels deep` } : { event: value };
  } catch {
    return { reason: 'the line is not JSON' };
  }
}

function isDeeper(value: Json, levels: number): boolean {
  if (typeof value !== 'object' || value === null) return false;
  return levels === 0 || Object.values(value).some((item) => isDeeper(item, levels - 1));
}
