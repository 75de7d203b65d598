import type { JsonObject } from '../../../../functions/tables/json.ts';
import { type Envelope, said, type Tls } from './gateway-event.ts';
import { rejected, type Rejection } from './rejection.ts';

/** How a message was handed on. `failure` when it was not. */
export interface Handover {
  readonly host: string;
  readonly destinationIp: string;
  readonly direction: string | null;
  readonly failure?: { readonly error: string; readonly rejection: Rejection } | undefined;
  readonly attempts: number;
  readonly ms: number;
  readonly bytes: number;
  readonly attachments: number;
  readonly route: string | null;
  readonly tls: Tls;
  readonly tlsUsed: 'Yes' | 'No' | 'true';
  readonly fileBytes: string | null;
}

/** A message was handed on to a recipient's server, or could not be. */
export function delivery(mail: Envelope, how: Handover): JsonObject {
  const isDelivered = how.failure === undefined;
  return {
    Hostname: isDelivered ? how.host : null,
    delivered: said(isDelivered),
    subtype: said(isDelivered),
    deliveryAttempts: said(how.attempts),
    deliveryErrors: how.failure?.error ?? null,
    deliveryTime: said(how.ms),
    destinationIp: how.destinationIp,
    direction: how.direction,
    emailSize: said(how.bytes),
    messageId: mail.messageId,
    numberAttachments: said(how.attachments),
    recipients: mail.recipients,
    ...rejected(how.failure?.rejection),
    route: how.route,
    senderEnvelope: mail.sender,
    subject: mail.subject,
    tlsCipher: how.tls.cipher,
    tlsUsed: how.tlsUsed,
    tlsVersion: how.tls.version,
    totalSizeAttachments: how.fileBytes,
  };
}
