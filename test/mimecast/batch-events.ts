import type { JsonObject } from '../../functions/tables/json.ts';

/** Cloud Gateway events with ids of a name and a number, each of about `characters` of JSON. */
export function someEvents(name: string, count: number, characters = 0): readonly JsonObject[] {
  return Array.from({ length: count }, (_, n) => ({
    type: 'receipt',
    processingId: `${name}-${n}`,
    aggregateId: `mail-${name}-${n}`,
    timestamp: Date.UTC(2026, 0, 15, 11) + n,
    subject: 's'.repeat(characters),
  }));
}

/** The ids of those events. */
export function idsOf(name: string, count: number): readonly string[] {
  return Array.from({ length: count }, (_, n) => `${name}-${n}`);
}
