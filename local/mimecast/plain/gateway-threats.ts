import type { JsonObject } from '../../../functions/tables/json.ts';
import { anyFileFacts, envelopeOf, type Mail } from './mail.ts';
import { anyIp } from './people.ts';
import type { Random } from './random.ts';
import * as files from './shapes/gateway-files.ts';
import * as shape from './shapes/gateway-threats.ts';

/** A virus was found. */
export function av(random: Random, mail: Mail): JsonObject {
  return files.av(envelopeOf(random, mail), anyFileFacts(random), {
    virus: random.pick(['Test.Signature.A', 'Doc.Dropper.Sample', 'Heur.Macro.Sample']),
    isFromInside: random.chance(0.5),
  });
}

/** A message was found to be spam. */
export function spam(random: Random, mail: Mail): JsonObject {
  return shape.spam(envelopeOf(random, mail), {
    subject: random.chance(0.1) ? null : mail.subject,
    tags: random.chance(0.3) ? { taggedExternal: 'true', taggedMalicious: 'false' } : undefined,
  });
}

/** A message between colleagues carried something dangerous. */
export function internalEmailProtect(random: Random, mail: Mail): JsonObject {
  const [scanResults, urlCategory] = random.pick([
    ['Blocked URL Category', 'Compromised'],
    ['Restricted File Type - Found executable extension: dll', 'Dangerous file extension'],
  ] as const);
  return shape.internalEmailProtect(
    { ...envelopeOf(random, mail), direction: 'Internal' },
    { scanResults, urlCategory, similarDomain: random.chance(0.2) ? 'examp1e.example.net' : null },
  );
}

/** A sender pretended to be somebody else. */
export function impersonationProtect(random: Random, mail: Mail): JsonObject {
  const envelope = envelopeOf(random, mail);
  return shape.impersonationProtect(random.chance(0.2) ? { ...envelope, messageId: '' } : envelope, {
    action: random.pick(['Hold', 'Bounce', 'None'] as const),
    signs: shape.impersonationSigns.filter(() => random.chance(0.3)),
    isTaggedExternal: random.chance(0.3),
    isTaggedMalicious: random.chance(0.3),
  });
}

const evidence = { CredentialTheftEvidence: ['The website uses an unencrypted connection'], CredentialTheftTags: [] };
const verdict = { Status: ['CustomerAll', 'VerdictAllow'], CredentialTheftBrands: ['Example Bank'] };

/** A URL was scanned or clicked. */
export function urlProtect(random: Random, mail: Mail): JsonObject {
  const action = random.pick(['Block', 'Allow', 'Warn'] as const);
  return shape.urlProtect(envelopeOf(random, mail), {
    action,
    analysis: random.pick([JSON.stringify(evidence), JSON.stringify({ ...verdict, ...evidence }), 'null']),
    blockReason: action === 'Allow' ? null : 'malicious',
    sourceIp: anyIp(random),
    url: random.pick(['http://login.example.net/', 'https://www.example.org/a?b=c&d=%E4%BC%9A', 'http://example.net']),
    urlCategory: random.pick(['Phishing & Fraud', 'Business', 'Compromised']),
  });
}

/** An attachment was found to be dangerous; half of these events say nothing of its message. */
export function attachmentProtect(random: Random, mail: Mail): JsonObject {
  const file = anyFileFacts(random);
  const envelope = { ...envelopeOf(random, mail), recipients: mail.recipient.address };
  return files.attachmentProtect(file, random.chance(0.5) ? envelope : undefined);
}
