import { subscribe, unsubscribe } from 'node:diagnostics_channel';
import { IncomingMessage, ServerResponse } from 'node:http';

/** A request at one of the local servers: when it has arrived, or when the whole answer has been handed to the network. */
export interface Seen {
  readonly at: 'tenant' | 'files' | 'vault' | 'checkpoints' | 'ingestion' | 'other';
  readonly when: 'asked' | 'answered';
  readonly method: string;
  readonly url: string;
  readonly headers: Readonly<Record<string, string | readonly string[] | undefined>>;
  readonly status: number;
}

/** Tells of every request at the servers of this process, as it happens. @returns what ends it */
export function watchRequests(onSeen: (seen: Seen) => void): () => void {
  const telling = (when: Seen['when']) => (message: unknown) => {
    const seen = seenIn(message, when);
    if (seen) onSeen(seen);
  };
  const channels = [
    ['http.server.request.start', telling('asked')],
    ['http.server.response.finish', telling('answered')],
  ] as const;
  for (const [name, tell] of channels) subscribe(name, tell);
  return () => {
    for (const [name, tell] of channels) unsubscribe(name, tell);
  };
}

function seenIn(message: unknown, when: Seen['when']): Seen | undefined {
  if (typeof message !== 'object' || message === null || !('request' in message) || !('response' in message)) return;
  const { request, response } = message;
  if (!(request instanceof IncomingMessage) || !(response instanceof ServerResponse)) return undefined;
  const { method = '', url = '', headers } = request;
  return { at: serverOf(headers.host ?? ''), when, method, url, headers, status: response.statusCode };
}

function serverOf(host: string): Seen['at'] {
  if (host.startsWith('api.services.mimecast.com')) return 'tenant';
  if (host.startsWith('mimecast-siem-batches.')) return 'files';
  if (host.includes('.vault.azure.net')) return 'vault';
  if (host.includes('.table.core.windows.net')) return 'checkpoints';
  return host.includes('.ingest.monitor.azure.com') ? 'ingestion' : 'other';
}
