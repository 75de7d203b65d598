import { randomFrom } from '../plain/random.ts';
import type { Attack, Plot } from './attack.ts';
import { accountTakeover } from './attacks/account-takeover.ts';
import { attachmentDelivered } from './attacks/attachment-delivered.ts';
import { attachmentHeld } from './attacks/attachment-held.ts';
import { executiveImpersonated } from './attacks/executive-impersonated.ts';
import { guessesWithoutAddress } from './attacks/guesses-without-address.ts';
import { impersonationWave } from './attacks/impersonation-wave.ts';
import { internalSpread } from './attacks/internal-spread.ts';
import { leakHeld } from './attacks/leak-held.ts';
import { leakNotified } from './attacks/leak-notified.ts';
import { leakRepeated } from './attacks/leak-repeated.ts';
import { mailBomb } from './attacks/mail-bomb.ts';
import { passwordSpray } from './attacks/password-spray.ts';
import { phishingAllowed } from './attacks/phishing-allowed.ts';
import { phishingBlocked } from './attacks/phishing-blocked.ts';
import { spamFromInside } from './attacks/spam-from-inside.ts';
import { untrainedClickers } from './attacks/untrained-clickers.ts';
import { virusAccepted } from './attacks/virus-accepted.ts';
import { virusCampaign } from './attacks/virus-campaign.ts';
import { virusFromInside } from './attacks/virus-from-inside.ts';
import { virusSiege } from './attacks/virus-siege.ts';
import { hourMs, minuteMs, slotMs, workingDayBefore } from './calendar.ts';
import type { Part } from './people.ts';
import { some, type World } from './world.ts';

interface Entry {
  readonly plot: Plot;
  /** How many working days ago. */
  readonly day: number;
  /** Hour and minute (UTC). */
  readonly clock: readonly [hour: number, minute: number];
  readonly victim: Part;
  readonly with?: readonly Part[];
}

/** The attacks of the story. Those of the last four working days set off each of the rules; the others are earlier. */
const entries: readonly Entry[] = [
  { plot: attachmentHeld, day: 9, clock: [8, 12], victim: 'buyer' },
  { plot: phishingBlocked, day: 8, clock: [10, 20], victim: 'planner' },
  { plot: virusSiege, day: 8, clock: [13, 3], victim: 'counsel' },
  { plot: impersonationWave, day: 7, clock: [9, 40], victim: 'chiefOperations' },
  { plot: passwordSpray, day: 6, clock: [5, 31], victim: 'mailAdministrator' },
  { plot: leakRepeated, day: 6, clock: [11, 5], victim: 'buyer' },
  { plot: guessesWithoutAddress, day: 5, clock: [14, 22], victim: 'recruiter' },
  { plot: attachmentDelivered, day: 4, clock: [8, 51], victim: 'recruiter' },
  { plot: virusCampaign, day: 4, clock: [15, 10], victim: 'payables' },
  { plot: phishingAllowed, day: 3, clock: [9, 14], victim: 'payroll' },
  { plot: mailBomb, day: 3, clock: [10, 2], victim: 'bombed' },
  { plot: leakHeld, day: 3, clock: [14, 30], victim: 'leaver' },
  { plot: virusFromInside, day: 3, clock: [16, 18], victim: 'infected' },
  { plot: executiveImpersonated, day: 2, clock: [9, 55], victim: 'payables' },
  { plot: virusAccepted, day: 2, clock: [11, 37], victim: 'counsel' },
  { plot: untrainedClickers, day: 2, clock: [14, 5], victim: 'untrained', with: ['careless', 'newcomer'] },
  { plot: accountTakeover, day: 1, clock: [5, 48], victim: 'takenOver' },
  { plot: internalSpread, day: 1, clock: [7, 35], victim: 'helpDesk', with: ['takenOver'] },
  { plot: spamFromInside, day: 1, clock: [8, 20], victim: 'takenOver' },
  { plot: leakNotified, day: 1, clock: [12, 26], victim: 'homeWorker' },
];

/** The most people that a plot needs beside its victim. */
const companions = 8;

/** The attacks of the working days before a time (epoch ms). */
export function plannedAttacks(world: World, now: number): readonly Attack[] {
  return entries.map(({ plot, day, clock: [hour, minute], victim: part, with: parts = [] }, n) => {
    const at = workingDayBefore(now, day) + hour * hourMs + minute * minuteMs;
    const label = `${world.seed} attack ${n} ${at}`;
    const random = randomFrom(label);
    const { company } = world;
    const named = [part, ...parts].map((each) => company.as(each));
    const [victim = company.as(part), ...chosen] = named;
    const others = [...chosen, ...some(random, company, companions, named)];
    return plot({ label, at, mark: '', random, company, victim, others });
  });
}

const everySlots = 8;

/** Now and then there is another attack, on anybody: at most one in two hours. @param slot where it begins (epoch ms) */
export function surprise(world: World, slot: number): { readonly at: number; readonly attack: Attack } | undefined {
  if ((slot / slotMs) % everySlots !== 0) return undefined;
  const label = `${world.seed} surprise ${slot}`;
  const random = randomFrom(label);
  const { plot } = random.pick(entries);
  const at = slot + random.int(0, slotMs / 2);
  const [victim, ...others] = some(random, world.company, companions + 1, []);
  return (
    victim && {
      at,
      attack: plot({ label, at, mark: `-${random.hex(5)}`, random, company: world.company, victim, others }),
    }
  );
}
