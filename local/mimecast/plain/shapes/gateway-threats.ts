import type { JsonObject } from '../../../../functions/tables/json.ts';
import { type Envelope, said, senderOf } from './gateway-event.ts';

/** A message was found to be spam. */
export function spam(
  mail: Envelope,
  how: { readonly subject: string | null; readonly tags?: JsonObject | undefined },
): JsonObject {
  return {
    messageId: mail.messageId,
    recipients: mail.recipients,
    ...senderOf(mail),
    senderHeader: mail.sender,
    subject: how.subject,
    subtype: null,
    ...how.tags,
  };
}

/** What was found in a message between colleagues. */
export interface InternalFinding {
  readonly scanResults: string;
  readonly urlCategory: string;
  readonly similarDomain: string | null;
}

/** A message between colleagues carried something dangerous. */
export function internalEmailProtect(mail: Envelope, found: InternalFinding): JsonObject {
  return {
    messageId: mail.messageId,
    monitoredDomainSource: null,
    recipients: mail.recipients,
    route: mail.direction,
    scanResults: found.scanResults,
    senderEnvelope: mail.sender,
    similarDomain: found.similarDomain,
    subject: mail.subject,
    subtype: null,
    urlCategory: found.urlCategory,
  };
}

/** What can be wrong with a sender, as the gateway's events name it. */
export const impersonationSigns = [
  'customNameMatch',
  'customThreatDictionary',
  'internalUserName',
  'mimecastThreatDictionary',
  'newDomain',
  'replyMismatch',
  'similarCustomExternalDomain',
  'similarInternalDomain',
  'similarMimecastExternalDomain',
] as const;

export type ImpersonationSign = (typeof impersonationSigns)[number];

/** A sender pretended to be somebody else. */
export function impersonationProtect(
  mail: Envelope,
  how: {
    readonly action: 'Hold' | 'Bounce' | 'None';
    readonly signs: readonly ImpersonationSign[];
    readonly isTaggedExternal: boolean;
    readonly isTaggedMalicious: boolean;
  },
): JsonObject {
  return {
    action: how.action,
    subtype: how.action,
    ...Object.fromEntries(impersonationSigns.map((sign) => [sign, said(how.signs.includes(sign))])),
    itemsDetected: said(how.signs.length),
    messageId: mail.messageId,
    policyDefinition: 'Default Impersonation Definition',
    recipients: mail.recipients,
    route: mail.direction,
    senderEnvelope: mail.sender,
    senderIp: mail.senderIp,
    subject: mail.subject,
    taggedExternal: said(how.isTaggedExternal),
    taggedMalicious: said(how.isTaggedMalicious),
  };
}

/** A URL and what became of it; `sourceIp` is the clicker's. */
export interface UrlFinding {
  readonly action: 'Block' | 'Allow' | 'Warn';
  readonly url: string;
  readonly urlCategory: string;
  readonly blockReason: string | null;
  readonly sourceIp: string;
  /** JSON text, or the text `null`. */
  readonly analysis: string;
}

/** A URL was scanned or clicked. */
export function urlProtect(mail: Envelope, found: UrlFinding): JsonObject {
  const { action, analysis, blockReason, sourceIp, url, urlCategory } = found;
  const { senderIp: _, ...sender } = senderOf(mail);
  return {
    action,
    subtype: action,
    analysis,
    blockReason,
    messageId: mail.messageId,
    recipients: mail.recipients,
    ...sender,
    sourceIp,
    url,
    urlCategory,
  };
}
