import type { JsonObject } from '../functions/tables/json.ts';
import { type Random, hexIdOf } from '../local/mimecast/plain/random.ts';
import { type Message, anyIp, head, stepId } from './message.ts';

export function spam(random: Random, message: Message, label: string): JsonObject {
  return {
    ...head(random, message),
    messageId: message.messageId,
    processingId: stepId(label, message),
    recipients: message.recipient,
    route: 'Inbound',
    senderDomain: message.sender.split('@')[1] ?? '',
    senderEnvelope: message.sender,
    senderHeader: message.sender,
    senderIp: anyIp(random),
    subject: message.subject,
    subtype: null,
    timestamp: message.time,
    type: 'spam',
  };
}

export function journal(random: Random, message: Message, label: string): JsonObject {
  return {
    ...head(random, message),
    direction: 'Internal',
    processingId: stepId(label, message),
    recipients: message.recipient,
    senderEnvelope: message.sender,
    subtype: null,
    timestamp: message.time,
    type: 'journal',
  };
}

export function internalEmailProtect(random: Random, message: Message, label: string): JsonObject {
  return {
    ...head(random, message),
    messageId: message.messageId,
    monitoredDomainSource: null,
    processingId: stepId(label, message),
    recipients: message.recipient,
    route: 'Internal',
    scanResults: 'Blocked URL Category',
    senderEnvelope: message.sender,
    similarDomain: null,
    subject: message.subject,
    subtype: null,
    timestamp: message.time,
    type: 'internal email protect',
    urlCategory: random.pick(['Compromised', 'Phishing & Fraud']),
  };
}

export function attachmentProtect(random: Random, message: Message, label: string): JsonObject {
  const digest = hexIdOf(`file ${label}`);
  return {
    ...head(random, message),
    fileExtension: 'pdf',
    fileName: `statement-${random.int(1, 9)}.pdf`,
    md5: digest.slice(0, 32),
    processingId: stepId(label, message),
    sha1: digest.slice(24),
    sha256: digest,
    subtype: null,
    timestamp: message.time,
    type: 'attachment protect',
  };
}
