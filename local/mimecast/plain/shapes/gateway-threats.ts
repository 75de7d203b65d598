import type { Json, JsonObject } from '../../../../functions/tables/json.ts';
import { domainOf, type Envelope, said } from './gateway-event.ts';

/** A file in a message. */
export interface FileFacts {
  readonly name: string;
  readonly extension: string;
  readonly mime: string;
  readonly bytes: number;
  readonly md5: string;
  readonly sha1: string;
  readonly sha256: string;
}

/** A virus was found in a file. */
export function av(
  mail: Envelope,
  file: FileFacts,
  how: { readonly virus: string; readonly isFromInside: boolean },
): JsonObject {
  return {
    emailSize: said(file.bytes + 4000),
    ...plainFile(file),
    messageId: mail.messageId,
    recipients: mail.recipients,
    ...senderOf(mail),
    senderDomainInternal: said(how.isFromInside),
    subtype: null,
    virusFound: how.virus,
  };
}

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

/** An attachment was found to be dangerous; newer events say more about its message, most say nothing of it. */
export function attachmentProtect(file: FileFacts, mail: Envelope | undefined): JsonObject {
  const plain = { ...plainFile(file), subtype: null };
  if (!mail) return plain;
  return {
    ...plain,
    fileMime: file.mime,
    messageId: mail.messageId,
    recipient: mail.recipients,
    ...senderOf(mail),
    sizeAttachment: said(file.bytes),
  };
}

function plainFile({ extension, name, md5, sha1, sha256 }: FileFacts): Record<string, Json> {
  return { fileExtension: extension, fileName: name, md5, sha1, sha256 };
}

function senderOf(mail: Envelope): Record<string, Json> {
  return {
    route: mail.direction,
    senderDomain: domainOf(mail.sender),
    senderEnvelope: mail.sender,
    senderIp: mail.senderIp,
    subject: mail.subject,
  };
}
