import { workIn } from '../calendar.ts';
import { delivered, stopped } from '../chain.ts';
import { inbound } from '../drafts.ts';
import { type Happening, happening } from '../happening.ts';
import { type Identifier, pretended } from '../impersonations.ts';
import { letterOf } from '../letter.ts';
import { stranger } from '../outside.ts';
import { anyone, type Slot, timesOf } from '../world.ts';

const faint: readonly Identifier[] = [
  'newly_observed_domain',
  'reply_address_mismatch',
  'custom_external_domain',
  'mimecast_external_domain',
  'targeted_threat_dictionary',
];
const plain: readonly Identifier[] = [
  'internal_user_name',
  'similar_internal_domain',
  'advanced_similar_internal_domain',
  'custom_name_list',
];
const subjects = ['Introduction', 'New bank details', 'Quick question', 'Our proposal', 'Are you at your desk?'];

/** Senders who look like others: one faint sign is only marked; whoever is plainly like a colleague is held or bounced. */
export function impersonation(slot: Slot): readonly Happening[] {
  return timesOf(slot, 28, workIn(slot.start)).map((at, n) => {
    const { random, world } = slot;
    const reader = anyone(slot);
    const from = stranger(random, random.int(0, 999_999));
    const content = { label: `${slot.label} ${n}`, at, subject: random.pick(subjects) };
    const letter = letterOf(inbound(from, [reader], content), random);
    if (random.chance(0.6)) {
      const like = `${random.pick(['northern', 'western', 'central'])}-bank.example`;
      const found = { identifiers: [random.pick(faint)], like, action: 'none', isTaggedMalicious: false } as const;
      return happening(at, delivered(letter, random), pretended(letter, random, found));
    }
    const action = random.pick(['hold', 'hold', 'bounce'] as const);
    const like = random.pick(world.company.people).name;
    const found = { identifiers: [random.pick(plain), random.pick(faint)], like, action, isTaggedMalicious: true };
    const end = stopped(letter, random, action === 'hold' ? { action: 'Hld', holdReason: 'Oth' } : { action: 'Bnc' });
    return happening(at, end, pretended(letter, random, found));
  });
}
