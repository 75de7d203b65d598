import type { JsonObject } from '../functions/tables/json.ts';
import type { Random } from '../local/mimecast/plain/random.ts';
import { type Message, anyIp, head, stepId } from './message.ts';

export function receipt(random: Random, message: Message, label: string): JsonObject {
  const allowed = (info: string) => ({ allow: true, info });
  const detail = { spf: allowed('ALLOW'), dkim: allowed(random.pick(['ALLOW', 'UNKNOWN'])), dmarc: allowed('ALLOW') };
  return {
    ...head(random, message, 'Acc'),
    direction: 'Inbound',
    messageId: message.messageId,
    numberAttachments: String(random.int(0, 3)),
    processingId: stepId(label, message),
    receiptErrors: null,
    recipients: message.recipient,
    rejectionCode: null,
    rejectionInfo: null,
    rejectionType: null,
    senderEnvelope: message.sender,
    senderHeader: message.sender,
    senderIp: anyIp(random),
    spamDetectionLevel: random.pick(['7', '28']),
    spamInfo: '[]',
    spamProcessingDetail: JSON.stringify(detail),
    spamScore: String(random.int(0, 60)),
    subject: message.subject,
    subtype: 'Acc',
    timestamp: message.time,
    tlsCipher: 'TLS_AES_256_GCM_SHA384',
    tlsVersion: 'TLSv1.3',
    type: 'receipt',
    virusFound: null,
  };
}

export function refusedReceipt(random: Random, message: Message, label: string): JsonObject {
  return {
    ...head(random, message, 'Rej'),
    direction: 'Inbound',
    messageId: null,
    numberAttachments: '0',
    processingId: stepId(label, message),
    recipients: message.recipient,
    rejectionCode: random.pick(['550', '554']),
    rejectionInfo: random.pick(['Envelope blocked - User Entry', 'Sender address is on a list of spammers']),
    rejectionType: random.pick(['Manual Envelope Rejection', 'IP Found in RBL']),
    senderEnvelope: message.sender,
    senderHeader: null,
    senderIp: anyIp(random),
    spamDetectionLevel: null,
    spamInfo: null,
    spamProcessingDetail: '{"spf":{"allow":true,"info":"ALLOW"}}',
    spamScore: null,
    subject: null,
    subtype: 'Rej',
    timestamp: message.time,
    tlsCipher: 'TLS_AES_256_GCM_SHA384',
    tlsVersion: 'TLSv1.3',
    type: 'receipt',
    virusFound: null,
  };
}

export function process(random: Random, message: Message, label: string): JsonObject {
  return processed(random, message, label, { action: 'Acc', file: `"scan-${random.hex(32)}.pdf"`, reason: null });
}

export function heldProcess(random: Random, message: Message, label: string): JsonObject {
  return processed(random, message, label, { action: 'Hld', file: null, reason: 'Spm' });
}

interface Processing {
  readonly action: string;
  readonly file: string | null;
  readonly reason: string | null;
}

function processed(random: Random, message: Message, label: string, { action, file, reason }: Processing): JsonObject {
  return {
    ...head(random, message, action),
    attachments: file,
    emailSize: String(random.int(2000, 90_000)),
    holdReason: reason,
    messageId: message.messageId,
    numberAttachments: file === null ? '0' : '1',
    processingId: stepId(label, message),
    senderEnvelope: message.sender,
    subject: message.subject,
    subtype: action,
    timestamp: message.time,
    totalSizeAttachments: file === null ? '0' : String(random.int(800, 40_000)),
    type: 'process',
  };
}

export function delivery(random: Random, message: Message, label: string): JsonObject {
  return {
    Hostname: 'mx1.office.example.com',
    ...head(random, message),
    delivered: 'true',
    deliveryAttempts: '1',
    deliveryErrors: null,
    deliveryTime: String(random.int(300, 4000)),
    destinationIp: anyIp(random),
    direction: 'Inbound',
    emailSize: String(random.int(2000, 90_000)),
    messageId: message.messageId,
    numberAttachments: '0',
    processingId: stepId(label, message),
    recipients: message.recipient,
    rejectionCode: null,
    rejectionInfo: null,
    rejectionType: null,
    route: 'Default Delivery Route',
    senderEnvelope: message.sender,
    subject: message.subject,
    subtype: 'true',
    timestamp: message.time,
    tlsCipher: null,
    tlsUsed: 'No',
    tlsVersion: null,
    totalSizeAttachments: '0',
    type: 'delivery',
  };
}
