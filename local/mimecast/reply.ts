import type { Json } from '../../functions/tables/json.ts';

/** How an answer ends on the wire: whole, cut after half its body, or with nothing sent; `hang` keeps the socket open. */
type Ending = 'whole' | 'resetBefore' | 'resetMidway' | 'hang' | 'hangMidway';

/** One answer of the tenant. */
export interface Reply {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Uint8Array;
  readonly ending?: Ending;
}

type Headers = Readonly<Record<string, string>>;

export function textReply(status: number, type: string, text: string, headers: Headers = {}): Reply {
  return { status, headers: { 'content-type': type, ...headers }, body: Buffer.from(text) };
}

export function jsonReply(status: number, value: Json, headers: Headers = {}): Reply {
  return textReply(status, 'application/json', JSON.stringify(value), headers);
}

/** An answer without a body, such as a 400 to a broken id. */
export function emptyReply(status: number, headers: Headers = {}): Reply {
  return { status, headers, body: Buffer.alloc(0) };
}

/** The gateway's refusal: `fail` holds the code itself; some have no message. */
export function flatFail(status: number, code: string, message?: string, headers: Headers = {}): Reply {
  return jsonReply(status, { fail: [message === undefined ? { code } : { code, message }] }, headers);
}

/** A function's refusal: HTTP 200, and `fail` holds the request item with its errors. */
export function nestedFail(key: Json, errors: readonly { readonly code: string; readonly message: string }[]): Reply {
  const listed = errors.map((error) => ({ ...error, retryable: false }));
  return jsonReply(200, { meta: { status: 200 }, data: [], fail: [{ key, errors: listed }] });
}

/** The refusal of the newer endpoints: `error` with code and message. */
export function errorReply(status: number, code: string, message: string): Reply {
  return jsonReply(status, { error: { code, message } });
}

/** The refusal of the host that keeps the files. */
export function xmlError(status: number, code: string, message: string): Reply {
  const body = `<?xml version="1.0" encoding="UTF-8"?>\n<Error><Code>${code}</Code><Message>${message}</Message></Error>`;
  return textReply(status, 'application/xml', body);
}

/** The path is unknown, or its product is not assigned to the application. */
export function appForbidden(): Reply {
  const message = 'Resource or method requested does not exist in any product assigned to the application.';
  return flatFail(403, 'app_forbidden', message);
}

/** The application's role lacks the permission. */
export function roleForbidden(): Reply {
  return flatFail(403, 'app_forbidden', 'Forbidden to perform the requested operation');
}
