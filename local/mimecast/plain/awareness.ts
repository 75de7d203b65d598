import type { JsonObject } from '../../../functions/tables/json.ts';
import type { SnapshotFeedName } from '../endpoints.ts';
import { legacyTimeText } from '../times.ts';
import { anyIp, type Person, person } from './people.ts';
import type { Random } from './random.ts';

// The states of a user are not published; ACTIVE is the one seen.
const states = ['ACTIVE', 'ACTIVE', 'ACTIVE', 'DISABLED'];
const grades = ['A', 'B', 'C', 'D', 'F'];

const lists: Readonly<Record<SnapshotFeedName, (random: Random, of: Person) => JsonObject>> = {
  AwarenessPerformanceDetails: (random, { name, address, department }) => ({
    email: address,
    name,
    department,
    numCorrect: random.int(0, 12),
    numIncorrect: random.int(0, 4),
    numNotWatched: random.int(0, 6),
    userState: random.pick(states),
    userDetails: [{ name: 'Ransomware basics', result: random.pick(['CORRECT', 'INCORRECT', 'NOT_WATCHED']) }],
  }),
  AwarenessSafeScoreDetails: (random, { name, address, department }) => ({
    emailAddress: address,
    name,
    department,
    risk: random.pick(grades),
    humanError: random.pick(grades),
    sentiment: random.pick(grades),
    engagement: random.pick(grades),
    knowledge: random.pick(grades),
    userState: random.pick(states),
  }),
  AwarenessWatchlistDetails: (random, { name, address, department }) => ({
    email: address,
    name,
    department,
    watchlistCount: random.int(1, 9),
    userState: random.pick(states),
  }),
};

/** Makes the users of an awareness list, each once. */
export function awarenessUsers(feed: SnapshotFeedName, random: Random): (n: number) => JsonObject {
  return (n) => lists[feed](random, person(n));
}

const statuses = ['SENT', 'OPENED', 'CLICKED', 'SUBMITTED', 'REPORTED'];

/** Makes the users of a phishing campaign, each once; what somebody did not do has no time. */
export function campaignUsers(random: Random): (n: number, time: number) => JsonObject {
  return (n, time) => {
    const { name, address, department } = person(n);
    const step = random.int(0, statuses.length - 1);
    const after = (minutes: number, isDone: boolean) => (isDone ? legacyTimeText(time + minutes * 60_000) : null);
    const hasClicked = step === 2 || step === 3;
    return {
      name,
      email: address,
      templateName: random.pick(['Parcel on hold', 'Password expires', '工资单']),
      department,
      status: statuses[step] ?? 'SENT',
      numCampaignsSent: random.int(1, 6),
      numCampaignsClicked: random.int(0, 3),
      numTrainingModulesAssigned: random.int(0, 5),
      numCorrectAnswers: random.int(0, 5),
      numIncorrectAnswers: random.int(0, 3),
      userState: random.pick(states),
      clickedIp: hasClicked ? anyIp(random) : null,
      reactionTime: hasClicked ? random.int(5, 900) : 0,
      timeScheduled: after(0, true),
      timeOpened: after(4, step > 0),
      timeClicked: after(5, hasClicked),
      timeReported: after(9, step === 4),
    };
  };
}

/** A phishing campaign as the list of campaigns shows it. */
export function campaign(random: Random, n: number, launch: number): JsonObject & { readonly id: string } {
  return {
    id: `eNqr-campaign-${n}-${random.hex(16)}`,
    name: `Awareness test ${n}`,
    templates: ['Parcel on hold'],
    landingPage: 'Default landing page',
    group: 'Everyone',
    launchDate: legacyTimeText(launch),
    locale: 'en_GB',
    sender: 'parcels@example.net',
    numSent: 100,
    numOpened: random.int(30, 90),
    numClicked: random.int(5, 30),
    numSubmitted: random.int(0, 5),
    numReported: random.int(5, 40),
    locked: false,
  };
}
