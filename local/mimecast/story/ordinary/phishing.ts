import { minuteMs, unwantedIn, workIn } from '../calendar.ts';
import { delivered, refused, stopped } from '../chain.ts';
import { clicked, scanned } from '../clicks.ts';
import { inbound } from '../drafts.ts';
import { type Happening, happening, type Recorded } from '../happening.ts';
import { letterOf, type Letter } from '../letter.ts';
import { stranger } from '../outside.ts';
import type { Employee } from '../people.ts';
import { maliciousQrCode } from '../rejections.ts';
import { anyone, type Slot, timesOf } from '../world.ts';

const subjects = [
  'Your mailbox is full',
  'Parcel on hold',
  'Payment failed',
  'Shared document',
  'Confirm your account',
];

/** The phishing of every day: one message to one person, which is refused, held, or blocked when he clicks. */
export function phishing(slot: Slot): readonly Happening[] {
  const quiet = timesOf(slot, 12, unwantedIn(slot.start)).map((at, n) => stoppedPhish(slot, at, `stopped ${n}`));
  const clicks = timesOf(slot, 7, workIn(slot.start)).map((at, n) => clickedPhish(slot, at, `clicked ${n}`));
  return [...quiet, ...clicks];
}

function phish(slot: Slot, at: number, label: string): { letter: Letter; reader: Employee; url: string } {
  const { random } = slot;
  const from = stranger(random, random.int(0, 999_999));
  const reader = anyone(slot);
  const content = { label: `${slot.label} ${label}`, at, subject: random.pick(subjects) };
  const url = `http://login.${from.address.split('@')[1]}/${random.hex(8)}`;
  return { letter: letterOf(inbound(from, [reader], content), random), reader, url };
}

function stoppedPhish(slot: Slot, at: number, label: string): Happening {
  const { random } = slot;
  const { letter, url } = phish(slot, at, label);
  const receiptErrors = 'Malicious QRCode detected in email: UrlReputationScan';
  if (random.chance(0.3))
    return happening(at, refused(letter, random, { rejection: maliciousQrCode(url), receiptErrors }));
  const held = stopped(letter, random, { action: 'Hld', holdReason: 'Spm', spamScore: random.int(50, 95) });
  const action = random.pick(['block', 'warn', 'allow'] as const);
  return happening(at, held, [scanned(letter, random, { url, action })]);
}

function clickedPhish(slot: Slot, at: number, label: string): Happening {
  const { random } = slot;
  const { letter, reader, url } = phish(slot, at, label);
  const time = at + random.int(1, 60) * minuteMs;
  const outcome = random.chance(0.8) ? 'blocked' : 'warned';
  const clicks: readonly Recorded[] = clicked(letter, random, {
    time,
    by: reader.address,
    from: random.chance(0.6) ? reader.officeIp : reader.homeIp,
    url,
    outcome,
  });
  return happening(at, delivered(letter, random, { spamScore: random.int(5, 20) }), clicks);
}
