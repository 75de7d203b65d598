import type { JsonObject } from '../../../functions/tables/json.ts';
import { anyFile, anyMail, type Mail } from './mail.ts';
import { anyIp } from './people.ts';
import { hexIdOf, type Random } from './random.ts';
import { cloudEvent, entity, mailflow, urlClick } from './shapes/cloud-integrated.ts';

const types = ['entities', 'entities', 'mailflow', 'entities', 'urlclick'] as const;

/** Makes Cloud Integrated events. */
export function cloudIntegratedEvents(random: Random, label: string): (n: number, time: number) => JsonObject {
  return (n, time) => {
    const type = types[n % types.length] ?? 'entities';
    const mail = anyMail(random, `${label} ${n}`, time);
    const second = Math.floor(time / 1000);
    return cloudEvent(type, body(random, type, mail), {
      aggregateId: `4X${hexIdOf(`mail ${label} ${n}`).slice(0, 40)}_${second}`,
      processingId: `${hexIdOf(`${label} ${n}`)}_${second}`,
      messageId: mail.messageId,
      time,
      place: random.chance(0.8) ? { offset: 1_800_000 + n, partition: 53 } : undefined,
    });
  };
}

function body(random: Random, type: (typeof types)[number], mail: Mail): JsonObject {
  switch (type) {
    case 'entities':
      return anyEntity(random, mail);
    case 'mailflow': {
      const result = () => random.pick(['pass', 'pass', 'fail', 'none'] as const);
      return mailflow(result(), result(), result());
    }
    case 'urlclick':
      return urlClick(mail.recipient.address, {
        action: random.pick(['ALLOW', 'BLOCK', 'WARN'] as const),
        sourceIp: anyIp(random),
        url: random.pick(['https://www.example.org/', 'http://login.example.net/x']),
      });
  }
}

const verdicts = [
  { threatType: 'NO_DETECTIONS', threatState: 'DELIVERED', tags: null },
  { threatType: 'NO_DETECTIONS', threatState: 'DELIVERY_IN_PROGRESS', tags: null },
  { threatType: 'MALWARE', threatState: 'BLOCKED', tags: ['MALWARE'] },
  { threatType: 'POLICIES_DISABLED', threatState: 'DELIVERED', tags: ['UNTRUSTWORTHY', 'SPAM'] },
] as const;

function anyEntity(random: Random, mail: Mail): JsonObject {
  return entity({
    attachments: random.chance(0.4) ? [anyFile(random)[0]] : [],
    direction: random.pick(['INBOUND', 'Inbound'] as const),
    isHistorical: random.chance(0.1),
    policy: { action: random.pick(['DO_NOTHING', 'BLOCK', null]), mode: random.pick(['ACTIVE', null]) },
    recipients: mail.recipients.split(','),
    senderEnvelope: random.chance(0.1) ? '' : mail.sender,
    senderHeader: mail.sender,
    senderIp: mail.senderIp,
    subject: mail.subject,
    ...random.pick(verdicts),
  });
}
