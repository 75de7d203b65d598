import type { JsonObject } from '../../functions/tables/json.ts';
import type { ApiEndpoint, SnapshotFeedName } from './endpoints.ts';
import { type LegacyContext, legacyPage } from './legacy.ts';
import type { Cut } from './page-token.ts';
import type { Reply } from './reply.ts';
import type { Served } from './served.ts';
import type { Incoming } from './server.ts';

export const snapshotPlaces: Readonly<
  Record<SnapshotFeedName, { readonly at: ApiEndpoint; readonly address: string; readonly onRequest?: string }>
> = {
  AwarenessPerformanceDetails: { at: 'performance', address: 'email', onRequest: 'userDetails' },
  AwarenessSafeScoreDetails: { at: 'safeScore', address: 'emailAddress' },
  AwarenessWatchlistDetails: { at: 'watchlist', address: 'email' },
};

/** The users of one awareness list, each as last added. */
export interface SnapshotStore {
  add(users: readonly JsonObject[], availableAt: number): void;
  answer(request: Incoming, context: LegacyContext): Reply;
  served(): readonly Served[];
}

export function keepSnapshot(place: (typeof snapshotPlaces)[SnapshotFeedName]): SnapshotStore {
  const entries: Served[] = [];
  const rows = (query: JsonObject, cut: Cut): readonly JsonObject[] => {
    const known = entries.slice(0, cut.size).filter(({ availableAt }) => availableAt <= cut.asOf);
    const users = lastOfEach(known, place.address).map(({ event }) => event);
    return query['includeUserDetails'] === true ? users : users.map((user) => without(user, place.onRequest));
  };
  return {
    add: (users, availableAt) => void entries.push(...users.map((event) => ({ event, availableAt }))),
    answer: (request, context) => legacyPage({ at: place.at, size: () => entries.length, rows }, request, context),
    served: () => lastOfEach(entries, place.address),
  };
}

// Users without an address cannot be told apart, so each stays.
function lastOfEach(entries: readonly Served[], address: string): readonly Served[] {
  const users = new Map<unknown, Served>();
  for (const entry of entries) users.set(entry.event[address] || Symbol('no address'), entry);
  return [...users.values()];
}

function without(user: JsonObject, field: string | undefined): JsonObject {
  return Object.fromEntries(Object.entries(user).filter(([name]) => name !== field));
}
