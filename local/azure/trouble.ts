/**
 * When a trouble strikes: once `after` of the requests it concerns have passed (default 0), then at each `every`th of them
 * (default each), at most `times` times (default: until calm).
 */
export interface Occasion {
  readonly after?: number | undefined;
  readonly every?: number | undefined;
  readonly times?: number | undefined;
}

/**
 * What goes wrong. `slow` handles the request after `ms`; `hang` never answers; `resetBefore` cuts the connection before
 * and `resetAfterAccept` after handling it; `busyAfterAccept` handles it and answers 503; `partial` refuses every nth
 * request with `status` (default 500); `down` refuses connections until calm.
 */
export type Kind =
  | { readonly kind: 'unauthorized' | 'forbidden' | 'tooLarge' | 'status500' | 'status502' | 'status504' }
  | { readonly kind: 'throttled' | 'status503' | 'busyAfterAccept'; readonly retryAfterSeconds?: number | undefined }
  | { readonly kind: 'hang' | 'resetBefore' | 'resetAfterAccept' | 'down' }
  | { readonly kind: 'slow'; readonly ms: number }
  | { readonly kind: 'partial'; readonly every: number; readonly status?: number | undefined };

/** A trouble: what, when and, by the service's own filter, for which requests. */
export type Trouble<Filter = object> = Kind & Occasion & Filter;

/** The troubles a service is in; the first that strikes wins, and later ones do not count that request. */
export interface Troubles<T extends Occasion> {
  add(trouble: T): void;
  clear(): void;
  /** Counts a request against the troubles that concern it. @returns the one that strikes it, if any */
  strike(concerns: (trouble: T) => boolean): T | undefined;
}

interface Entry<T> {
  readonly trouble: T;
  met: number;
  struck: number;
}

/** Starts without troubles. */
export function troubles<T extends Occasion>(): Troubles<T> {
  let entries: Entry<T>[] = [];
  return {
    add: (trouble) => void entries.push({ trouble, met: 0, struck: 0 }),
    clear: () => {
      entries = [];
    },
    strike: (concerns) => entries.find((entry) => concerns(entry.trouble) && strikes(entry))?.trouble,
  };
}

function strikes<T extends Occasion>(entry: Entry<T>): boolean {
  const { after = 0, every = 1, times = Infinity } = entry.trouble;
  entry.met++;
  const turn = entry.met - after;
  if (turn <= 0 || turn % every !== 0 || entry.struck >= times) return false;
  entry.struck++;
  return true;
}

/** The status a trouble answers with, and its `Retry-After` in seconds; undefined when it is none of status. */
export function refusalOf(trouble: Kind): { status: number; retryAfterSeconds?: number | undefined } | undefined {
  switch (trouble.kind) {
    case 'unauthorized':
      return { status: 401 };
    case 'forbidden':
      return { status: 403 };
    case 'tooLarge':
      return { status: 413 };
    case 'throttled':
      return { status: 429, retryAfterSeconds: trouble.retryAfterSeconds };
    case 'status500':
      return { status: 500 };
    case 'status502':
      return { status: 502 };
    case 'status503':
    case 'busyAfterAccept':
      return { status: 503, retryAfterSeconds: trouble.retryAfterSeconds };
    case 'status504':
      return { status: 504 };
    case 'partial':
      return { status: trouble.status ?? 500 };
    case 'slow':
    case 'hang':
    case 'resetBefore':
    case 'resetAfterAccept':
    case 'down':
      return undefined;
  }
}
