import type { JsonObject } from '../../../../functions/tables/json.ts';
import { legacyTimeText } from '../../times.ts';
import type { Person } from '../people.ts';

// The states of a user are not published; ACTIVE is the one seen, DISABLED assumed.
export type UserState = 'ACTIVE' | 'DISABLED';
export const grades = ['A', 'B', 'C', 'D', 'F'] as const;
export type Grade = (typeof grades)[number];

/** How somebody did in the trainings; `results` says it video by video. */
export interface Performance {
  readonly correct: number;
  readonly incorrect: number;
  readonly notWatched: number;
  readonly results: readonly { readonly name: string; readonly result: 'CORRECT' | 'INCORRECT' | 'NOT_WATCHED' }[];
}

export function performanceDetails(of: Person, userState: UserState, how: Performance): JsonObject {
  const { address, name, department } = of;
  const { correct: numCorrect, incorrect: numIncorrect, notWatched: numNotWatched, results: userDetails } = how;
  return { email: address, name, department, numCorrect, numIncorrect, numNotWatched, userState, userDetails };
}

/** The five grades of a SAFE score. */
export type SafeScore = Readonly<Record<'risk' | 'humanError' | 'sentiment' | 'engagement' | 'knowledge', Grade>>;

export function safeScoreDetails(of: Person, userState: UserState, score: SafeScore): JsonObject {
  return { emailAddress: of.address, name: of.name, department: of.department, ...score, userState };
}

export function watchlistDetails(of: Person, userState: UserState, watchlistCount: number): JsonObject {
  return { email: of.address, name: of.name, department: of.department, watchlistCount, userState };
}

export const campaignStatuses = ['SENT', 'OPENED', 'CLICKED', 'SUBMITTED', 'REPORTED'] as const;
export type CampaignStatus = (typeof campaignStatuses)[number];

/** What somebody did with the message of a phishing campaign; `scheduled` in epoch ms. */
export interface CampaignDeed {
  readonly template: string;
  readonly status: CampaignStatus;
  readonly scheduled: number;
  readonly clickedIp: string;
  readonly reactionSeconds: number;
  readonly campaignsSent: number;
  readonly campaignsClicked: number;
  readonly modulesAssigned: number;
  readonly correct: number;
  readonly incorrect: number;
  readonly userState: UserState;
}

/** Whether a status is of somebody who clicked. */
function isClicker(status: CampaignStatus): boolean {
  return status === 'CLICKED' || status === 'SUBMITTED';
}

/** A user of a phishing campaign; what somebody did not do has no time. */
export function campaignUser(of: Person, deed: CampaignDeed): JsonObject {
  const { status, scheduled } = deed;
  const after = (seconds: number, isDone: boolean) => (isDone ? legacyTimeText(scheduled + seconds * 1000) : null);
  const hasClicked = isClicker(status);
  return {
    name: of.name,
    email: of.address,
    templateName: deed.template,
    department: of.department,
    status,
    numCampaignsSent: deed.campaignsSent,
    numCampaignsClicked: deed.campaignsClicked,
    numTrainingModulesAssigned: deed.modulesAssigned,
    numCorrectAnswers: deed.correct,
    numIncorrectAnswers: deed.incorrect,
    userState: deed.userState,
    clickedIp: hasClicked ? deed.clickedIp : null,
    reactionTime: hasClicked ? deed.reactionSeconds : 0,
    timeScheduled: after(0, true),
    timeOpened: after(240, status !== 'SENT'),
    timeClicked: after(240 + deed.reactionSeconds, hasClicked),
    timeReported: after(540, status === 'REPORTED'),
  };
}

/** A phishing campaign as the list of campaigns shows it, counted from what its users did. */
export function campaignOf(
  what: {
    readonly id: string;
    readonly name: string;
    readonly template: string;
    readonly launch: number;
    readonly sender: string;
  },
  statuses: readonly CampaignStatus[],
): JsonObject & { readonly id: string } {
  const count = (is: (status: CampaignStatus) => boolean): number => statuses.filter(is).length;
  return {
    id: what.id,
    name: what.name,
    templates: [what.template],
    landingPage: 'Default landing page',
    group: 'Everyone',
    launchDate: legacyTimeText(what.launch),
    locale: 'en_GB',
    sender: what.sender,
    numSent: statuses.length,
    numOpened: count((status) => status !== 'SENT'),
    numClicked: count(isClicker),
    numSubmitted: count((status) => status === 'SUBMITTED'),
    numReported: count((status) => status === 'REPORTED'),
    locked: false,
  };
}
