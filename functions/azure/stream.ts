import {
  type Pipeline,
  type PipelineResponse,
  createDefaultHttpClient,
  createHttpHeaders,
  createPipelineRequest,
} from '@azure/core-rest-pipeline';
import { LogsIngestionClient } from '@azure/monitor-ingestion';
import { ConnectorError } from '../collect/fault.ts';
import { clientOptions } from './client-options.ts';
import type { Credential } from './credential.ts';

/** A data collection rule by its immutable id, where it takes rows, and the tables it has streams for. */
interface Destination {
  readonly endpoint: string;
  readonly rule: string;
  readonly tables: readonly string[];
}

/** How the Logs Ingestion API is reached. */
export interface LogsOptions {
  /** The setting LOGS_INGESTION. */
  readonly destinations: readonly Destination[];
  readonly credential: Credential;
  /** Whom tokens are for, such as `https://monitor.azure.com`. */
  readonly audience: string;
  /** How long one call may take; default 30 s. */
  readonly timeoutMs?: number | undefined;
}

/** Where the rows of a table go; `post` sends a body that is gzip already. */
export interface Stream {
  readonly table: string;
  readonly destination: Destination;
  readonly audience: string;
  readonly timeoutMs: number;
  post(gzip: Buffer, signal: AbortSignal): Promise<PipelineResponse>;
}

/**
 * Finds a table's stream; one client an endpoint. Calls go over the SDK's pipeline, not by its `upload()`, which resolves
 * with rows unsent when aborted, has no time-out, and does not retry a 429 without Retry-After.
 */
export function streams(options: LogsOptions): (table: string) => Stream {
  const { destinations, credential, audience, timeoutMs = 30_000 } = options;
  const httpClient = createDefaultHttpClient();
  const pipelines = new Map<string, Pipeline>();
  for (const { endpoint } of destinations) {
    if (pipelines.has(endpoint)) continue;
    const client = new LogsIngestionClient(endpoint, credential, { audience, ...clientOptions(credential) });
    // It would compress what is compressed, once for every try.
    client.pipeline.removePolicy({ name: 'GzippingPolicy' });
    pipelines.set(endpoint, client.pipeline);
  }
  return (table) => {
    const destination = destinations.find(({ tables }) => tables.includes(table));
    const pipeline = destination && pipelines.get(destination.endpoint);
    if (!pipeline) throw new ConnectorError('denied', `LOGS_INGESTION names no rule for the table ${table}.`);
    const { endpoint, rule } = destination;
    const path = `dataCollectionRules/${encodeURIComponent(rule)}/streams/Custom-${encodeURIComponent(table)}`;
    const url = `${endpoint.replace(/\/+$/, '')}/${path}`;
    const post = (body: Buffer, abortSignal: AbortSignal) => {
      const headers = createHttpHeaders({ 'Content-Type': 'application/json', 'Content-Encoding': 'gzip' });
      const request = createPipelineRequest({ url, method: 'POST', headers, body, abortSignal });
      return pipeline.sendRequest(httpClient, request);
    };
    return { table, destination, audience, timeoutMs, post };
  };
}
