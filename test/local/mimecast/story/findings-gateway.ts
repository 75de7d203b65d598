import { alike, dayMs, type Found, hourMs, reach } from './groups.ts';
import { type Given, text, type Told, typeOf } from './told.ts';

const field = (name: string) => (given: Given) => text(given.event[name]);
const id = ({ id: own }: Given): string => own;
const isFromInside = (given: Given): boolean => ['outbound', 'internal'].includes(field('route')(given).toLowerCase());

/** What the rules on the gateway's events are meant to find. */
export function gatewayFindings(told: Told, found: Found): void {
  const byType = Map.groupBy(told.of('SegCg'), ({ event }) => typeOf(event));
  const of = (type: string): readonly Given[] => byType.get(type) ?? [];
  attachments(of('attachment protect'), of('delivery'), found);
  viruses(of('av'), of('receipt'), found);
  impersonations(of('impersonation protect'), found);
  internals(of('internal email protect'), found);
  spam(of('spam'), found);
  urls(of('url protect'), found);
}

function attachments(events: readonly Given[], deliveries: readonly Given[], found: Found): void {
  const handed = Map.groupBy(
    deliveries.filter(({ event }) => event['delivered'] === 'true'),
    field('aggregateId'),
  );
  for (const given of events) {
    const delivery = handed.get(field('aggregateId')(given));
    if (delivery) found('segAttachment', [given, ...delivery]);
  }
  for (const group of alike(events, field('sha256'))) {
    const run = reach(group, { ms: dayMs, count: 3, of: field('aggregateId') });
    if (run) found('segAttachment', run);
  }
}

function viruses(events: readonly Given[], receipts: readonly Given[], found: Found): void {
  for (const given of events)
    if (isFromInside(given) || given.event['senderDomainInternal'] === 'true') found('segAv', [given]);
  for (const group of alike(events, field('virusFound'))) {
    const run = reach(group, { ms: dayMs, count: 5, of: field('recipients') });
    if (run) found('segAv', run);
  }
  const named = receipts.filter(({ event }) => text(event['virusFound']) !== '');
  for (const given of named) if (given.event['action'] !== 'Rej') found('segVirus', [given]);
  const refused = named.filter(({ event }) => /virus/i.test(text(event['rejectionType'])));
  for (const group of alike(refused, field('senderIp'))) {
    const run = reach(group, { ms: dayMs, count: 10, of: id });
    if (run) found('segVirus', run);
  }
}

function impersonations(events: readonly Given[], found: Found): void {
  for (const given of events) {
    const isOpen = !['Hold', 'Bounce'].includes(field('action')(given));
    const isGrave = given.event['taggedMalicious'] === 'true' || Number(given.event['itemsDetected']) >= 2;
    if (isOpen && isGrave) found('segImpersonation', [given]);
  }
}

function internals(events: readonly Given[], found: Found): void {
  for (const group of alike(events, field('senderEnvelope'))) {
    const wide = group.filter((given) => field('recipients')(given).split(',').length >= 3);
    const run = reach(group, { ms: hourMs, count: 2, of: field('messageId') }) ?? wide;
    if (run.length > 0) found('segInternal', run);
  }
}

function spam(events: readonly Given[], found: Found): void {
  for (const group of alike(events.filter(isFromInside), field('senderEnvelope'))) {
    const run = reach(group, { ms: hourMs, count: 20, of: id });
    if (run) found('segSpam', run);
  }
  const inbound = events.filter((given) => !isFromInside(given));
  for (const group of alike(inbound, field('recipients'))) {
    const run = reach(group, { ms: dayMs, count: 100, of: id });
    if (run) found('segSpam', run);
  }
}

function urls(events: readonly Given[], found: Found): void {
  const bad = events.filter(({ event }) => event['blockReason'] === 'malicious');
  for (const given of bad) if (given.event['action'] === 'Allow') found('segUrl', [given]);
  const blocked = bad.filter(({ event }) => event['action'] === 'Block');
  for (const group of alike(blocked, field('url'))) {
    const run = reach(group, { ms: dayMs, count: 3, of: field('recipients') });
    if (run) found('segUrl', run);
  }
}
