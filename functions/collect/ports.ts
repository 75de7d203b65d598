import type { Table } from '../tables/table.ts';
import type { Body } from './bodies.ts';
import type { Cursor } from './cursor.ts';
import type { Feed } from './feed.ts';
import type { PageCut } from './cut-page.ts';
import type { Page } from './page.ts';
import type { Stamp } from './row.ts';

/** The one clock: quota, token life, lease, vault age and deadline all read it. */
export interface Clock {
  /** Epoch milliseconds. */
  now(): number;
  /** Resolves after `ms`. @throws the signal's reason when it aborts first */
  wait(ms: number, signal: AbortSignal): Promise<void>;
}

/** A structured log line; fields never hold a secret, a token or a signed query. */
export interface Log {
  info(message: string, fields?: LogFields): void;
  warn(message: string, fields?: LogFields): void;
  error(message: string, fields?: LogFields): void;
}
export type LogFields = Readonly<Record<string, string | number | boolean | undefined>>;

/** What a reader and a writer know of the run they work for. */
export interface Run {
  readonly clock: Clock;
  /** A number in [0, 1), for jitter. */
  readonly random: () => number;
  /** Epoch milliseconds at which reading stops. */
  readonly deadline: number;
  /** Aborts at the deadline or when the app stops: no further reading, the page in hand is still written. */
  readonly stop: AbortSignal;
  /** Aborts some seconds after `stop`: whatever still hangs is given up. */
  readonly abort: AbortSignal;
  /** The first day to read when a feed has no checkpoint, `yyyy-mm-dd`. */
  readonly startDate: string;
  /** Says something to the user of the run: it goes into the Health row's Message. */
  note(message: string): void;
  /** Counts milliseconds spent waiting for a quota. */
  throttled(ms: number): void;
}

/** A saved cursor, and when it was saved (epoch milliseconds). */
export interface Checkpoint {
  readonly cursor: Cursor;
  readonly savedAt: number;
}

/** Reads a feed's pages from a checkpoint on (undefined: from the start date). It cannot advance; a page says where it would be. */
export type Read = (feed: Feed, from: Checkpoint | undefined, run: Run) => AsyncGenerator<Page, void, undefined>;

/**
 * Cuts a page's events into the bodies of their rows, as `cutPage` does, perhaps in another thread: one after the other,
 * as they are asked for. The events cannot be read any more.
 */
export type Cut = (feed: Feed, events: Page['events'], stamp: Stamp) => AsyncGenerator<Body, PageCut, undefined>;

/** Where rows go. */
export interface Logs {
  /**
   * Resolves once the Logs Ingestion API has accepted every body; takes them as it sends them.
   * @returns the bytes accepted, uncompressed
   * @throws ConnectorError when any body was not accepted; some may have been
   */
  write(table: Table, bodies: Iterable<Body> | AsyncIterable<Body>, run: Run): Promise<number>;
}

/** What a feed keeps beside its cursor. */
export interface Keepsakes {
  /** Health rows (as JSON) that could not be written, the newest last; at most 50. */
  readonly unsentHealth: readonly string[];
  /** When the unbroken row of 403s from the data collection rule began (epoch milliseconds). */
  readonly forbiddenSince?: number | undefined;
}

/** One run's hold on a feed's checkpoint: guarded by a lease in it and by its ETag. */
export interface Lease {
  readonly checkpoint: Checkpoint | undefined;
  readonly keepsakes: Keepsakes;
  /** Epoch milliseconds after which another run may take it. */
  readonly until: number;
  /** Saves the cursor. @throws ConnectorError `superseded` when another run has written meanwhile */
  save(cursor: Cursor, signal: AbortSignal): Promise<void>;
  /** Ends the lease and saves what else is to be kept; the cursor stays as last saved. */
  release(keepsakes: Keepsakes, signal: AbortSignal): Promise<void>;
}

/** Where cursors are kept. */
export interface Checkpoints {
  /** Takes the feed's lease for a run, to end at `until`. @throws ConnectorError `superseded` while another run holds it */
  take(feedName: string, runId: string, until: number, signal: AbortSignal): Promise<Lease>;
}

/** The credentials of the Mimecast application. */
export interface Secrets {
  /** The current pair; read once however many ask. @throws ConnectorError when they cannot be read */
  get(): Promise<{ readonly clientId: string; readonly clientSecret: string }>;
  /** They were refused: the next `get` reads them anew. */
  expire(): void;
}
