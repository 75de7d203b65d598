import type { ServerResponse } from 'node:http';
import type { LocalSentinel } from './local-sentinel.ts';

/** The page is told of changes at most so often. */
const pauseMs = 400;

/** Sends the overview now and whenever it has changed, as server-sent events, until the reader leaves. */
export function streamOverview(sentinel: LocalSentinel, response: ServerResponse): void {
  response.writeHead(200, { 'Content-Type': 'text/event-stream', 'Cache-Control': 'no-store' });
  let timer: NodeJS.Timeout | undefined;
  let isStale = false;

  const send = (): void => {
    isStale = false;
    response.write(`data: ${JSON.stringify(sentinel.overview())}\n\n`);
    timer = setTimeout(() => {
      timer = undefined;
      if (isStale) send();
    }, pauseMs);
  };
  const forget = sentinel.onChange(() => {
    isStale = true;
    if (!timer) send();
  });
  response.once('close', () => {
    forget();
    clearTimeout(timer);
  });
  send();
}
