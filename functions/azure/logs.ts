import type { Logs } from '../collect/ports.ts';
import { deliver } from './deliver.ts';
import { inFlight } from './in-flight.ts';
import { type LogsOptions, streams } from './stream.ts';

const bodiesInFlight = 4;

/** Bodies go to the Logs Ingestion API, several at once. Meant to be made once per process. */
export function azureLogs(options: LogsOptions): Logs {
  const streamOf = streams(options);
  return {
    async write(table, bodies, run) {
      const stream = streamOf(table.name);
      let acceptedBytes = 0;
      await inFlight(bodies, bodiesInFlight, async (body, failing) => {
        const bytes = await deliver(body, stream, run, AbortSignal.any([run.abort, failing]));
        acceptedBytes += bytes;
      });
      return acceptedBytes;
    },
  };
}
