import { dlpLog, type DlpAction } from '../../plain/shapes/window-events.ts';
import { minuteMs, workIn } from '../calendar.ts';
import { delivered, released, stopped } from '../chain.ts';
import { inbound, internal, outbound } from '../drafts.ts';
import { anyFile } from '../files.ts';
import { type Happening, happening, type Recorded } from '../happening.ts';
import { type Letter, letterOf, logFrameOf } from '../letter.ts';
import { anyPartner } from '../outside.ts';
import type { Employee } from '../people.ts';
import { anyone, type Slot, some, timesOf } from '../world.ts';

const subjects = ['Price list', 'Project figures', 'Personnel file', 'Customer list', 'Draft contract'];
const policies = ['Content Inspection - Watermark', 'Card numbers', 'Confidential to outside'];

/** Data leak prevention on an ordinary day: now and then a message of anybody is held, or an administrator told of it. */
export function leakPrevention(slot: Slot): readonly Happening[] {
  const work = workIn(slot.start);
  const out = timesOf(slot, 14, work).map((at, n) => toOutside(slot, at, `out ${n}`));
  const within = timesOf(slot, 10, work).map((at, n) => toColleague(slot, at, `within ${n}`));
  const back = timesOf(slot, 12, work).map((at, n) => undeliverable(slot, at, `back ${n}`));
  return [...out, ...within, ...back];
}

/** Data leak prevention has done something about a message. */
export function leaked(letter: Letter, time: number, what: { policy: string; action: DlpAction }): Recorded {
  return { feed: 'SegDlp', time, event: dlpLog(logFrameOf(letter, time), what) };
}

function toOutside(slot: Slot, at: number, label: string): Happening {
  const { random } = slot;
  const [sender, reader] = [senderOf(slot), anyPartner(random)];
  const content = { label: `${slot.label} ${label}`, at, subject: random.pick(subjects) };
  const letter = letterOf(outbound(sender, [reader.address], { ...content, files: [anyFile(random, label)] }), random);
  const action = random.pick([
    'hold',
    'hold',
    'hold',
    'notification',
    'block',
    'delete',
    'bounce',
    'smart_folder',
  ] as const);
  const log = leaked(letter, at + 2000, { policy: random.pick(policies), action });
  const to = { host: `mail.${reader.address.split('@')[1]}`, ip: reader.ip, tls: reader.tls };
  switch (action) {
    case 'hold': {
      const held = stopped(letter, random, { action: 'Hld', holdReason: 'Oth' });
      return happening(at, held, [log], random.chance(0.5) ? released(letter, random, at + 40 * minuteMs) : []);
    }
    case 'notification':
    case 'smart_folder':
      return happening(at, delivered(letter, random, { to }), [log]);
    case 'bounce':
      return happening(at, stopped(letter, random, { action: 'Bnc' }), [log]);
    case 'block':
    case 'delete':
      return happening(at, stopped(letter, random, { action: 'Rej' }), [log]);
  }
}

// Whoever is checked changes from hour to hour, so that nobody is checked often on one day.
function senderOf({ world, start, random }: Slot): Employee {
  const { people } = world.company;
  const turn = Math.floor(start / 900_000) * 17 + random.int(0, 8) * 2;
  return people[turn % people.length] ?? random.pick(people);
}

function toColleague(slot: Slot, at: number, label: string): Happening {
  const { random, world } = slot;
  const sender = anyone(slot);
  const content = { label: `${slot.label} ${label}`, at, subject: random.pick(subjects) };
  const letter = letterOf(internal(sender, some(random, world.company, 1, [sender]), content), random);
  const log = leaked(letter, at + 2000, { policy: 'Card numbers', action: 'notification' });
  return happening(at, delivered(letter, random), [log]);
}

function undeliverable(slot: Slot, at: number, label: string): Happening {
  const { random } = slot;
  const content = { label: `${slot.label} ${label}`, at, subject: 'Undelivered Mail Returned to Sender' };
  const letter = letterOf({ ...inbound(anyPartner(random), [anyone(slot)], content), sender: '<>' }, random);
  const policy = 'Content Inspection - Watermark';
  const held = stopped(letter, random, { action: 'Hld', holdReason: 'Oth' });
  const logs = [leaked(letter, at + 2000, { policy, action: 'hold' })];
  if (random.chance(0.6)) logs.push(leaked(letter, at + 2000, { policy, action: 'notification' }));
  return happening(at, held, logs);
}
