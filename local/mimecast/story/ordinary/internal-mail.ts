import { minuteMs, workIn } from '../calendar.ts';
import { delivered } from '../chain.ts';
import { clicked } from '../clicks.ts';
import { internal } from '../drafts.ts';
import { anyFile } from '../files.ts';
import { type Happening, happening } from '../happening.ts';
import { letterOf } from '../letter.ts';
import { internalSubjects } from '../subjects.ts';
import { anyone, type Slot, some, timesOf } from '../world.ts';

/** Mail between colleagues; all of it is journaled. */
export function internalMail(slot: Slot): readonly Happening[] {
  return timesOf(slot, 700, workIn(slot.start)).map((at, n) => messageFromColleague(slot, at, n));
}

function messageFromColleague(slot: Slot, at: number, n: number): Happening {
  const { random, world } = slot;
  const label = `${slot.label} ${n}`;
  const sender = anyone(slot);
  const readers = some(random, world.company, random.chance(0.8) ? 1 : random.int(2, 4), [sender]);
  const files = random.chance(0.12) ? [anyFile(random, label)] : [];
  const subject = random.pick(internalSubjects);
  const letter = letterOf(internal(sender, readers, { label, at, subject, files }), random);
  const [reader] = readers;
  const hasClick = reader !== undefined && random.chance(0.08);
  const url = `https://intranet.${world.company.domain}/wiki/${random.hex(5)}`;
  const time = at + random.int(1, 40) * minuteMs;
  const click = { time, by: reader?.address ?? '', from: reader?.officeIp ?? '', url, outcome: 'clean' } as const;
  return happening(at, delivered(letter, random), hasClick ? clicked(letter, random, click) : []);
}
