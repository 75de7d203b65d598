import { type Body, halve } from '../collect/bodies.ts';
import { ConnectorError } from '../collect/fault.ts';
import { free } from '../collect/free.ts';
import type { Run } from '../collect/ports.ts';
import { withRetry } from '../collect/retry.ts';
import { pack, unpack } from './packing.ts';
import { type Refusal, failureOf, passingFault, refusalOf, said } from './refusal.ts';
import type { Stream } from './stream.ts';
import { within } from './within.ts';

/** What a try came to, where trying the same again is no use: accepted, to be sent in parts, or an error. */
type Outcome = 'accepted' | readonly Body[] | ConnectorError;

/**
 * Sends a body until it is accepted; one that is too large in halves. Its memory is freed as soon as it is compressed.
 * @param signal ends waiting between tries; a call on its way ends at the run's `abort`
 * @returns the bytes accepted, uncompressed
 */
export async function deliver(body: Body, stream: Stream, run: Run, signal: AbortSignal): Promise<number> {
  const packed = await pack(body.json);
  free(body.json);
  let tokensRefused = 0;
  const outcome = await withRetry<Outcome>(
    async () => {
      const reply = await send(packed, stream, run);
      if (reply === undefined) return 'accepted';
      if (reply.status === 413) return halve({ ...body, json: unpack(packed) });
      return outcomeOf(reply, stream, reply.status === 401 ? tokensRefused++ : 0);
    },
    run,
    signal,
  );
  if (outcome === 'accepted') return body.bytes;
  if (outcome instanceof ConnectorError) throw outcome;
  let bytes = 0;
  for (const part of outcome) bytes += await deliver(part, stream, run, signal);
  return bytes;
}

/** @returns nothing when the body was accepted, else why not @throws ConnectorError when no reply came */
async function send(gzip: Buffer, stream: Stream, run: Run): Promise<Refusal | undefined> {
  const what = nameOf(stream);
  try {
    const reply = await within(what, stream.timeoutMs, run.abort, (signal) => stream.post(gzip, signal));
    return reply.status === 204 || reply.status === 200 ? undefined : refusalOf(reply, run.clock.now());
  } catch (error) {
    const failure = failureOf(error, what, run.clock.now());
    if (failure instanceof ConnectorError) throw failure;
    return failure;
  }
}

/** @throws ConnectorError when the same may succeed at another try */
function outcomeOf(refusal: Refusal, stream: Stream, tokensRefusedBefore: number): Outcome {
  const { table, destination, audience } = stream;
  const what = nameOf(stream);
  const passing = passingFault(refusal, what);
  if (passing) throw passing;
  switch (refusal.status) {
    case 401: {
      const message = `${what} refused the identity's token (${said(refusal)}): see that AZURE_CLOUD is the cloud of the rule; the token was for ${audience}.`;
      if (tokensRefusedBefore > 0) return new ConnectorError('denied', message, { code: 'token_refused' });
      throw new ConnectorError('unavailable', message, { code: 'token_refused' });
    }
    case 403: {
      const message = `${what} refused the identity (${said(refusal)}): grant it Monitoring Metrics Publisher on the data collection rule ${destination.rule}; that takes up to 30 minutes to work.`;
      return new ConnectorError('unavailable', message, { code: 'dcr_forbidden' });
    }
    case 400:
    case 404: {
      const message = `LOGS_INGESTION is wrong for the table ${table}: ${destination.endpoint} answered ${said(refusal)}. See that it is the rule's own endpoint, ${destination.rule} the rule's immutable id, and that the rule declares the stream Custom-${table}.`;
      return new ConnectorError('denied', message, { code: refusal.code });
    }
    default:
      return new ConnectorError('malformed', `${what} answered ${said(refusal)}.`, { code: refusal.code });
  }
}

function nameOf({ table }: Stream): string {
  return `Logs Ingestion for ${table}`;
}
