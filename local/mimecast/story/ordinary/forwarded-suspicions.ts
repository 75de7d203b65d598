import { internalEmailProtect } from '../../plain/shapes/gateway-threats.ts';
import { workIn } from '../calendar.ts';
import { delivered } from '../chain.ts';
import { scanned } from '../clicks.ts';
import { internal } from '../drafts.ts';
import { type Happening, happening } from '../happening.ts';
import { envelopeOf, letterOf, told } from '../letter.ts';
import { anyone, type Slot, timesOf } from '../world.ts';

/** Somebody forwards a suspicious message to the help desk: the link in it is found in internal mail, and no harm is done. */
export function forwardedSuspicions(slot: Slot): readonly Happening[] {
  return timesOf(slot, 1.5, workIn(slot.start)).map((at, n) => {
    const { random, world } = slot;
    const content = { label: `${slot.label} ${n}`, at, subject: 'FW: is this real?' };
    const letter = letterOf(internal(anyone(slot), [world.company.as('helpDesk')], content), random);
    const found = { scanResults: 'Blocked URL Category', urlCategory: 'Compromised', similarDomain: null };
    const event = told(letter, 'internal email protect', internalEmailProtect(envelopeOf(letter), found), {
      time: at + 2500,
    });
    const url = `http://old-shop-${random.hex(4)}.example/basket`;
    return happening(at, delivered(letter, random), [event, scanned(letter, random, { url, action: 'warn' })]);
  });
}
