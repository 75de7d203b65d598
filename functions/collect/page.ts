import type { Cursor } from './cursor.ts';
import type { SourceEvent } from './feed.ts';

/** Source text that could not become a row, or a file that could not be read: why, where it stood and what it said. */
export interface Rejection {
  readonly reason: string;
  readonly source: string;
  readonly rawText: string;
}

/** A bounded lot of events and where to go on once every one of them is accepted. */
export interface Page {
  readonly events: readonly SourceEvent[];
  readonly rejected: readonly Rejection[];
  /** Events that were left out because an earlier page had sent them. */
  readonly skipped: number;
  readonly next: Cursor;
  /** When the snapshot was taken; only snapshot pages have it. */
  readonly takenAt?: Date | undefined;
  /** Whether there was nothing newer to read behind this page. */
  readonly caughtUp: boolean;
}
