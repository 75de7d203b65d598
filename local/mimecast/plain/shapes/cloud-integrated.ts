import type { Json, JsonObject } from '../../../../functions/tables/json.ts';

/** What the Cloud Integrated events of one message share; `time` in epoch ms. */
export interface CloudFrame {
  readonly aggregateId: string;
  readonly processingId: string;
  readonly messageId: string;
  readonly time: number;
  /** Where the event stood in the vendor's queue, if its file says so. */
  readonly place: { readonly offset: number; readonly partition: number } | undefined;
}

/** An event of Cloud Integrated; unlike the gateway's, its values have JSON's own types. */
export function cloudEvent(
  type: 'entities' | 'mailflow' | 'urlclick',
  body: JsonObject,
  { aggregateId, processingId, messageId, time, place }: CloudFrame,
): JsonObject {
  return {
    ...(place && { _offset: place.offset, _partition: place.partition }),
    accountId: 'AEX1001',
    aggregateId,
    ...body,
    messageId,
    processingId,
    timestamp: time,
    type,
  };
}

/** What Cloud Integrated says of a message. */
export interface Entity {
  readonly attachments: readonly string[];
  readonly direction: 'INBOUND' | 'Inbound' | 'OUTBOUND' | 'INTERNAL';
  readonly isHistorical: boolean;
  readonly policy: { readonly action: string | null; readonly mode: string | null };
  readonly recipients: readonly string[];
  readonly senderEnvelope: string;
  readonly senderHeader: string;
  readonly senderIp: string;
  readonly subject: string;
  readonly tags: Json;
  readonly threatState: 'DELIVERED' | 'DELIVERY_IN_PROGRESS' | 'BLOCKED';
  readonly threatType: string;
}

/** The body of an `entities` event. */
export function entity(of: Entity): JsonObject {
  return {
    attachments: of.attachments,
    direction: of.direction,
    historicalMail: of.isHistorical,
    policiesApplied: [{ ...of.policy, name: 'Default O365 Mail policy' }],
    recipients: of.recipients,
    senderEnvelope: of.senderEnvelope,
    senderHeader: of.senderHeader,
    senderIp: of.senderIp,
    source: 'OFFICE_365_MAIL',
    subject: of.subject,
    subtype: of.threatType,
    tags: of.tags,
    threatState: of.threatState,
    threatType: of.threatType,
  };
}

type Check = 'pass' | 'fail' | 'none';

/** The body of a `mailflow` event. DMARC knows no alignment of its own. */
export function mailflow(spf: Check, dkim: Check, dmarc: Check): JsonObject {
  const authResults = [
    { aligned: spf === 'pass', result: spf, type: 'SPF' },
    { aligned: dkim === 'pass', result: dkim, type: 'DKIM' },
    { aligned: null, result: dmarc, type: 'DMARC' },
  ];
  return { authResults, subtype: null };
}

/**
 * The body of a `urlclick` event. No real one is published; the fields are those Elastic's parser names (assumed):
 * https://github.com/elastic/integrations/tree/main/packages/mimecast
 */
export function urlClick(
  recipient: string,
  how: { readonly action: 'ALLOW' | 'BLOCK' | 'WARN'; readonly sourceIp: string; readonly url: string },
): JsonObject {
  return { action: how.action, recipients: [recipient], sourceIp: how.sourceIp, subtype: null, url: how.url };
}
