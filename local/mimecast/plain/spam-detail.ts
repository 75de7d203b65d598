import type { Json, JsonObject } from '../../../functions/tables/json.ts';
import type { Random } from './random.ts';

/** What the gateway found of a sender and a message. */
export interface SpamFacts {
  readonly spf: 'ALLOW' | 'NONE' | 'SOFT_FAIL' | 'FAIL';
  readonly dkim: 'ALLOW' | 'UNKNOWN';
  readonly dmarc: 'ALLOW' | 'NONE' | 'FAIL';
  readonly rbl?: string;
  readonly isPermitted: boolean;
  readonly isGreyMail: boolean;
  readonly score: number;
}

/** `spamProcessingDetail` in one of its four encodings: nothing, an object, its JSON text, or the JSON text of that text. */
export function spamDetail(random: Random, facts: SpamFacts): Json {
  switch (random.int(0, 3)) {
    case 0:
      return null;
    case 1:
      return detailOf(facts);
    case 2:
      return JSON.stringify(detailOf(facts));
    default:
      return JSON.stringify(JSON.stringify(detailOf(facts)));
  }
}

/** Any `spamProcessingDetail`. */
export function anySpamDetail(random: Random): Json {
  return spamDetail(random, {
    spf: random.pick(['ALLOW', 'NONE', 'SOFT_FAIL'] as const),
    dkim: random.pick(['ALLOW', 'UNKNOWN'] as const),
    dmarc: random.pick(['ALLOW', 'NONE', 'FAIL'] as const),
    isPermitted: false,
    isGreyMail: random.chance(0.2),
    score: random.int(0, 90),
  });
}

function detailOf({ spf, dkim, dmarc, rbl, isPermitted, isGreyMail, score }: SpamFacts): JsonObject {
  const risk = score < 40 ? 'negligible' : 'high';
  return {
    spf: { allow: spf === 'ALLOW' || spf === 'NONE', info: spf },
    dkim: { allow: true, info: dkim },
    dmarc: { allow: dmarc !== 'FAIL', info: dmarc },
    rbl: { allow: rbl === undefined, info: rbl ?? '' },
    permittedSender: { allow: true, info: isPermitted ? 'ALLOW' : 'NONE' },
    greyEmail: isGreyMail,
    verdict: {
      categories: [{ name: 'spam', score, risk, subcategories: [] }],
      decision: score < 40 ? 'none' : 'spam',
      description: 'default',
      risk,
    },
  };
}
