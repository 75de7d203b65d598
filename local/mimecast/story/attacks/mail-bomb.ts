import type { Plot } from '../attack.ts';
import { stopped } from '../chain.ts';
import { inbound } from '../drafts.ts';
import { letterOf } from '../letter.ts';
import { recognised } from '../ordinary/spam.ts';
import { stranger } from '../outside.ts';
import { ruleNames } from '../rule-names.ts';

const messages = 170;
const everyMs = 65_000;
const subjects = ['Confirm your subscription', 'Welcome!', 'Thanks for signing up', 'Activate your account'];

/** Somebody's mailbox is flooded with confirmations from everywhere, under which something else is to go unseen. */
export const mailBomb: Plot = ({ label, at, random, victim }) => {
  const records = Array.from({ length: messages }, (_, n) => {
    const from = stranger(random, random.int(0, 999_999));
    const content = { label: `${label} ${n}`, at: at + n * everyMs, subject: random.pick(subjects) };
    const letter = letterOf(inbound(from, [victim], content), random);
    const held = stopped(letter, random, { action: 'Hld', holdReason: 'Spm', spamScore: 40 });
    return [...held, recognised(letter, random)];
  }).flat();
  const title = 'A mailbox is flooded with confirmations';
  return {
    victim: victim.address,
    scenes: [{ id: 'mail-bomb', title, rule: ruleNames.segSpam, records }],
  };
};
