import type { JsonObject } from '../../../functions/tables/json.ts';
import { anyFile, direction, type Mail } from './mail.ts';
import { anyIp } from './people.ts';
import type { Random } from './random.ts';
import { anySpamDetail } from './spam-detail.ts';

const rejections = [
  ['550', 'Envelope blocked - User Entry', 'Manual Envelope Rejection'],
  ['554', 'rbl.example.net Blocked', 'IP Found in RBL'],
  ['554', 'Rejected by header based Blocked Senders: blocked@example.net', 'Header Rejected'],
  ['0', '[Type: [Phishing & Fraud],Url: [https://pay.example.net/bill]]', 'Malicious QRCode Detection'],
] as const;

/** A message was accepted, or refused: then it has no id and no subject. */
export function receipt(random: Random, mail: Mail): JsonObject {
  const isRejected = random.chance(0.15);
  const [code, info, kind] = isRejected ? random.pick(rejections) : [null, null, null];
  const action = isRejected ? 'Rej' : random.pick(['Acc', 'Acc', 'Acc', 'Ign']);
  return {
    action,
    subtype: action,
    direction: direction(random, mail),
    messageId: isRejected ? null : mail.messageId,
    numberAttachments: String(random.int(0, 2)),
    receiptErrors: isRejected && random.chance(0.3) ? 'Malicious QRCode detected in email: UrlReputationScan' : null,
    recipients: mail.recipients,
    rejectionCode: code,
    rejectionInfo: info,
    rejectionType: kind,
    senderEnvelope: isRejected && random.chance(0.3) ? null : mail.sender,
    senderHeader: isRejected ? null : mail.sender,
    senderIp: mail.senderIp,
    spamDetectionLevel: isRejected ? null : random.pick(['7', '28']),
    spamInfo: isRejected ? null : '[]',
    spamProcessingDetail: anySpamDetail(random),
    spamScore: isRejected ? null : String(random.int(0, 60)),
    subject: isRejected ? null : mail.subject,
    tlsCipher: random.pick(['TLS_AES_256_GCM_SHA384', 'TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384', '']),
    tlsVersion: random.pick(['TLSv1.3', 'TLSv1.2', '', null]),
    virusFound: isRejected ? info : null,
  };
}

/** A message went through the gateway's policies. */
export function process(random: Random, mail: Mail): JsonObject {
  const action = random.pick(['Acc', 'Acc', 'Acc', 'Hld', 'Sdbx', 'Allow', 'Bnc', 'Ign', 'Rej']);
  const files = Array.from({ length: random.int(0, 2) }, () => anyFile(random)[0]);
  return {
    action,
    subtype: action,
    attachments: files.length === 0 ? null : files.map((file) => `"${file}"`).join(', '),
    emailSize: String(random.int(900, 90_000)),
    holdReason: action === 'Hld' ? random.pick(['Spm', 'Oth']) : null,
    messageId: mail.messageId,
    numberAttachments: String(files.length),
    senderEnvelope: mail.sender,
    subject: mail.subject,
    totalSizeAttachments: String(files.length * random.int(800, 40_000)),
  };
}

/** A message was handed on to a recipient's server, or could not be. */
export function delivery(random: Random, mail: Mail): JsonObject {
  const isDelivered = random.chance(0.95);
  const isEncrypted = random.chance(0.9);
  return {
    Hostname: isDelivered ? 'mx1.example.com' : null,
    delivered: String(isDelivered),
    subtype: String(isDelivered),
    deliveryAttempts: String(random.int(1, isDelivered ? 1 : 4)),
    deliveryErrors: isDelivered ? null : 'Connection timed out',
    deliveryTime: String(random.int(300, 4000)),
    destinationIp: anyIp(random),
    direction: random.chance(0.1) ? null : direction(random, mail),
    emailSize: String(random.int(900, 90_000)),
    messageId: mail.messageId,
    numberAttachments: '0',
    recipients: mail.recipients,
    rejectionCode: isDelivered ? null : '550',
    rejectionInfo: isDelivered ? null : 'Mailbox unavailable',
    rejectionType: isDelivered ? null : 'Recipient Server Rejected',
    route: random.pick(['Default Delivery Route', 'Accept and drop messages', null]),
    senderEnvelope: mail.sender,
    subject: mail.subject,
    tlsCipher: isEncrypted ? 'TLS_AES_256_GCM_SHA384' : null,
    tlsUsed: isEncrypted ? random.pick(['Yes', 'true']) : 'No',
    tlsVersion: isEncrypted ? 'TLSv1.3' : null,
    totalSizeAttachments: random.pick(['0', null]),
  };
}

/** A message was journaled; such an event knows neither message id nor subject. */
export function journal(random: Random, mail: Mail): JsonObject {
  return {
    direction: direction(random, mail),
    recipients: mail.recipients,
    senderEnvelope: mail.sender,
    subtype: null,
  };
}
