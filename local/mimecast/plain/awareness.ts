import type { JsonObject } from '../../../functions/tables/json.ts';
import type { SnapshotFeedName } from '../endpoints.ts';
import { anyIp, type Person, person } from './people.ts';
import type { Random } from './random.ts';
import * as shape from './shapes/awareness.ts';

const states = ['ACTIVE', 'ACTIVE', 'ACTIVE', 'DISABLED'] as const;

const lists: Readonly<Record<SnapshotFeedName, (random: Random, of: Person) => JsonObject>> = {
  AwarenessPerformanceDetails: (random, of) =>
    shape.performanceDetails(of, random.pick(states), {
      correct: random.int(0, 12),
      incorrect: random.int(0, 4),
      notWatched: random.int(0, 6),
      results: [{ name: 'Ransomware basics', result: random.pick(['CORRECT', 'INCORRECT', 'NOT_WATCHED'] as const) }],
    }),
  AwarenessSafeScoreDetails: (random, of) => {
    const grade = () => random.pick(shape.grades);
    const people = { humanError: grade(), sentiment: grade(), engagement: grade(), knowledge: grade() };
    return shape.safeScoreDetails(of, random.pick(states), { risk: grade(), ...people });
  },
  AwarenessWatchlistDetails: (random, of) => shape.watchlistDetails(of, random.pick(states), random.int(1, 9)),
};

/** Makes the users of an awareness list, each once. */
export function awarenessUsers(feed: SnapshotFeedName, random: Random): (n: number) => JsonObject {
  return (n) => lists[feed](random, person(n));
}

/** Makes the users of a phishing campaign, each once. */
export function campaignUsers(random: Random): (n: number, time: number) => JsonObject {
  return (n, time) =>
    shape.campaignUser(person(n), {
      template: random.pick(['Parcel on hold', 'Password expires', '工资单']),
      status: random.pick(shape.campaignStatuses),
      scheduled: time,
      clickedIp: anyIp(random),
      reactionSeconds: random.int(5, 900),
      campaignsSent: random.int(1, 6),
      campaignsClicked: random.int(0, 3),
      modulesAssigned: random.int(0, 5),
      correct: random.int(0, 5),
      incorrect: random.int(0, 3),
      userState: random.pick(states),
    });
}

/** A phishing campaign as the list of campaigns shows it. */
export function campaign(random: Random, n: number, launch: number): JsonObject & { readonly id: string } {
  const what = { id: `eNqr-campaign-${n}-${random.hex(16)}`, name: `Awareness test ${n}`, template: 'Parcel on hold' };
  const statuses = Array.from({ length: 100 }, () => random.pick(shape.campaignStatuses));
  return shape.campaignOf({ ...what, launch, sender: 'parcels@example.net' }, statuses);
}
