import type { JsonObject } from '../functions/tables/json.ts';
import { type Random, idOf } from '../local/mimecast/plain/random.ts';

/** What the events of one message share; the time in epoch milliseconds. */
export interface Message {
  readonly aggregateId: string;
  readonly messageId: string;
  readonly sender: string;
  readonly recipient: string;
  readonly subject: string;
  readonly time: number;
}

/** What every event begins with. */
export function head(random: Random, { aggregateId }: Message, action?: string): JsonObject {
  const place = { _offset: random.int(70_000, 7_000_000), _partition: random.int(40, 90) };
  return { ...place, accountId: 'CEXA1A100', ...(action !== undefined && { action }), aggregateId };
}

/** The id of what the gateway did with a message; `label` tells it from every other. */
export function stepId(label: string, { time }: Message): string {
  return `${idOf(`step ${label}`)}_${Math.floor(time / 1000)}`;
}

/** An address of the ranges that RFC 5737 keeps for documentation. */
export function anyIp(random: Random): string {
  return `${random.pick(['192.0.2', '198.51.100', '203.0.113'])}.${random.int(1, 254)}`;
}
