import { minuteMs, workIn } from '../calendar.ts';
import { delivered, released, stopped } from '../chain.ts';
import { clicked, scanned } from '../clicks.ts';
import { inbound } from '../drafts.ts';
import { anyFile } from '../files.ts';
import { type Happening, happening, type Recorded } from '../happening.ts';
import { type Letter, letterOf } from '../letter.ts';
import { anyPartner } from '../outside.ts';
import type { Employee } from '../people.ts';
import { fullMailbox } from '../rejections.ts';
import { sandboxed } from '../sandbox.ts';
import { businessSubjects } from '../subjects.ts';
import { anyone, type Slot, some, timesOf } from '../world.ts';

/** Mail from the firms the company does business with. */
export function businessMail(slot: Slot): readonly Happening[] {
  return timesOf(slot, 930, workIn(slot.start)).map((at, n) => messageFromPartner(slot, at, n));
}

function messageFromPartner(slot: Slot, at: number, n: number): Happening {
  const { random, world } = slot;
  const label = `${slot.label} ${n}`;
  const reader = anyone(slot);
  const others = random.chance(0.08) ? some(random, world.company, random.int(1, 2), [reader]) : [];
  const files = random.chance(0.22) ? [anyFile(random, label)] : [];
  if (files.length > 0 && random.chance(0.2)) files.push(anyFile(random, `${label} second`));
  const content = { label, at, subject: random.pick(businessSubjects), files };
  const letter = letterOf(inbound(anyPartner(random), [reader, ...others], content), random);
  if (files.length > 0 && random.chance(0.06)) return happening(at, heldForItsFile(slot, letter));
  return happening(at, course(slot, letter), verdicts(slot, letter), links(slot, letter, reader));
}

// A few files are held for a look at them although they are safe; most of these are released.
function heldForItsFile({ random }: Slot, letter: Letter): readonly Recorded[] {
  const held = stopped(letter, random, { action: 'Hld', holdReason: 'Oth' });
  const isReleased = random.chance(0.7);
  const actionTriggered = isReleased ? 'user release, none' : 'hold, none';
  const verdict = letter.files
    .slice(0, 1)
    .map((file) => sandboxed(letter, random, file, { result: 'safe', actionTriggered }));
  const release = isReleased ? released(letter, random, letter.at + random.int(10, 150) * minuteMs) : [];
  return [...held, ...verdict, ...release];
}

// Some messages with files go through the sandbox first.
function course({ random }: Slot, letter: Letter): readonly Recorded[] {
  if (letter.files.length > 0 && random.chance(0.3))
    return delivered(letter, random, { action: 'Sdbx', afterMs: random.int(1, 4) * minuteMs });
  const fate = random.next();
  if (fate < 0.005) return stopped(letter, random, { action: random.pick(['Bnc', 'Rej'] as const) });
  if (fate < 0.007) return delivered(letter, random, { failure: fullMailbox, afterMs: 3 * minuteMs });
  return delivered(letter, random);
}

function verdicts({ random }: Slot, letter: Letter): readonly Recorded[] {
  const [file] = letter.files;
  if (!file) return [];
  const chance = random.next();
  const result = chance < 0.01 ? 'timeout' : chance < 0.02 ? 'error' : 'safe';
  return [sandboxed(letter, random, file, { result, actionTriggered: 'none, none' })];
}

function links({ random }: Slot, letter: Letter, reader: Employee): readonly Recorded[] {
  if (letter.files.length > 0 || !random.chance(0.4)) return [];
  const domain = letter.sender.split('@')[1];
  const url = `https://www.${domain}/${random.pick(['news', 'orders', 'shared', 'calendar'])}/${random.hex(6)}?q=%E4%BC%9A`;
  if (random.chance(0.3)) return [scanned(letter, random, { url, action: 'clean' })];
  const time = letter.at + random.int(1, 80) * minuteMs;
  const from = random.chance(0.7) ? reader.officeIp : reader.homeIp;
  return clicked(letter, random, { time, by: reader.address, from, url, outcome: 'clean' });
}
