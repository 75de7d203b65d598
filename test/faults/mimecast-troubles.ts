import type { Fault } from '../../functions/collect/fault.ts';
import type { TroubleKind } from '../../local/mimecast/tenant.ts';
import type { FeedEndpoint } from './mimecast-feeds.ts';

/** What a run's Health row says: its fault, or nothing. */
type Said = Fault | '';

/** A kind of trouble, what a run says when it strikes once, and what while it lasts. */
export interface TroubleAt {
  readonly kind: TroubleKind;
  readonly once: Said;
  readonly lasting: Said;
  /** How often it strikes while it lasts, where for ever would mean files without end. */
  readonly times?: number;
  readonly waitMs?: number;
}

function all(
  kinds: readonly TroubleKind[],
  once: Said,
  lasting: Said,
  more: Pick<TroubleAt, 'times' | 'waitMs'> = {},
): readonly TroubleAt[] {
  return kinds.map((kind) => ({ kind, once, lasting, ...more }));
}

const throttled = all(
  ['throttled', 'throttledBare', 'throttledRetryAfter', 'throttledEpochSeconds', 'throttledOtherName'],
  '',
  'throttled',
  { waitMs: 100_000 },
);
const ill = all(
  ['status500', 'status502', 'status503', 'status504', 'resetBefore', 'resetMidway', 'hang', 'hangMidway'],
  '',
  'unavailable',
);
const wrongReplies = all(['html', 'cutJson', 'emptyBody', 'redirect'], 'malformed', 'malformed');

/** What can befall every endpoint of the API behind the token. */
const anyEndpoint: readonly TroubleAt[] = [
  ...throttled,
  ...ill,
  ...wrongReplies,
  ...all(['tokenExpired', 'unauthorized'], '', 'denied'),
  ...all(['tokenVerificationFailed', 'unauthorizedRequest'], '', 'unavailable'),
  ...all(['forbidden', 'roleForbidden', 'forbiddenWithoutFail', 'forbiddenInOk'], 'denied', 'denied'),
  ...all(['failInOk', 'failWithoutKeyInOk', 'flatFailInOk', 'errorInOk', 'errorsInOk', 'nullData'], '', 'unavailable'),
  ...all(['expiredToken', 'expiredTokenInOk'], '', 'expired'),
  ...all(['badRequest'], '', 'malformed'),
  ...all(['noPagination'], '', ''),
];

const anyListing: readonly TroubleAt[] = [
  ...all(['duplicateUrl', 'caughtUpWithData'], '', ''),
  ...all(['emptyNotCaughtUp', 'repeatedEvents'], '', '', { times: 3 }),
];

const anyLegacyList: readonly TroubleAt[] = all(
  ['nextWithEmptyData', 'wrapperEmptyList', 'emptyList', 'objectNext', 'growingTotal', 'repeatedEvents'],
  '',
  '',
);

const onlyHere: Readonly<Record<FeedEndpoint, readonly TroubleAt[]>> = {
  cgBatch: anyListing,
  ciBatch: anyListing,
  audit: [...anyLegacyList, ...all(['strictDates'], '', '')],
  dlp: [...anyLegacyList, ...all(['strictDates'], '', '')],
  ttpUrl: [...anyLegacyList, ...all(['strictDates'], '', '')],
  ttpAttachment: [...anyLegacyList, ...all(['strictDates'], '', '')],
  ttpImpersonation: [...anyLegacyList, ...all(['strictDates'], '', '')],
  performance: anyLegacyList,
  safeScore: anyLegacyList,
  watchlist: anyLegacyList,
  campaigns: anyLegacyList,
  userData: anyLegacyList,
};

/** All that can befall an endpoint. */
export function troublesAt(at: FeedEndpoint): readonly TroubleAt[] {
  return [...anyEndpoint, ...onlyHere[at]];
}

/** All that can befall the endpoint of tokens. */
export const tokenTroubles: readonly TroubleAt[] = [
  ...throttled,
  ...ill,
  ...wrongReplies,
  ...all(['badCredentials', 'echoCredentials', 'unauthorized'], '', 'denied'),
  ...all(['tokenVerificationFailed', 'unauthorizedRequest'], '', 'unavailable'),
  ...all(['forbidden', 'badRequest'], 'denied', 'denied'),
];

/** All that can befall the host of the files: what passes by itself, and what a file may die of. */
export const hostTroubles: readonly TroubleAt[] = [...ill, ...all(['throttledBare'], '', 'unavailable')];
export const deadlyTroubles: readonly TroubleAt[] = all(
  ['linkExpired', 'linkMissing', 'redirect', 'emptyBody', 'cutGzip', 'corruptGzip', 'wrongChecksum', 'notGzip'],
  '',
  'expired',
);
