import type { JsonObject } from '../../../functions/tables/json.ts';
import {
  attachmentProtect,
  av,
  impersonationProtect,
  internalEmailProtect,
  spam,
  urlProtect,
} from './gateway-threats.ts';
import { delivery, journal, process, receipt } from './gateway-mail.ts';
import { anyMail, type Mail } from './mail.ts';
import { hexIdOf, idOf, type Random } from './random.ts';

// Most messages only come, are processed and delivered; of every twenty events each type has at least one.
const usual = ['receipt', 'process', 'delivery'];
const threats = ['url protect', 'attachment protect', 'impersonation protect', 'internal email protect'];
const course = [...usual, ...usual, ...usual, ...usual, 'receipt', 'journal', 'spam', 'av', ...threats];

const bodies: Readonly<Record<string, (random: Random, mail: Mail) => JsonObject>> = {
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
    const { subtype = null, ...body } = bodies[type]?.(random, mail) ?? {};
    const isOfStream = random.chance(0.1);
    return {
      ...place(random, n),
      ...body,
      accountId: 'CEXA1A100',
      aggregateId: mail.aggregateId,
      processingId: stepId(random, `${label} ${n}`, type, time),
      ...(isOfStream ? { eventType: type, subType: subtype } : { type, subtype }),
      timestamp: time,
    };
  };
}

// Files of some tenants also say where in the vendor's stream an event stood.
function place(random: Random, n: number): JsonObject {
  return random.chance(0.7) ? { _offset: 70_000 + n, _partition: random.int(53, 137) } : {};
}

function stepId(random: Random, label: string, type: string, time: number): string {
  const id = type === 'url protect' ? `req-${hexIdOf(label).slice(0, 32)}` : idOf(label);
  return random.chance(0.5) ? id : `${id}_${Math.floor(time / 1000)}`;
}
