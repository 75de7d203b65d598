import { type Random, randomFrom } from '../plain/random.ts';
import * as shape from '../plain/shapes/awareness.ts';
import { dayMs, hourMs, workingDayBefore } from './calendar.ts';
import type { Receiver } from './outbox.ts';
import { cast } from './names.ts';
import type { Employee, Part } from './people.ts';
import type { World } from './world.ts';

const untrained: ReadonlySet<string> = new Set(
  (['untrained', 'careless', 'newcomer', 'payroll'] as const satisfies readonly Part[]).map((part) => cast[part][0]),
);
const videos = ['Ransomware basics', 'Phishing', 'Passwords', 'Removable media', 'Invoice fraud', 'Data protection'];

const campaigns = [
  { name: 'Awareness test 1', template: 'Parcel on hold', daysAgo: 41 },
  { name: 'Awareness test 2', template: 'Password expires', daysAgo: 20 },
  { name: 'Awareness test 3', template: '工资单', daysAgo: 8 },
];

/** How somebody stands: how careful (0 to 1), and what follows from it. */
interface Standing {
  readonly of: Employee;
  readonly userState: shape.UserState;
  readonly performance: shape.Performance;
  readonly care: number;
}

/** Fills the awareness lists and campaigns; those who click in the story have watched little and know less. */
export function fillAwareness(tenant: Receiver, world: World, { now, start }: { now: number; start: number }): void {
  const everybody = [...world.company.people, ...world.company.studio];
  const standings = everybody.map((of) => standingOf(of, randomFrom(`${world.seed} awareness ${of.number}`)));
  const details = standings.map(({ of, userState, performance }) =>
    shape.performanceDetails(of, userState, performance),
  );
  tenant.add('AwarenessPerformanceDetails', details, start);
  const scores = standings.map(({ of, userState, ...how }) => shape.safeScoreDetails(of, userState, scoreOf(how)));
  tenant.add('AwarenessSafeScoreDetails', scores, start);
  const watched = standings
    .filter(({ performance }) => performance.incorrect + performance.notWatched > 1)
    .map(({ of, userState, performance }) =>
      shape.watchlistDetails(of, userState, performance.incorrect + performance.notWatched),
    );
  tenant.add('AwarenessWatchlistDetails', watched, start);
  for (const [n, campaign] of campaigns.entries()) addCampaign(tenant, world, standings, { n, now, ...campaign });
}

function standingOf(of: Employee, random: Random): Standing {
  const care = untrained.has(of.name) ? random.next() * 0.1 : 0.25 + random.next() * 0.75;
  const results = videos.map((name) => {
    const isWatched = random.next() < 0.15 + care;
    const result = isWatched ? (random.next() < 0.3 + care ? 'CORRECT' : 'INCORRECT') : 'NOT_WATCHED';
    return { name, result } as const;
  });
  const count = (wanted: string): number => results.filter(({ result }) => result === wanted).length;
  const performance = {
    correct: count('CORRECT'),
    incorrect: count('INCORRECT'),
    notWatched: count('NOT_WATCHED'),
    results,
  };
  return { of, care, performance, userState: of.number % 33 === 32 ? 'DISABLED' : 'ACTIVE' };
}

function scoreOf({ care, performance }: Pick<Standing, 'care' | 'performance'>): shape.SafeScore {
  const grade = (value: number): shape.Grade =>
    shape.grades[Math.max(0, Math.min(4, Math.floor((1 - value) * 5)))] ?? 'F';
  const { correct, incorrect, notWatched } = performance;
  const share = (part: number): number => part / videos.length;
  return {
    risk: grade(care),
    humanError: grade(1 - share(incorrect) * 2),
    sentiment: grade(0.3 + care * 0.7),
    engagement: grade(1 - share(notWatched)),
    knowledge: grade(share(correct)),
  };
}

function addCampaign(
  tenant: Receiver,
  world: World,
  standings: readonly Standing[],
  what: { n: number; now: number; name: string; template: string; daysAgo: number },
): void {
  const random = randomFrom(`${world.seed} campaign ${what.n}`);
  const launch = workingDayBefore(what.now - (what.daysAgo - 1) * dayMs, 1) + 9 * hourMs;
  const deeds = standings.map(({ of, care, performance, userState }) => ({
    of,
    deed: {
      template: what.template,
      status: statusOf(random, care),
      scheduled: launch + of.number * 4000,
      clickedIp: of.officeIp,
      reactionSeconds: random.int(5, 900),
      campaignsSent: what.n + 1,
      campaignsClicked: Math.round((1 - care) * (what.n + 1) * 0.7),
      modulesAssigned: videos.length,
      correct: performance.correct,
      incorrect: performance.incorrect,
      userState,
    },
  }));
  const id = `eNqr-campaign-${what.n + 1}-${random.hex(16)}`;
  const { name, template } = what;
  const campaign = shape.campaignOf(
    { id, name, template, launch, sender: 'training@parcel-news.example' },
    deeds.map(({ deed }) => deed.status),
  );
  const users = deeds.map(({ of, deed }) => shape.campaignUser(of, deed));
  tenant.addCampaign(campaign, users);
}

function statusOf(random: Random, care: number): shape.CampaignStatus {
  const chance = random.next();
  if (care < 0.15) return chance < 0.5 ? 'CLICKED' : 'SUBMITTED';
  if (chance < 0.05) return 'SUBMITTED';
  if (chance < 0.2 * (1.4 - care)) return 'CLICKED';
  if (chance < 0.45) return 'OPENED';
  return chance < 0.45 + care * 0.35 ? 'REPORTED' : 'SENT';
}
