import { ConnectorError } from '../collect/fault.ts';

/**
 * Calls a service and gives it up after `timeoutMs` or when the signal aborts, even where the SDK below heeds neither:
 * identity takes no signal at all, and a compressed reply that breaks off never ends.
 * @throws ConnectorError `unavailable` when given up; else what the call throws
 */
export async function within<T>(
  what: string,
  timeoutMs: number,
  signal: AbortSignal | undefined,
  call: (signal: AbortSignal) => Promise<T>,
): Promise<T> {
  const timeout = AbortSignal.timeout(timeoutMs);
  const either = AbortSignal.any(signal ? [signal, timeout] : [timeout]);
  const { promise: givenUp, reject } = Promise.withResolvers<never>();
  const giveUp = () => reject(givenUpError(what, timeoutMs, timeout));
  if (either.aborted) throw givenUpError(what, timeoutMs, timeout);
  either.addEventListener('abort', giveUp, { once: true });
  try {
    return await Promise.race([givenUp, call(either)]);
  } catch (error) {
    throw either.aborted ? givenUpError(what, timeoutMs, timeout) : error;
  } finally {
    either.removeEventListener('abort', giveUp);
  }
}

function givenUpError(what: string, timeoutMs: number, timeout: AbortSignal): ConnectorError {
  return timeout.aborted
    ? new ConnectorError('unavailable', `${what} did not answer within ${timeoutMs} ms.`, { code: 'timeout' })
    : new ConnectorError('unavailable', `${what} was given up because the run ended.`, { code: 'aborted' });
}
