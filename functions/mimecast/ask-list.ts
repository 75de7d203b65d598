import type * as z from 'zod';
import type { Run } from '../collect/ports.ts';
import { retryDelayMs } from '../collect/retry.ts';
import type { Call, Client } from './client.ts';
import { parseShape } from './envelope.ts';

const tries = 3;

/**
 * Asks for an answer with a list in it. Mimecast's empty lists are `[]`; one that is null or missing is asked for again,
 * lest the records that belong there be passed over.
 * @returns the answer, its list null if it stayed so; undefined when it says that there is no data @throws ConnectorError
 */
export async function askList<T>(
  call: Call,
  schema: z.ZodType<T>,
  listOf: (answer: T) => unknown,
  client: Client,
  run: Run,
): Promise<T | undefined> {
  for (let attempt = 1; ; attempt++) {
    const body = await client.ask(call, run);
    if (body === undefined) return undefined;
    const answer = parseShape(body, schema, call.path);
    if (Array.isArray(listOf(answer)) || attempt === tries) return answer;
    await run.clock.wait(retryDelayMs('unavailable', attempt, undefined, run.random()), run.stop);
  }
}
