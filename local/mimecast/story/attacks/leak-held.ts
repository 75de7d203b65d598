import type { Plot } from '../attack.ts';
import { minuteMs } from '../calendar.ts';
import { stopped } from '../chain.ts';
import { outbound } from '../drafts.ts';
import { fileOf } from '../files.ts';
import { letterOf } from '../letter.ts';
import { leaked } from '../ordinary/leak-prevention.ts';
import { partner } from '../outside.ts';
import { ruleNames } from '../rule-names.ts';

const files = [
  'customers-north.xlsx',
  'customers-south.xlsx',
  'price-list.xlsx',
  'pipeline.xlsx',
  'contacts.zip',
  'margins.xlsx',
];

/** Somebody who is about to leave sends customer lists to six firms; all are held. */
export const leakHeld: Plot = ({ label, at, random, victim }) => {
  const records = files.flatMap((name, n) => {
    const file = fileOf(name, { bytes: 400_000 + n * 31_000, content: `${label} ${name}` });
    const content = { label: `${label} ${n}`, at: at + n * 17 * minuteMs, subject: 'For later', files: [file] };
    // Contacts are numbered five to a firm: each of these is at another.
    const letter = letterOf(outbound(victim, [partner(n * 5 + 2).address], content), random);
    const log = leaked(letter, letter.at + 2000, { policy: 'Confidential to outside', action: 'hold' });
    return [...stopped(letter, random, { action: 'Hld', holdReason: 'Oth' }), log];
  });
  const title = 'Somebody who is about to leave sends customer lists outside; all are held';
  return {
    victim: victim.address,
    attacker: victim.address,
    scenes: [{ id: 'leak-held', title, rule: ruleNames.dlpHold, records }],
  };
};
