import { gunzipSync } from 'node:zlib';
import { isJsonObject, type Json, type JsonObject, parseJson } from '../../functions/tables/json.ts';
import type { Call } from '../azure/server.ts';
import { Refusal } from './refusal.ts';

/** Longest body, compressed and uncompressed alike. */
const maxCallBytes = 1024 * 1024;

/** What a call carries: its rows, and how many bytes they were, uncompressed. */
export interface Payload {
  readonly rows: readonly JsonObject[];
  readonly bytes: number;
}

/** Reads the body of a call: a JSON array of objects in UTF-8, plain or gzip. @throws Refusal */
export function readPayload(call: Call): Payload {
  if (!/^application\/json\s*(;|$)/i.test(call.headers['content-type'] ?? '')) {
    throw new Refusal(415, 'UnsupportedMediaType', 'The content type must be application/json.');
  }
  if (call.size > maxCallBytes) throw tooLong(call.size);
  const bytes = decompress(call);
  const rows = parse(bytes);
  if (!Array.isArray(rows)) throw new Refusal(400, 'InvalidPayload', 'The body must be a JSON array.');
  if (!rows.every(isJsonObject)) throw new Refusal(400, 'InvalidPayload', 'Every record must be a JSON object.');
  return { rows, bytes: bytes.length };
}

function decompress(call: Call): Buffer {
  const encoding = call.headers['content-encoding']?.toLowerCase() ?? 'identity';
  if (encoding === 'identity') return call.body;
  if (encoding !== 'gzip')
    throw new Refusal(415, 'UnsupportedMediaType', `Content-Encoding ${encoding} is not supported.`);
  try {
    return gunzipSync(call.body, { maxOutputLength: maxCallBytes });
  } catch (error) {
    if (error instanceof RangeError) throw tooLong(`more than ${maxCallBytes}`);
    throw new Refusal(400, 'InvalidPayload', 'The body is not valid gzip.');
  }
}

function parse(bytes: Buffer): Json {
  try {
    return parseJson(new TextDecoder('utf-8', { fatal: true }).decode(bytes));
  } catch {
    throw new Refusal(400, 'InvalidPayload', 'The body is not JSON in UTF-8.');
  }
}

function tooLong(bytes: number | string): Refusal {
  const message = `Maximum allowed content length: ${maxCallBytes} bytes (1 MB). Provided content length: ${bytes} bytes.`;
  return new Refusal(413, 'ContentLengthLimitExceeded', message);
}
