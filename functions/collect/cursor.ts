/** Windows overlap by this: an event that Mimecast shows up to 15 minutes late is found by the next, with 5 minutes to spare. */
export const overlapMs = 20 * 60_000;

/** A day as Mimecast's batch API and the settings write it: `yyyy-mm-dd`, UTC. */
export type Day = string;

/** How often a batch file has failed, counted in runs, since when (ISO time), and how many of its lines were read. */
export interface FailedFile {
  readonly runs: number;
  readonly since: string;
  readonly line: number;
}

/**
 * Where a batch feed goes on: which listing, which of its files are done or failing, and how far the open file was read.
 * Files are named by their link's path, since the query carries the signature.
 */
export interface BatchCursor {
  readonly kind: 'batch';
  readonly listing: { readonly from: Day; readonly token?: string | undefined };
  readonly done: readonly string[];
  readonly failed: Readonly<Record<string, FailedFile>>;
  readonly file?: string | undefined;
  readonly line: number;
}

/** The ids of events already sent, 8 bytes each, the oldest event first. */
export type SentIds = Uint8Array;

/**
 * Where a window feed goes on: the end of the last whole window, and the open window with its next page token.
 * `recent` are the ids sent before the open window that it may show again, `seen` those met in it so far; times are ISO.
 */
export interface WindowCursor {
  readonly kind: 'window';
  readonly until: string;
  readonly open?: { readonly from: string; readonly to: string; readonly token: string } | undefined;
  readonly recent: SentIds;
  readonly seen: SentIds;
}

/**
 * Where a snapshot feed goes on: when the snapshot began (ISO; its UTC day names it), the page token inside it and,
 * for a list read per campaign, which page of campaigns and which campaign. `done` once it is whole.
 */
export interface SnapshotCursor {
  readonly kind: 'snapshot';
  readonly takenAt: string;
  readonly done: boolean;
  readonly token?: string | undefined;
  readonly campaigns?: { readonly token?: string | undefined; readonly id: string } | undefined;
}

export type Cursor = BatchCursor | WindowCursor | SnapshotCursor;

/** A batch feed that has read nothing: the listing from a day on. */
export function firstBatchCursor(from: Day): BatchCursor {
  return { kind: 'batch', listing: { from }, done: [], failed: {}, line: 0 };
}

/** A window feed that has read nothing: as if all before a day had been, so that its first window goes back by the overlap. */
export function firstWindowCursor(from: Day): WindowCursor {
  const until = new Date(Date.parse(from) + overlapMs).toISOString();
  return { kind: 'window', until, recent: new Uint8Array(), seen: new Uint8Array() };
}

/** A snapshot that begins. @param now epoch milliseconds */
export function firstSnapshotCursor(now: number): SnapshotCursor {
  return { kind: 'snapshot', takenAt: new Date(now).toISOString(), done: false };
}
