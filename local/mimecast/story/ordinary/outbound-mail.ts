import { minuteMs, workIn } from '../calendar.ts';
import { delivered, refused } from '../chain.ts';
import { inbound, outbound } from '../drafts.ts';
import { anyFile } from '../files.ts';
import { type Happening, happening, type Recorded } from '../happening.ts';
import { type Letter, letterOf } from '../letter.ts';
import { anyPartner, type Correspondent } from '../outside.ts';
import type { Employee } from '../people.ts';
import { unknownMailbox, unwantedSender } from '../rejections.ts';
import { businessSubjects } from '../subjects.ts';
import { anyone, type Slot, timesOf } from '../world.ts';

/** Mail to the firms the company does business with. */
export function outboundMail(slot: Slot): readonly Happening[] {
  return timesOf(slot, 550, workIn(slot.start)).map((at, n) => messageToPartner(slot, at, n));
}

function messageToPartner(slot: Slot, at: number, n: number): Happening {
  const { random } = slot;
  const label = `${slot.label} ${n}`;
  const [sender, reader] = [anyone(slot), anyPartner(random)];
  const files = random.chance(0.25) ? [anyFile(random, label)] : [];
  const content = { label, at, subject: random.pick(businessSubjects), files };
  const letter = letterOf(outbound(sender, [reader.address], content), random);
  const to = { host: `mail.${reader.address.split('@')[1]}`, ip: reader.ip, tls: reader.tls };
  if (!random.chance(0.015)) return happening(at, delivered(letter, random, { to }));
  const unsent = delivered(letter, random, { to, failure: unknownMailbox, afterMs: 3 * minuteMs });
  return happening(at, unsent, bounced(slot, { letter, sender, reader }));
}

// The other side's server tells the sender with a message that has none itself; one in five comes from a blocked server.
function bounced(
  { random }: Slot,
  { letter, sender, reader }: { readonly letter: Letter; readonly sender: Employee; readonly reader: Correspondent },
): readonly Recorded[] {
  const content = {
    label: `${letter.label} bounce`,
    at: letter.at + 4 * minuteMs,
    subject: 'Undelivered Mail Returned to Sender',
  };
  const bounce = letterOf(
    { ...inbound(reader, [sender], content), sender: '<>', senderHeader: reader.address },
    random,
  );
  if (random.chance(0.2)) return refused(bounce, random, { rejection: unwantedSender, knowsSender: false });
  return delivered(bounce, random);
}
