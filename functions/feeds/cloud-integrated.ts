import { dynamic, flag, real, text, time } from '../collect/cells.ts';
import { feed } from '../collect/feed.ts';
import { cloudIntegrated as table } from '../tables/cloud-integrated.ts';
import type { Cells } from '../tables/table.ts';

/** https://developer.services.mimecast.com: Cloud Integrated SIEM events, in batch files of one type each. */
export const cloudIntegrated = feed({
  name: 'CloudIntegrated',
  table,
  source: { kind: 'batch', path: '/siem/v1/batch/events/ci', types: ['entities', 'mailflow', 'urlclick'] },
  product: 'Threats, Security Events and Data for CI',
  columnOf: {
    type: 'type_',
    eventType: 'type_',
    subtype: 'subtype',
    subType: 'subtype',
    _offset: 'offset',
    _partition: 'partition',
  },
  time: (event) => time(event['timestamp']),
  toRow: (event): Cells<typeof table.columns> => ({
    timestamp: real(event['timestamp']),
    offset: real(event['_offset']),
    partition: real(event['_partition']),
    accountId: text(event['accountId']),
    aggregateId: text(event['aggregateId']),
    processingId: text(event['processingId']),
    messageId: text(event['messageId']),
    attachments: text(event['attachments']),
    recipients: text(event['recipients']),
    tags: text(event['tags']),
    policiesApplied: text(event['policiesApplied']),
    senderIp: text(event['senderIp']),
    senderEnvelope: text(event['senderEnvelope']),
    subject: text(event['subject']),
    source: text(event['source']),
    threatState: text(event['threatState']),
    threatType: text(event['threatType']),
    direction: text(event['direction']),
    senderHeader: text(event['senderHeader']),
    type_: text(event['type'] ?? event['eventType']),
    subtype: text(event['subtype'] ?? event['subType']),
    historicalMail: flag(event['historicalMail']),
    category: text(event['category']),
    authResults: dynamic(event['authResults']),
    action: text(event['action']),
    sourceIp: text(event['sourceIp']),
    url: text(event['url']),
  }),
});
