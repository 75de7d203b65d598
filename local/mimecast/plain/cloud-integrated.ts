import type { Json, JsonObject } from '../../../functions/tables/json.ts';
import { anyFile, anyMail, type Mail } from './mail.ts';
import { anyIp } from './people.ts';
import { hexIdOf, type Random } from './random.ts';

const types = ['entities', 'entities', 'mailflow', 'entities', 'urlclick'] as const;

/** Makes Cloud Integrated events; unlike the gateway's, their values have JSON's own types. */
export function cloudIntegratedEvents(random: Random, label: string): (n: number, time: number) => JsonObject {
  return (n, time) => {
    const type = types[n % types.length] ?? 'entities';
    const mail = anyMail(random, `${label} ${n}`, time);
    const second = Math.floor(time / 1000);
    const place = random.chance(0.8) ? { _offset: 1_800_000 + n, _partition: 53 } : {};
    return {
      ...place,
      accountId: 'AEX1001',
      aggregateId: `4X${hexIdOf(`mail ${label} ${n}`).slice(0, 40)}_${second}`,
      ...body(random, type, mail),
      messageId: mail.messageId,
      processingId: `${hexIdOf(`${label} ${n}`)}_${second}`,
      timestamp: time,
      type,
    };
  };
}

function body(random: Random, type: (typeof types)[number], mail: Mail): JsonObject {
  switch (type) {
    case 'entities':
      return entity(random, mail);
    case 'mailflow':
      return { authResults: authResults(random), subtype: null };
    case 'urlclick':
      return urlClick(random, mail);
  }
}

function entity(random: Random, mail: Mail): JsonObject {
  const [threatType, threatState, tags]: readonly [string, string, Json] = random.pick([
    ['NO_DETECTIONS', 'DELIVERED', null],
    ['NO_DETECTIONS', 'DELIVERY_IN_PROGRESS', null],
    ['MALWARE', 'BLOCKED', ['MALWARE']],
    ['POLICIES_DISABLED', 'DELIVERED', ['UNTRUSTWORTHY', 'SPAM']],
  ] as const);
  const policy = { action: random.pick(['DO_NOTHING', 'BLOCK', null]), mode: random.pick(['ACTIVE', null]) };
  return {
    attachments: random.chance(0.4) ? [anyFile(random)[0]] : [],
    direction: random.pick(['INBOUND', 'Inbound']),
    historicalMail: random.chance(0.1),
    policiesApplied: [{ ...policy, name: 'Default O365 Mail policy' }],
    recipients: mail.recipients.split(','),
    senderEnvelope: random.chance(0.1) ? '' : mail.sender,
    senderHeader: mail.sender,
    senderIp: mail.senderIp,
    source: 'OFFICE_365_MAIL',
    subject: mail.subject,
    subtype: threatType,
    tags,
    threatState,
    threatType,
  };
}

function authResults(random: Random): JsonObject[] {
  const result = (): string => random.pick(['pass', 'pass', 'fail', 'none']);
  return [
    { aligned: random.chance(0.8), result: result(), type: 'SPF' },
    { aligned: random.chance(0.8), result: result(), type: 'DKIM' },
    { aligned: null, result: result(), type: 'DMARC' },
  ];
}

// No real event of this type is published; the fields are those Elastic's parser names (assumed).
function urlClick(random: Random, mail: Mail): JsonObject {
  return {
    action: random.pick(['ALLOW', 'BLOCK', 'WARN']),
    recipients: [mail.recipient.address],
    sourceIp: anyIp(random),
    subtype: null,
    url: random.pick(['https://www.example.org/', 'http://login.example.net/x']),
  };
}
