import type { TableClient } from '@azure/data-tables';
import { ConnectorError } from '../collect/fault.ts';
import type { Clock } from '../collect/ports.ts';
import { withRetry } from '../collect/retry.ts';
import { type Properties, entityOf } from './entity.ts';
import { type Refusal, failureOf, passingFault, said } from './refusal.ts';
import { within } from './within.ts';

/** How the checkpoint table is reached. */
export interface StoreOptions {
  readonly client: TableClient;
  /** Name of the Mimecast account, the partition. */
  readonly account: string;
  readonly clock: Clock;
  /** A number in [0, 1), for jitter. */
  readonly random: () => number;
  /** How long one call may take; default 10 s. */
  readonly timeoutMs?: number | undefined;
}

/** Writes when nothing was there, or when what was there is still as read. */
type Condition = 'new' | { readonly mode: 'Merge' | 'Replace'; readonly etag: string };

/** One entity of the checkpoint table. All its calls retry what passes by itself, until the signal aborts. */
export interface EntityStore {
  /** @returns undefined when it is not there; the table is created when missing */
  read(signal: AbortSignal): Promise<object | undefined>;
  /** @returns the new ETag; undefined when the condition does not hold, which also follows a write whose reply was lost */
  write(properties: Properties, condition: Condition, signal: AbortSignal): Promise<string | undefined>;
}

const what = 'The checkpoint store';

/** The entity of a feed. @throws ConnectorError from its calls: `denied` names the setting that is wrong */
export function entityStore(options: StoreOptions, feedName: string): EntityStore {
  const { client, account, clock, random, timeoutMs = 10_000 } = options;

  /** @returns the result, or the refusal when `expected` says that the caller deals with it */
  async function call<T>(
    signal: AbortSignal,
    expected: (refusal: Refusal) => boolean,
    request: (abortSignal: AbortSignal) => Promise<T>,
  ): Promise<{ result: T } | { refusal: Refusal }> {
    let tokensRefused = 0;
    const attempt = async () => {
      try {
        return { result: await within(what, timeoutMs, signal, request) };
      } catch (error) {
        const failure = failureOf(error, what, clock.now());
        if (failure instanceof ConnectorError) throw unreachable(failure);
        if (expected(failure)) return { refusal: failure };
        throw faultOf(failure, failure.status === 401 ? tokensRefused++ : 0);
      }
    };
    return withRetry(attempt, { clock, random, deadline: Infinity, throttled: () => undefined }, signal);
  }

  return {
    async read(signal) {
      const get = (abortSignal: AbortSignal) => client.getEntity(account, feedName, { abortSignal });
      const read = await call(signal, isMissing, get);
      if ('result' in read) return read.result;
      const create = (abortSignal: AbortSignal) => client.createTable({ abortSignal });
      if (read.refusal.code === 'TableNotFound') await call(signal, () => false, create);
      return undefined;
    },
    async write(properties, condition, signal) {
      const entity = entityOf(account, feedName, properties);
      const put = (abortSignal: AbortSignal) =>
        condition === 'new'
          ? client.createEntity(entity, { abortSignal })
          : client.updateEntity(entity, condition.mode, { etag: condition.etag, abortSignal });
      const written = await call(signal, (refusal) => isConflict(refusal) || isMissing(refusal), put);
      return 'result' in written ? written.result.etag : undefined;
    },
  };
}

function isMissing({ status, code }: Refusal): boolean {
  return status === 404 && (code === 'ResourceNotFound' || code === 'TableNotFound');
}

function isConflict({ status, code }: Refusal): boolean {
  return status === 412 || (status === 409 && code === 'EntityAlreadyExists');
}

// A host name nobody knows is a wrong setting; a name server that does not answer is EAI_AGAIN.
function unreachable(error: ConnectorError): ConnectorError {
  if (error.code !== 'ENOTFOUND') return error;
  return new ConnectorError('denied', 'CHECKPOINT_STORAGE names a storage account that does not exist.', {
    code: error.code,
  });
}

function faultOf(refusal: Refusal, tokensRefusedBefore: number): ConnectorError {
  const { status, code } = refusal;
  const passing = passingFault(refusal, what);
  if (passing) return passing;
  // A table that is being deleted cannot be made yet.
  if (status === 409) return new ConnectorError('unavailable', `${what} answered ${said(refusal)}.`, { code });
  if (status === 401 && tokensRefusedBefore === 0) {
    return new ConnectorError('unavailable', `${what} refused the identity's token (${said(refusal)}).`, { code });
  }
  if (status === 401 || status === 403 || status === 404) {
    const message = `CHECKPOINT_STORAGE cannot be used (${said(refusal)}): see that it is the storage account's table endpoint, and grant the identity Storage Table Data Contributor on the account.`;
    return new ConnectorError('denied', message, { code });
  }
  return new ConnectorError('malformed', `${what} answered ${said(refusal)}.`, { code });
}
