/**
 * Why something failed, named for what to do next: wait as told · retry, then stop · start the window, page or day again
 * · grant a right or set it right · look at the reply · shorten the row · leave it to the other run.
 */
export type Fault = 'throttled' | 'unavailable' | 'expired' | 'denied' | 'malformed' | 'oversized' | 'superseded';

interface Details {
  /** The service's own code, such as `app_forbidden`. */
  readonly code?: string | undefined;
  /** How long the service asks to wait, in milliseconds. */
  readonly waitMs?: number | undefined;
  readonly cause?: unknown;
}

/** The one error of the product: adapters translate every failure into it, and only `collect` decides what follows. */
export class ConnectorError extends Error {
  override readonly name = 'ConnectorError';
  readonly fault: Fault;
  readonly code: string | undefined;
  readonly waitMs: number | undefined;

  /** @param message for a person: what is wrong and what to do; never with a secret, token or signed query in it */
  constructor(fault: Fault, message: string, details: Details = {}) {
    super(redact(message), details.cause === undefined ? undefined : { cause: safeCause(details.cause) });
    this.fault = fault;
    this.code = details.code;
    this.waitMs = details.waitMs;
  }
}

/** The fault of any error; what no adapter has translated is malformed: a reply or a state nobody foresaw. */
export function faultOf(error: unknown): Fault {
  return error instanceof ConnectorError ? error.fault : 'malformed';
}

/** An error's text without signed queries, bearer tokens and key=value secrets. */
export function redact(text: string): string {
  return text
    .replace(/\?[^\s"'<>]+/g, '?…')
    .replace(/\b(bearer|basic)\s+[\w+/=.~-]+/gi, '$1 …')
    .replace(
      /\b((?:client_)?secret|client_id|access_token|password|AccountKey|sig)(["']?\s*[=:]\s*["']?)[^\s"'&;,}]+/gi,
      '$1$2…',
    );
}

// An AxiosError or RestError carries headers and bodies; only its name, code, status and redacted message go on.
function safeCause(cause: unknown): Error {
  if (cause instanceof ConnectorError) return cause;
  if (!(cause instanceof Error)) return new Error(redact(String(cause)));
  const code = 'code' in cause && typeof cause.code === 'string' ? ` ${cause.code}` : '';
  const status = 'status' in cause ? cause.status : 'statusCode' in cause ? cause.statusCode : undefined;
  const safe = new Error(
    `${cause.name}${code}${typeof status === 'number' ? ` ${status}` : ''}: ${redact(cause.message)}`,
  );
  if (cause.stack !== undefined) safe.stack = redact(cause.stack);
  return safe;
}
