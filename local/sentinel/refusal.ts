import type { Answer } from '../azure/server.ts';

/** Why a call is refused as a whole. */
export class Refusal extends Error {
  override readonly name = 'Refusal';
  readonly status: number;
  readonly code: string;

  constructor(status: number, code: string, message: string) {
    super(message);
    this.status = status;
    this.code = code;
  }
}

/** The answer that says so. */
export function answerOf({ status, code, message }: Refusal): Answer {
  return { status, json: { error: { code, message } } };
}

/** The answer of a service in trouble. */
export function answerWith(status: number): Answer {
  return answerOf(new Refusal(status, codes[status] ?? 'InternalServerError', 'The call was refused.'));
}

const codes: Readonly<Record<number, string>> = {
  401: 'Unauthorized',
  403: 'OperationFailed',
  413: 'ContentLengthLimitExceeded',
  429: 'TooManyRequests',
  503: 'ServiceUnavailable',
};
