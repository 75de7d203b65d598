import { type PipelineResponse, isRestError } from '@azure/core-rest-pipeline';
import * as z from 'zod';
import { ConnectorError } from '../collect/fault.ts';

/** An Azure service's answer other than success: HTTP status, its error code, its own words, how long it asks to wait. */
export interface Refusal {
  readonly status: number;
  readonly code: string | undefined;
  readonly words: string;
  readonly waitMs: number | undefined;
}

type Reply = Pick<PipelineResponse, 'status' | 'headers'> & { readonly bodyAsText?: string | null };

const wordsLength = 300;
const inner = z.object({
  code: z.string().optional(),
  message: z.union([z.string(), z.object({ value: z.string() }).transform(({ value }) => value)]).optional(),
});
// Logs Ingestion and Key Vault answer `error`, Table Storage `odata.error`.
const errorBody = z
  .string()
  .transform((text, context) => {
    try {
      return z.union([z.object({ error: inner }), z.object({ 'odata.error': inner })]).parse(JSON.parse(text));
    } catch {
      context.addIssue('not an error in JSON');
      return z.NEVER;
    }
  })
  .transform((body) => ('error' in body ? body.error : body['odata.error']));

/** Reads a refusing reply. @param now epoch milliseconds, against which a `Retry-After` date is measured */
export function refusalOf(reply: Reply, now: number): Refusal {
  const { data } = errorBody.safeParse(reply.bodyAsText);
  const words = data?.message ?? reply.bodyAsText ?? '';
  return {
    status: reply.status,
    code: data?.code ?? reply.headers.get('x-ms-error-code'),
    words: brief(words),
    waitMs: waitMsOf(reply, now),
  };
}

function brief(words: string): string {
  return words.replace(/\s+/g, ' ').slice(0, wordsLength);
}

// Retry-After is seconds or a date: https://www.rfc-editor.org/rfc/rfc9110#field.retry-after
function waitMsOf({ headers }: Reply, now: number): number | undefined {
  for (const name of ['retry-after-ms', 'x-ms-retry-after-ms']) {
    const ms = Number(headers.get(name) || Number.NaN);
    if (ms >= 0) return ms;
  }
  const told = headers.get('retry-after')?.trim();
  if (!told) return undefined;
  if (/^\d+(\.\d+)?$/.test(told)) return Number(told) * 1000;
  const ms = told.endsWith('GMT') ? Date.parse(told) - now : Number.NaN;
  return Number.isFinite(ms) ? Math.max(0, ms) : undefined;
}

/** What failed of an SDK's call: the refusal in it, or what it means that no reply came. */
export function failureOf(error: unknown, what: string, now: number): Refusal | ConnectorError {
  if (error instanceof ConnectorError) return error;
  if (!isRestError(error)) {
    const message = `${what}: unexpected ${error instanceof Error ? error.message : 'failure'}.`;
    return new ConnectorError('malformed', message, { cause: error });
  }
  if (error.response) {
    const refusal = refusalOf(error.response, now);
    return { ...refusal, code: refusal.code ?? error.code, words: refusal.words || brief(error.message) };
  }
  const message = `${what} could not be reached (${error.code ?? 'no code'}).`;
  return new ConnectorError('unavailable', message, { code: error.code, cause: error });
}

/** What a refusal means wherever it comes from; undefined where only the adapter knows. */
export function passingFault(refusal: Refusal, what: string): ConnectorError | undefined {
  const { status, waitMs, code } = refusal;
  if (status === 429) return new ConnectorError('throttled', `${what} is throttled.`, { code, waitMs });
  if (status !== 408 && status < 500) return undefined;
  return new ConnectorError('unavailable', `${what} answered ${said(refusal)}.`, { code, waitMs });
}

/** A refusal in brackets of a message: status, code and the service's words. */
export function said({ status, code, words }: Refusal): string {
  return [status, code, words]
    .filter(Boolean)
    .join(' ')
    .replace(/[.\s]+$/, '');
}
