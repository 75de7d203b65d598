import { unwantedIn } from '../calendar.ts';
import { refused, stopped } from '../chain.ts';
import { inbound } from '../drafts.ts';
import { type Happening, happening, type Recorded } from '../happening.ts';
import { type Letter, letterOf, envelopeOf, told } from '../letter.ts';
import { stranger } from '../outside.ts';
import { spam as spamEvent } from '../../plain/shapes/gateway-threats.ts';
import type { Random } from '../../plain/random.ts';
import { blockedHeader, listedSender, unwantedSender } from '../rejections.ts';
import { spamSubjects } from '../subjects.ts';
import { anyone, type Slot, timesOf } from '../world.ts';

/** Spam: most is refused at the door, the rest is recognised and held. */
export function spam(slot: Slot): readonly Happening[] {
  const share = unwantedIn(slot.start);
  const { random } = slot;
  const refusals = timesOf(slot, 540, share).map((at, n) => {
    const letter = spamLetter(slot, at, `refused ${n}`);
    return happening(at, refused(letter, random, { rejection: refusalOf(letter, random) }));
  });
  const held = timesOf(slot, 330, share).map((at, n) => {
    const letter = spamLetter(slot, at, `held ${n}`);
    const course = { action: 'Hld', holdReason: 'Spm', spamScore: random.int(30, 95) } as const;
    return happening(at, stopped(letter, random, course), [recognised(letter, random)]);
  });
  return [...refusals, ...held];
}

/** The gateway says that a message is spam. */
export function recognised(letter: Letter, random: Random): Recorded {
  const tags = random.chance(0.15) ? { taggedExternal: 'true', taggedMalicious: 'false' } : undefined;
  const subject = random.chance(0.05) ? null : letter.subject;
  return told(letter, 'spam', spamEvent(envelopeOf(letter), { subject, tags }), { time: letter.at + 1200 });
}

function spamLetter(slot: Slot, at: number, label: string): Letter {
  const { random } = slot;
  const from = stranger(random, random.int(0, 999_999));
  const subject = random.pick(spamSubjects);
  return letterOf(inbound(from, [anyone(slot)], { label: `${slot.label} ${label}`, at, subject }), random);
}

function refusalOf(letter: Letter, random: Random) {
  const chance = random.next();
  if (chance < 0.75) return listedSender(random);
  return chance < 0.9 ? unwantedSender : blockedHeader(letter.sender);
}
