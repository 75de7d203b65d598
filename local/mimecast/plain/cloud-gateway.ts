import type { JsonObject } from '../../../functions/tables/json.ts';
import { delivery, journal, process, receipt } from './gateway-mail.ts';
import {
  attachmentProtect,
  av,
  impersonationProtect,
  internalEmailProtect,
  spam,
  urlProtect,
} from './gateway-threats.ts';
import { anyMail, type Mail } from './mail.ts';
import { hexIdOf, idOf, type Random } from './random.ts';
import { gatewayEvent, type GatewayType } from './shapes/gateway-event.ts';

// Most messages only come, are processed and delivered; of every twenty events each type has at least one.
const usual = ['receipt', 'process', 'delivery'] as const;
const threats = ['url protect', 'attachment protect', 'impersonation protect', 'internal email protect'] as const;
const course: readonly GatewayType[] = [
  ...usual,
  ...usual,
  ...usual,
  ...usual,
  'receipt',
  'journal',
  'spam',
  'av',
  ...threats,
];

const bodies: Readonly<Record<GatewayType, (random: Random, mail: Mail) => JsonObject>> = {
  receipt,
  process,
  delivery,
  journal,
  spam,
  av,
  'url protect': urlProtect,
  'attachment protect': attachmentProtect,
  'impersonation protect': impersonationProtect,
  'internal email protect': internalEmailProtect,
};

/** Makes Cloud Gateway events, each message with the few that follow from it. */
export function cloudGatewayEvents(random: Random, label: string): (n: number, time: number) => JsonObject {
  let mail = anyMail(random, `${label} 0`, 0);
  return (n, time) => {
    const type = course[n % course.length] ?? 'receipt';
    if (type === 'receipt') mail = anyMail(random, `${label} ${n}`, time);
    return gatewayEvent(type, bodies[type](random, mail), {
      aggregateId: mail.aggregateId,
      processingId: stepId(random, `${label} ${n}`, type, time),
      time,
      isOfStream: random.chance(0.1),
      place: random.chance(0.7) ? { offset: 70_000 + n, partition: random.int(53, 137) } : undefined,
    });
  };
}

function stepId(random: Random, label: string, type: string, time: number): string {
  const id = type === 'url protect' ? `req-${hexIdOf(label).slice(0, 32)}` : idOf(label);
  return random.chance(0.5) ? id : `${id}_${Math.floor(time / 1000)}`;
}
