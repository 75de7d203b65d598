import type { Json } from '../../../functions/tables/json.ts';
import type { Random } from './random.ts';

/** `spamProcessingDetail` in one of its four encodings: nothing, an object, its JSON text, or the JSON text of that text. */
export function anySpamDetail(random: Random): Json {
  const detail = {
    spf: { allow: random.chance(0.9), info: random.pick(['ALLOW', 'NONE', 'SOFT_FAIL']) },
    dkim: { allow: true, info: random.pick(['ALLOW', 'UNKNOWN']) },
    dmarc: { allow: random.chance(0.9), info: random.pick(['ALLOW', 'NONE']) },
    rbl: { allow: true, info: '' },
    permittedSender: { allow: true, info: 'NONE' },
    greyEmail: random.chance(0.2),
    verdict: {
      categories: [{ name: 'spam', score: random.int(0, 90), risk: 'negligible', subcategories: [] }],
      decision: 'none',
      description: 'default',
      risk: 'negligible',
    },
  };
  switch (random.int(0, 3)) {
    case 0:
      return null;
    case 1:
      return detail;
    case 2:
      return JSON.stringify(detail);
    default:
      return JSON.stringify(JSON.stringify(detail));
  }
}
