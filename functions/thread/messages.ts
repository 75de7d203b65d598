import type { MessagePort } from 'node:worker_threads';
import type { Body } from '../collect/bodies.ts';
import type { PageCut } from '../collect/cut-page.ts';
import type { Page } from '../collect/page.ts';
import type { Stamp } from '../collect/row.ts';

/** A page for the thread: its feed's name, its events and the port at which its bodies are asked for, message by message. */
export interface Task {
  readonly feed: string;
  readonly events: Page['events'];
  readonly stamp: Stamp;
  readonly port: MessagePort;
}

/** What the thread says when it is asked: the next body, after the last one what the page came to, or why there is none. */
export type Answer =
  | { readonly kind: 'body'; readonly body: Body }
  | { readonly kind: 'cut'; readonly cut: PageCut }
  | { readonly kind: 'failed'; readonly error: unknown };
