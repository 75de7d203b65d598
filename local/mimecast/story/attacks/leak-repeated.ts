import type { Plot } from '../attack.ts';
import { minuteMs } from '../calendar.ts';
import { delivered } from '../chain.ts';
import { outbound } from '../drafts.ts';
import { letterOf } from '../letter.ts';
import { leaked } from '../ordinary/leak-prevention.ts';
import { partner } from '../outside.ts';
import { ruleNames } from '../rule-names.ts';

const messages = 6;

/** Somebody sends figures to one firm six times on a day; an administrator is told each time, and the mail goes out. */
export const leakRepeated: Plot = ({ label, at, random, victim }) => {
  const { address, ip, tls } = partner(30);
  const to = { host: `mail.${address.split('@')[1]}`, ip, tls };
  const records = Array.from({ length: messages }, (_, n) => {
    const content = { label: `${label} ${n}`, at: at + n * 35 * minuteMs, subject: `Figures, part ${n + 1}` };
    const letter = letterOf(outbound(victim, [address], content), random);
    const log = leaked(letter, letter.at + 2000, { policy: 'Card numbers', action: 'notification' });
    return [...delivered(letter, random, { to }), log];
  }).flat();
  const title = 'Figures go to one firm six times on a day';
  return {
    victim: victim.address,
    attacker: address,
    scenes: [{ id: 'leak-repeated', title, rule: ruleNames.dlpNotifications, records }],
  };
};
