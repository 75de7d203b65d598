import type { Happening } from './happening.ts';
import { adminWork } from './ordinary/admin-work.ts';
import { businessMail } from './ordinary/business-mail.ts';
import { cloudIntegrated } from './ordinary/cloud-integrated.ts';
import { forwardedSuspicions } from './ordinary/forwarded-suspicions.ts';
import { impersonation } from './ordinary/impersonation.ts';
import { internalMail } from './ordinary/internal-mail.ts';
import { leakPrevention } from './ordinary/leak-prevention.ts';
import { logons } from './ordinary/logons.ts';
import { malware } from './ordinary/malware.ts';
import { newsletters } from './ordinary/newsletters.ts';
import { outboundMail } from './ordinary/outbound-mail.ts';
import { permittedSenders } from './ordinary/permitted-senders.ts';
import { phishing } from './ordinary/phishing.ts';
import { spam } from './ordinary/spam.ts';
import { type Slot, slotOf, type World } from './world.ts';

const kinds: Readonly<Record<string, (slot: Slot) => readonly Happening[]>> = {
  businessMail,
  internalMail,
  outboundMail,
  newsletters,
  permittedSenders,
  spam,
  phishing,
  malware,
  impersonation,
  forwardedSuspicions,
  leakPrevention,
  logons,
  adminWork,
  cloudIntegrated,
};

/** Everything ordinary that begins in the quarter of an hour from `start` (epoch ms) on: the same whenever it is asked for. */
export function trafficIn(world: World, start: number): readonly Happening[] {
  return Object.entries(kinds).flatMap(([kind, make]) => make(slotOf(world, kind, start)));
}
