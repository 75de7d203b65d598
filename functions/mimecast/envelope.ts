import * as z from 'zod';
import { ConnectorError } from '../collect/fault.ts';
import { type Json, isJsonObject, parseJson } from '../tables/json.ts';
import type { Reply } from './http.ts';

/** Records pass unchecked: what is wrong with one is found out when it becomes a row. */
const record = z.custom<Json>();

/** The envelope of `POST /api/…`: records in `data`, or in a named list of its one object. */
export const listEnvelope = z.object({
  meta: z
    .object({
      pagination: z
        .object({
          next: z.union([z.string(), z.object({ pageToken: z.string().nullish() })]).nullish(),
          /** How many records the page has. */
          pageSize: z.unknown().optional(),
        })
        .nullish(),
    })
    .nullish(),
  data: z.array(record).nullish(),
});

/** The envelope of `GET /siem/v1/batch/…`: signed links and the cursor behind them. */
export const batchEnvelope = z.object({
  value: z.array(z.object({ url: z.url(), size: z.number().nullish() })).nullish(),
  '@nextPage': z.string().nullish(),
  isCaughtUp: z.boolean().nullish(),
});

/** Reads a 200's JSON text. @throws ConnectorError `malformed` with the path and what is wrong, never with content */
export function parseBody({ text }: Reply, path: string): Json {
  try {
    return parseJson(text);
  } catch (cause) {
    throw new ConnectorError(
      'malformed',
      `${path} answered with something that is not JSON (${text.length} characters).`,
      { cause },
    );
  }
}

/** Reads an answer in the shape of a schema. @throws ConnectorError `malformed` with the path and shape, never with content */
export function parseReply<T>(reply: Reply, schema: z.ZodType<T>, path: string): T {
  return parseShape(parseBody(reply, path), schema, path);
}

/** Checks a parsed body's shape. @throws ConnectorError `malformed` with the path and shape, never with content */
export function parseShape<T>(body: Json, schema: z.ZodType<T>, path: string): T {
  const parsed = schema.safeParse(body);
  if (parsed.success) return parsed.data;
  const issues = parsed.error.issues.map((issue) => `${issue.path.join('.') || 'body'}: ${issue.code}`);
  throw new ConnectorError('malformed', `${path} answered in an unknown shape (${issues.slice(0, 3).join(', ')}).`);
}

/** The codes an answer complains with, in any of Mimecast's four ways (mimecast-api §8); none when it does not complain. */
export function complaintCodes(body: Json): readonly string[] {
  if (!isJsonObject(body)) return [];
  const single = body['error'] ?? [];
  const complaints = [...listOf(body['fail']), ...listOf(body['errors']), ...listOf(single)];
  return complaints.flatMap((complaint) => {
    const nested = isJsonObject(complaint) ? listOf(complaint['errors'] ?? []) : [];
    return nested.length > 0 ? nested.map(codeOf) : [codeOf(complaint)];
  });
}

/** The status that a legacy envelope states inside, 200 where it states none. */
export function statusInside(body: Json): number {
  const meta = isJsonObject(body) ? body['meta'] : undefined;
  const status = isJsonObject(meta) ? meta['status'] : undefined;
  return typeof status === 'number' ? status : 200;
}

/** The first code that a refusal complains with, whatever its body is. */
export function refusalCode({ text }: Reply): string {
  try {
    return complaintCodes(parseJson(text))[0] ?? 'without a code';
  } catch {
    return 'without a code';
  }
}

/** Spurious, by experience of other clients: the same credentials and token work again later (mimecast-api §8). */
const passingCodes = new Set(['token_verification_failed', 'Unauthorized Request']);

/** Whether a 401 passes by itself. */
export function isPassing401(reply: Reply): boolean {
  return reply.status === 401 && passingCodes.has(refusalCode(reply));
}

function listOf(value: Json | undefined): readonly Json[] {
  if (value === undefined || value === null) return [];
  return Array.isArray(value) ? value : [value];
}

// A code goes into messages, so it must look like one.
function codeOf(complaint: Json): string {
  const code = isJsonObject(complaint) ? complaint['code'] : undefined;
  return typeof code === 'string' && /^[A-Za-z][\w .-]{0,60}$/.test(code) ? code : 'unknown';
}
