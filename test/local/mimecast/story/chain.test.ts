import { describe, expect, test } from 'vitest';
import type { JsonObject } from '../../../../functions/tables/json.ts';
import { type Given, now, tell, text, typeOf } from './told.ts';

const told = tell();
// At the end of the story the late events of some messages are still on their way.
const unfinished = new Set(
  told
    .of('SegCg')
    .filter(({ time }) => time > now - 3_600_000)
    .map(({ event }) => event['aggregateId']),
);
const gateway = told.of('SegCg').filter(({ event }) => !unfinished.has(event['aggregateId'] ?? null));
const byType = Map.groupBy(gateway, ({ event }) => typeOf(event));
const of = (type: string): readonly Given[] => byType.get(type) ?? [];
const field = (name: string) => (given: Given) => text(given.event[name]);
const aggregate = field('aggregateId');
const byMessage = Map.groupBy(gateway, aggregate);
const fellow = (given: Given, type: string): Given | undefined =>
  byMessage.get(aggregate(given))?.find(({ event }) => typeOf(event) === type);
const domainOf = (address: string): string => address.split('@')[1] ?? '';

describe('the events of one message', () => {
  test('begin with exactly one receipt', () => {
    const receipts = of('receipt').map(aggregate);
    expect(new Set(receipts).size).toBe(receipts.length);
    expect(receipts.length).toBe(byMessage.size);
  });

  test('are no more than a receipt and the virus found when it was refused', () => {
    for (const given of of('receipt').filter(({ event }) => event['action'] === 'Rej')) {
      const others = byMessage.get(aggregate(given))?.filter((other) => other !== given) ?? [];
      expect(others.map(({ event }) => typeOf(event)).filter((type) => type !== 'av')).toEqual([]);
    }
  });

  test('of a delivery have its receipt and its process before it', () => {
    const wrong = of('delivery').filter((given) => {
      const [receipt, process] = [fellow(given, 'receipt'), fellow(given, 'process')];
      const isAccepted = receipt?.event['action'] === 'Acc' && process !== undefined;
      return !isAccepted || process.time <= receipt.time || given.time <= process.time;
    });
    expect(of('delivery').length).toBeGreaterThan(30_000);
    expect(wrong).toEqual([]);
  });

  test('go to each recipient once when they are delivered', () => {
    const wrong = of('receipt').filter((given) => {
      const deliveries = byMessage.get(aggregate(given))?.filter(({ event }) => typeOf(event) === 'delivery') ?? [];
      const reached = deliveries.map(field('recipients')).toSorted().join(',');
      return reached !== '' && reached !== field('recipients')(given).split(',').toSorted().join(',');
    });
    expect(wrong).toEqual([]);
  });

  test('are journaled when the message stays inside, and then alone', () => {
    const isInternal = (event: JsonObject): boolean => text(event['direction']).toLowerCase() === 'internal';
    const internal = of('receipt').filter(({ event }) => isInternal(event));
    expect(internal.length).toBeGreaterThan(3000);
    for (const given of internal) expect(fellow(given, 'journal')).toBeDefined();
    for (const given of of('journal')) expect(isInternal(fellow(given, 'receipt')?.event ?? {})).toBe(true);
  });

  test('agree on message id, subject, sender and direction', () => {
    const told = [...of('process'), ...of('delivery'), ...of('spam'), ...of('impersonation protect')];
    const wrong = told.filter((given) => {
      const receipt = fellow(given, 'receipt')?.event ?? {};
      const { messageId, senderEnvelope, subject, direction, route } = given.event;
      const way = typeOf(given.event) === 'delivery' ? direction : (route ?? null);
      const pairs = [
        [messageId, receipt['messageId']],
        [senderEnvelope, receipt['senderEnvelope']],
        // Some events leave out the subject, or the direction.
        [subject ?? receipt['subject'], receipt['subject']],
        [way ?? receipt['direction'], receipt['direction']],
      ];
      return pairs.some(([own, first]) => own !== first);
    });
    expect(wrong).toEqual([]);
  });

  test('have the company at the right end of each direction', () => {
    const own = 'larkfield.example';
    for (const { event } of of('receipt').filter(({ event: each }) => each['action'] !== 'Rej')) {
      const sender = domainOf(text(event['senderEnvelope'])) === own;
      const recipients = text(event['recipients'])
        .split(',')
        .map((address) => domainOf(address) === own);
      const inside = { inbound: [false, true], outbound: [true, false], internal: [true, true] };
      const direction = text(event['direction']).toLowerCase();
      const wanted = Object.entries(inside).find(([name]) => name === direction)?.[1];
      expect([sender, recipients.every(Boolean)]).toEqual(wanted);
    }
  });

  test('are not delivered while they are held, unless somebody released them', () => {
    const held = of('delivery').filter((given) => fellow(given, 'process')?.event['action'] === 'Hld');
    const waits = held.map((given) => given.time - (fellow(given, 'receipt')?.time ?? 0));
    expect(waits.length).toBeGreaterThan(50);
    expect(Math.min(...waits)).toBeGreaterThan(600_000);
  });

  test('agree on the encryption of a delivery', () => {
    for (const { event } of of('delivery')) {
      expect(event['tlsUsed'] === 'No').toBe(event['tlsVersion'] === null);
      expect(event['tlsVersion'] === null).toBe(event['tlsCipher'] === null);
    }
  });
});

test('each log of a link, a file, a pretender or a leak belongs to a message of the gateway', () => {
  const known = new Set(told.of('SegCg').map(field('messageId')));
  for (const feed of ['TtpUrl', 'TtpAttachment', 'TtpImpersonation', 'SegDlp'] as const)
    expect(told.of(feed).filter((given) => !known.has(field('messageId')(given)))).toEqual([]);
});

test('each message of Cloud Integrated has its proof of the sender and its verdict, and clicks only when it was not blocked', () => {
  const messages = Map.groupBy(told.of('CloudIntegrated'), aggregate);
  for (const events of messages.values()) {
    const types = events.map(({ event }) => typeOf(event)).toSorted();
    expect(types.filter((type) => type !== 'urlclick').length).toBeGreaterThan(0);
    expect(new Set(events.map(field('messageId'))).size).toBe(1);
    const isBlocked = events.some(({ event }) => event['threatState'] === 'BLOCKED');
    expect(isBlocked && types.includes('urlclick')).toBe(false);
  }
  expect(messages.size).toBeGreaterThan(5000);
});
