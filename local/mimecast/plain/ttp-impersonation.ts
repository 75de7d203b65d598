import type { JsonObject } from '../../../functions/tables/json.ts';
import { anyMail, logFrameOf } from './mail.ts';
import { anyIp, anyPerson } from './people.ts';
import { idOf, type Random } from './random.ts';
import { impersonationLog } from './shapes/window-events.ts';

const identifiers = [
  'similar_internal_domain',
  'newly_observed_domain',
  'internal_user_name',
  'reply_address_mismatch',
  'targeted_threat_dictionary',
  'custom_external_domain',
  'mimecast_external_domain',
  'custom_name_list',
  'advanced_similar_internal_domain',
];

/** Makes Impersonation Protect events. */
export function ttpImpersonationEvents(random: Random, label: string): (n: number, time: number) => JsonObject {
  return (n, time) => {
    const mail = anyMail(random, `${label} ${n}`, time);
    const found = Array.from({ length: random.int(1, 3) }, () => random.pick(identifiers));
    return impersonationLog(logFrameOf(mail, time), {
      id: `MTOKEN:eNqr${idOf(`${label} ${n}`)}`,
      identifiers: found,
      likenesses: found.map((source) => likeness(random, source)),
      action: random.pick(['none', 'hold', 'bounce'] as const),
      isTaggedExternal: random.chance(0.3),
      isTaggedMalicious: random.chance(0.5),
      senderIp: anyIp(random),
    });
  };
}

function likeness(random: Random, source: string): JsonObject {
  const { name, address } = anyPerson(random);
  const whole = { impersonationDomainSource: source, stringSimilarToDomain: name };
  return random.chance(0.5) ? { ...whole, similarDomain: `${name} <${address}>`, checkerResult: 'hit' } : whole;
}
