import type { JsonObject } from '../../../functions/tables/json.ts';
import { anyDigests, anyFile, direction, domainOf, type Mail } from './mail.ts';
import { anyIp } from './people.ts';
import type { Random } from './random.ts';

/** A virus was found. */
export function av(random: Random, mail: Mail): JsonObject {
  const [fileName, fileExtension] = anyFile(random);
  return {
    emailSize: String(random.int(9000, 900_000)),
    fileExtension,
    fileName,
    ...anyDigests(random),
    messageId: mail.messageId,
    recipients: mail.recipients,
    route: direction(random, mail),
    senderDomain: domainOf(mail.sender),
    senderDomainInternal: random.pick(['true', 'false']),
    senderEnvelope: mail.sender,
    senderIp: mail.senderIp,
    subject: mail.subject,
    subtype: null,
    virusFound: random.pick(['Test.Signature.A', 'Doc.Dropper.Sample', 'Heur.Macro.Sample']),
  };
}

/** A message was found to be spam. */
export function spam(random: Random, mail: Mail): JsonObject {
  const tags = random.chance(0.3) ? { taggedExternal: 'true', taggedMalicious: 'false' } : {};
  return {
    messageId: mail.messageId,
    recipients: mail.recipients,
    route: direction(random, mail),
    senderDomain: domainOf(mail.sender),
    senderEnvelope: mail.sender,
    senderHeader: mail.sender,
    senderIp: mail.senderIp,
    subject: random.chance(0.1) ? null : mail.subject,
    subtype: null,
    ...tags,
  };
}

/** A message between colleagues carried something dangerous. */
export function internalEmailProtect(random: Random, mail: Mail): JsonObject {
  const [scanResults, urlCategory] = random.pick([
    ['Blocked URL Category', 'Compromised'],
    ['Restricted File Type - Found executable extension: dll', 'Dangerous file extension'],
  ] as const);
  return {
    messageId: mail.messageId,
    monitoredDomainSource: null,
    recipients: mail.recipients,
    route: 'Internal',
    scanResults,
    senderEnvelope: mail.sender,
    similarDomain: random.chance(0.2) ? 'examp1e.example.net' : null,
    subject: mail.subject,
    subtype: null,
    urlCategory,
  };
}

/** A sender pretended to be somebody else. */
export function impersonationProtect(random: Random, mail: Mail): JsonObject {
  const action = random.pick(['Hold', 'Bounce', 'None']);
  const flag = (): string => random.pick(['true', 'false', 'false']);
  return {
    action,
    subtype: action,
    customNameMatch: flag(),
    customThreatDictionary: flag(),
    internalUserName: flag(),
    itemsDetected: String(random.int(1, 4)),
    messageId: random.chance(0.2) ? '' : mail.messageId,
    mimecastThreatDictionary: flag(),
    newDomain: flag(),
    policyDefinition: 'Default Impersonation Definition',
    recipients: mail.recipients,
    replyMismatch: flag(),
    route: direction(random, mail),
    senderEnvelope: mail.sender,
    senderIp: mail.senderIp,
    similarCustomExternalDomain: flag(),
    similarInternalDomain: flag(),
    similarMimecastExternalDomain: flag(),
    subject: mail.subject,
    taggedExternal: flag(),
    taggedMalicious: flag(),
  };
}

const evidence = { CredentialTheftEvidence: ['The website uses an unencrypted connection'], CredentialTheftTags: [] };
const verdict = { Status: ['CustomerAll', 'VerdictAllow'], CredentialTheftBrands: ['Example Bank'] };

/** A URL was scanned or clicked. */
export function urlProtect(random: Random, mail: Mail): JsonObject {
  const action = random.pick(['Block', 'Allow', 'Warn']);
  return {
    action,
    subtype: action,
    analysis: random.pick([JSON.stringify(evidence), JSON.stringify({ ...verdict, ...evidence }), 'null']),
    blockReason: action === 'Allow' ? null : 'malicious',
    messageId: mail.messageId,
    recipients: mail.recipients,
    route: direction(random, mail),
    senderDomain: domainOf(mail.sender),
    senderEnvelope: mail.sender,
    sourceIp: anyIp(random),
    subject: mail.subject,
    url: random.pick(['http://login.example.net/', 'https://www.example.org/a?b=c&d=%E4%BC%9A', 'http://example.net']),
    urlCategory: random.pick(['Phishing & Fraud', 'Business', 'Compromised']),
  };
}

/** An attachment was held to be dangerous; newer events say more about its message. */
export function attachmentProtect(random: Random, mail: Mail): JsonObject {
  const [fileName, fileExtension, fileMime] = anyFile(random);
  const plain = { fileExtension, fileName, ...anyDigests(random), subtype: null };
  if (random.chance(0.5)) return plain;
  return {
    ...plain,
    fileMime,
    messageId: mail.messageId,
    recipient: mail.recipient.address,
    route: direction(random, mail),
    senderDomain: domainOf(mail.sender),
    senderEnvelope: mail.sender,
    senderIp: mail.senderIp,
    sizeAttachment: String(random.int(2000, 900_000)),
    subject: mail.subject,
  };
}
