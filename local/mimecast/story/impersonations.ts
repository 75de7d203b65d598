import type { JsonObject } from '../../../functions/tables/json.ts';
import { idOf, type Random } from '../plain/random.ts';
import { impersonationProtect, type ImpersonationSign } from '../plain/shapes/gateway-threats.ts';
import { impersonationLog } from '../plain/shapes/window-events.ts';
import type { Recorded } from './happening.ts';
import { envelopeOf, type Letter, logFrameOf, told } from './letter.ts';

/** What the TTP log calls what is wrong with a sender, and the sign of it in the gateway's events. */
export const identifiers = {
  similar_internal_domain: 'similarInternalDomain',
  advanced_similar_internal_domain: 'similarInternalDomain',
  newly_observed_domain: 'newDomain',
  internal_user_name: 'internalUserName',
  reply_address_mismatch: 'replyMismatch',
  targeted_threat_dictionary: 'mimecastThreatDictionary',
  custom_external_domain: 'similarCustomExternalDomain',
  mimecast_external_domain: 'similarMimecastExternalDomain',
  custom_name_list: 'customNameMatch',
} as const satisfies Readonly<Record<string, ImpersonationSign>>;

export type Identifier = keyof typeof identifiers;

/** A sender who pretends to be somebody else, and what was done about it. */
export interface Pretence {
  readonly identifiers: readonly Identifier[];
  /** Whom or what the sender is like. */
  readonly like: string;
  readonly action: 'none' | 'hold' | 'bounce';
  readonly isTaggedMalicious: boolean;
}

const gatewayActions = { none: 'None', hold: 'Hold', bounce: 'Bounce' } as const;

/** A pretence as the TTP log tells of it, then as the gateway does. */
export function pretended(
  letter: Letter,
  random: Random,
  pretence: Pretence,
): readonly [log: Recorded, gateway: Recorded] {
  const time = letter.at + 2000;
  const { action, isTaggedMalicious } = pretence;
  const event = impersonationLog(logFrameOf(letter, time), {
    id: `MTOKEN:eNqr${idOf(`impersonation ${letter.label}`)}`,
    identifiers: pretence.identifiers,
    likenesses: pretence.identifiers.map((identifier) => likeness(random, letter, identifier, pretence.like)),
    action,
    isTaggedExternal: true,
    isTaggedMalicious,
    senderIp: letter.senderIp,
  });
  const body = impersonationProtect(envelopeOf(letter), {
    action: gatewayActions[action],
    signs: [...new Set(pretence.identifiers.map((identifier) => identifiers[identifier]))],
    isTaggedExternal: true,
    isTaggedMalicious,
  });
  return [{ feed: 'TtpImpersonation', time, event }, told(letter, 'impersonation protect', body, { time })];
}

function likeness(random: Random, letter: Letter, identifier: Identifier, like: string): JsonObject {
  const whole = { impersonationDomainSource: identifier, stringSimilarToDomain: like };
  if (random.chance(0.4)) return whole;
  return { ...whole, similarDomain: `${like} <${letter.senderHeader}>`, checkerResult: 'hit' };
}
