import type { Json, JsonObject } from '../../../../functions/tables/json.ts';
import { type Envelope, said, type Tls } from './gateway-event.ts';
import { rejected, type Rejection } from './rejection.ts';

/** How a message that was not refused was received. */
export interface Reception {
  readonly action: 'Acc' | 'Ign';
  readonly senderHeader: string;
  readonly attachments: number;
  readonly spamScore: number;
  readonly spamDetail: Json;
  readonly tls: Tls;
  readonly virusFound?: string;
}

/** A message was accepted or ignored. */
export function receipt(mail: Envelope, how: Reception): JsonObject {
  return {
    action: how.action,
    subtype: how.action,
    direction: mail.direction,
    messageId: mail.messageId,
    numberAttachments: said(how.attachments),
    receiptErrors: null,
    recipients: mail.recipients,
    ...rejected(undefined),
    senderEnvelope: mail.sender,
    senderHeader: how.senderHeader,
    senderIp: mail.senderIp,
    spamDetectionLevel: how.spamScore > 20 ? '28' : '7',
    spamInfo: '[]',
    spamProcessingDetail: how.spamDetail,
    spamScore: said(how.spamScore),
    subject: mail.subject,
    tlsCipher: how.tls.cipher,
    tlsVersion: how.tls.version,
    virusFound: how.virusFound ?? null,
  };
}

/** How a message was refused. */
export interface Refusal {
  readonly rejection: Rejection;
  readonly spamDetail: Json;
  readonly tls: Tls;
  readonly knowsSender: boolean;
  readonly receiptErrors?: string;
}

/** A message was refused: it has no id and no subject, and `virusFound` holds the text of the refusal. */
export function refusedReceipt(mail: Envelope, how: Refusal): JsonObject {
  return {
    action: 'Rej',
    subtype: 'Rej',
    direction: mail.direction,
    messageId: null,
    numberAttachments: '0',
    receiptErrors: how.receiptErrors ?? null,
    recipients: mail.recipients,
    ...rejected(how.rejection),
    senderEnvelope: how.knowsSender ? mail.sender : null,
    senderHeader: null,
    senderIp: mail.senderIp,
    spamDetectionLevel: null,
    spamInfo: null,
    spamProcessingDetail: how.spamDetail,
    spamScore: null,
    subject: null,
    tlsCipher: how.tls.cipher,
    tlsVersion: how.tls.version,
    virusFound: how.rejection.info,
  };
}

/** What the gateway's policies did with a message. */
export interface Processing {
  readonly action: 'Acc' | 'Hld' | 'Sdbx' | 'Allow' | 'Bnc' | 'Ign' | 'Rej';
  readonly holdReason?: 'Spm' | 'Oth' | undefined;
  readonly files: readonly string[];
  readonly bytes: number;
  readonly fileBytes: number;
}

/** A message went through the gateway's policies; quotes within a file's name stay bare. */
export function process(mail: Envelope, how: Processing): JsonObject {
  return {
    action: how.action,
    subtype: how.action,
    attachments: how.files.length === 0 ? null : how.files.map((file) => `"${file}"`).join(', '),
    emailSize: said(how.bytes),
    holdReason: how.holdReason ?? null,
    messageId: mail.messageId,
    numberAttachments: said(how.files.length),
    senderEnvelope: mail.sender,
    subject: mail.subject,
    totalSizeAttachments: said(how.fileBytes),
  };
}

/** A message was journaled; such an event knows neither message id nor subject. */
export function journal(mail: Envelope): JsonObject {
  return { direction: mail.direction, recipients: mail.recipients, senderEnvelope: mail.sender, subtype: null };
}
