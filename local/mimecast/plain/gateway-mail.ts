import type { JsonObject } from '../../../functions/tables/json.ts';
import { anyFile, anyTls, direction, envelopeOf, type Mail } from './mail.ts';
import { anyIp } from './people.ts';
import type { Random } from './random.ts';
import { delivery as deliveryShape } from './shapes/gateway-delivery.ts';
import * as shape from './shapes/gateway-mail.ts';
import { anySpamDetail } from './spam-detail.ts';

const rejections = [
  { code: '550', info: 'Envelope blocked - User Entry', kind: 'Manual Envelope Rejection' },
  { code: '554', info: 'rbl.example.net Blocked', kind: 'IP Found in RBL' },
  { code: '554', info: 'Rejected by header based Blocked Senders: blocked@example.net', kind: 'Header Rejected' },
  {
    code: '0',
    info: '[Type: [Phishing & Fraud],Url: [https://pay.example.net/bill]]',
    kind: 'Malicious QRCode Detection',
  },
] as const;

/** A message was accepted, or refused. */
export function receipt(random: Random, mail: Mail): JsonObject {
  const [envelope, tls, spamDetail] = [envelopeOf(random, mail), anyTls(random), anySpamDetail(random)];
  if (!random.chance(0.15)) {
    const action = random.pick(['Acc', 'Acc', 'Acc', 'Ign'] as const);
    const counts = { attachments: random.int(0, 2), spamScore: random.int(0, 60) };
    return shape.receipt(envelope, { action, senderHeader: mail.sender, ...counts, spamDetail, tls });
  }
  return shape.refusedReceipt(envelope, {
    rejection: random.pick(rejections),
    spamDetail,
    tls,
    knowsSender: random.chance(0.7),
    ...(random.chance(0.3) && { receiptErrors: 'Malicious QRCode detected in email: UrlReputationScan' }),
  });
}

/** A message went through the gateway's policies. */
export function process(random: Random, mail: Mail): JsonObject {
  const action = random.pick(['Acc', 'Acc', 'Acc', 'Hld', 'Sdbx', 'Allow', 'Bnc', 'Ign', 'Rej'] as const);
  const files = Array.from({ length: random.int(0, 2) }, () => anyFile(random)[0]);
  return shape.process(envelopeOf(random, mail), {
    action,
    files,
    holdReason: action === 'Hld' ? random.pick(['Spm', 'Oth'] as const) : undefined,
    bytes: random.int(900, 90_000),
    fileBytes: files.length * random.int(800, 40_000),
  });
}

const unavailable = {
  error: 'Connection timed out',
  rejection: { code: '550', info: 'Mailbox unavailable', kind: 'Recipient Server Rejected' },
};

/** A message was handed on to a recipient's server, or could not be. */
export function delivery(random: Random, mail: Mail): JsonObject {
  const isDelivered = random.chance(0.95);
  const isEncrypted = random.chance(0.9);
  return deliveryShape(envelopeOf(random, mail), {
    host: 'mx1.example.com',
    destinationIp: anyIp(random),
    direction: random.chance(0.1) ? null : direction(random, mail),
    failure: isDelivered ? undefined : unavailable,
    attempts: random.int(1, isDelivered ? 1 : 4),
    ms: random.int(300, 4000),
    bytes: random.int(900, 90_000),
    attachments: 0,
    route: random.pick(['Default Delivery Route', 'Accept and drop messages', null]),
    tls: isEncrypted ? { cipher: 'TLS_AES_256_GCM_SHA384', version: 'TLSv1.3' } : { cipher: null, version: null },
    tlsUsed: isEncrypted ? random.pick(['Yes', 'true'] as const) : 'No',
    fileBytes: random.pick(['0', null]),
  });
}

/** A message was journaled. */
export function journal(random: Random, mail: Mail): JsonObject {
  return shape.journal(envelopeOf(random, mail));
}
