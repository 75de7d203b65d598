import type { Plot } from '../attack.ts';
import { minuteMs } from '../calendar.ts';
import { stopped } from '../chain.ts';
import { outbound } from '../drafts.ts';
import { letterOf } from '../letter.ts';
import { recognised } from '../ordinary/spam.ts';
import { stranger } from '../outside.ts';
import { ruleNames } from '../rule-names.ts';

const messages = 32;

/** A colleague's account sends spam to the world: 32 messages within the hour, all held. */
export const spamFromInside: Plot = ({ label, at, random, victim }) => {
  const records = Array.from({ length: messages }, (_, n) => {
    const to = stranger(random, random.int(0, 999_999)).address;
    const content = { label: `${label} ${n}`, at: at + n * 1.5 * minuteMs, subject: 'Re: your account statement' };
    const letter = letterOf(outbound(victim, [to], content), random);
    const held = stopped(letter, random, { action: 'Hld', holdReason: 'Spm', spamScore: 70 });
    return [...held, recognised(letter, random)];
  }).flat();
  const title = 'Spam leaves the company from a colleague’s account';
  return {
    victim: victim.address,
    attacker: victim.address,
    scenes: [{ id: 'spam-from-inside', title, rule: ruleNames.segSpam, records }],
  };
};
