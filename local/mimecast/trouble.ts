import type { Endpoint } from './endpoints.ts';
import type { BodyKind } from './trouble-bodies.ts';
import type { ReplyKind } from './trouble-replies.ts';

/** Troubles inside a good answer: the place where one shows asks for it by name. */
export type QuirkKind =
  /** `data` or `value` is null */
  | 'nullData'
  /** `meta.pagination` or `@nextPage` is missing; legacy lists: on their last page alone, else rows could not be reached */
  | 'noPagination'
  /** the last page of a legacy list names a next one, behind which every page is empty and names a next one too */
  | 'nextWithEmptyData'
  /** an empty result is `[{list: []}]` */
  | 'wrapperEmptyList'
  /** an empty result is `[]` */
  | 'emptyList'
  /** `next` is `{pageToken}` */
  | 'objectNext'
  /** `totalCount` grows from page to page */
  | 'growingTotal'
  /** the events of a listing come again in other files later; a legacy page holds its events twice */
  | 'repeatedEvents'
  /** a listing shows its first link twice */
  | 'duplicateUrl'
  /** a listing is empty, not caught up and has a new token, behind which the files are */
  | 'emptyNotCaughtUp'
  /** a listing with files says it is caught up, though more follow */
  | 'caughtUpWithData'
  /** dates must end in an offset like +0000; a trailing Z is refused */
  | 'strictDates';

export type TroubleKind = ReplyKind | BodyKind | QuirkKind;

/** Something that goes wrong at one endpoint. */
export interface Trouble {
  readonly at: Endpoint;
  readonly kind: TroubleKind;
  /** How often; 1 when left out, Infinity allowed. */
  readonly times?: number | undefined;
  /** How many occasions pass unharmed first; 0 when left out. */
  readonly after?: number | undefined;
  /** For `files`: only the file of this name. */
  readonly file?: string | undefined;
  /** How long a throttled client is told to wait; 1,000 when left out. */
  readonly waitMs?: number | undefined;
  /** The code in a `fail` or `error`, where one may be chosen. */
  readonly code?: string | undefined;
}

/** What strikes an occasion. */
interface Strike<K> {
  readonly kind: K;
  readonly trouble: Trouble;
}

export interface Troubles {
  add(trouble: Trouble): void;
  calm(): void;
  /** The first trouble of these kinds due at an endpoint; using it up counts for it alone, `after` for each that matches. */
  strike<K extends TroubleKind>(
    at: Endpoint,
    isKind: (kind: TroubleKind) => kind is K,
    file?: string,
  ): Strike<K> | undefined;
}

export function keepTroubles(): Troubles {
  let active: { readonly trouble: Trouble; left: number; wait: number }[] = [];
  return {
    add: (trouble) => void active.push({ trouble, left: trouble.times ?? 1, wait: trouble.after ?? 0 }),
    calm: () => void (active = []),
    strike<K extends TroubleKind>(at: Endpoint, isKind: (kind: TroubleKind) => kind is K, file?: string) {
      let struck: Strike<K> | undefined;
      for (const one of active) {
        const { kind } = one.trouble;
        const matches = one.trouble.at === at && (one.trouble.file === undefined || one.trouble.file === file);
        if (!matches || !isKind(kind)) continue;
        if (one.wait > 0) one.wait--;
        else if (one.left > 0 && !struck) {
          one.left--;
          struck = { kind, trouble: one.trouble };
        }
      }
      return struck;
    },
  };
}
