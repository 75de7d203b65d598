import type { Json, JsonObject } from '../../../../functions/tables/json.ts';

/** The ten types of Cloud Gateway events. */
export type GatewayType =
  | 'receipt'
  | 'process'
  | 'delivery'
  | 'journal'
  | 'av'
  | 'spam'
  | 'internal email protect'
  | 'impersonation protect'
  | 'url protect'
  | 'attachment protect';

/** What an event of the gateway says beside its body; `time` in epoch ms. */
export interface GatewayFrame {
  readonly aggregateId: string;
  readonly processingId: string;
  readonly time: number;
  /** Whether its type stands in the field names of the vendor's stream. */
  readonly isOfStream: boolean;
  /** Where the event stood in the vendor's queue, if its file says so. */
  readonly place: { readonly offset: number; readonly partition: number } | undefined;
}

/** An event of the gateway: a body of one type within its frame. */
export function gatewayEvent(type: GatewayType, body: JsonObject, frame: GatewayFrame): JsonObject {
  const { subtype = null, ...rest } = body;
  const { place, isOfStream, aggregateId, processingId, time } = frame;
  return {
    ...(place && { _offset: place.offset, _partition: place.partition }),
    ...rest,
    accountId: 'CEXA1A100',
    aggregateId,
    processingId,
    ...(isOfStream ? { eventType: type, subType: subtype } : { type, subtype }),
    timestamp: time,
  };
}

/** What the gateway's events of one message share; `recipients` is one text with commas between the addresses. */
export interface Envelope {
  readonly direction: string;
  readonly messageId: string;
  readonly recipients: string;
  readonly sender: string;
  readonly senderIp: string;
  readonly subject: string;
}

/** How a connection was encrypted; the vendor says it was not with empty text or null. */
export interface Tls {
  readonly cipher: Json;
  readonly version: Json;
}

/** A boolean or a number as the gateway writes it. */
export function said(value: boolean | number): string {
  return String(value);
}

function domainOf(address: string): string {
  return address.split('@')[1] ?? '';
}

/** The sender of a message as the events on threats tell of him. */
export function senderOf(mail: Envelope): Record<string, Json> {
  return {
    route: mail.direction,
    senderDomain: domainOf(mail.sender),
    senderEnvelope: mail.sender,
    senderIp: mail.senderIp,
    subject: mail.subject,
  };
}
