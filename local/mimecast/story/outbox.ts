import type { BatchFeedName } from '../endpoints.ts';
import type { Tenant } from '../tenant.ts';
import type { Arriving } from './arrivals.ts';

/** What a story needs of a tenant. */
export type Receiver = Pick<Tenant, 'add' | 'addFile' | 'addCampaign'>;

/** Events on their way to the tenant. */
export interface Outbox {
  take(events: readonly Arriving[]): void;
  /** Hands over what can be read by a time (epoch ms): batch events in a file a type, the others one by one. */
  send(until: number): void;
  /** Hands over only the events that come in no file. */
  sendSingles(until: number): void;
}

interface Pile {
  readonly feed: BatchFeedName;
  waiting: Arriving[];
}

/** @param listedFrom no file is listed before (epoch ms) */
export function outboxTo(tenant: Receiver, listedFrom: number): Outbox {
  const piles = new Map<unknown, Pile>();
  let singles: Arriving[] = [];
  const take = (event: Arriving): void => {
    const { feed } = event;
    if (feed !== 'SegCg' && feed !== 'CloudIntegrated') return void singles.push(event);
    const type = event.event['type'] ?? event.event['eventType'];
    const pile = piles.get(type) ?? { feed, waiting: [] };
    piles.set(type, pile);
    pile.waiting.push(event);
  };
  const sendSingles = (until: number): void => {
    const { ready, waiting } = split(singles, until);
    singles = waiting;
    for (const { feed, event, arrival } of ready) {
      if (feed !== 'SegCg' && feed !== 'CloudIntegrated') tenant.add(feed, [event], arrival);
    }
  };
  return {
    take: (events) => events.forEach(take),
    sendSingles,
    send(until) {
      sendSingles(until);
      for (const pile of piles.values()) {
        const { ready, waiting } = split(pile.waiting, until);
        pile.waiting = waiting;
        const events = ready.map(({ event }) => event);
        if (events.length > 0) tenant.addFile(pile.feed, { events, availableAt: Math.max(until, listedFrom) });
      }
    },
  };
}

function split(events: readonly Arriving[], until: number): { ready: Arriving[]; waiting: Arriving[] } {
  const ready = events.filter(({ arrival }) => arrival <= until).toSorted((a, b) => a.arrival - b.arrival);
  return { ready, waiting: events.filter(({ arrival }) => arrival > until) };
}
