import type { Plot } from '../attack.ts';
import { minuteMs } from '../calendar.ts';
import { stopped } from '../chain.ts';
import { inbound } from '../drafts.ts';
import { pretended } from '../impersonations.ts';
import { letterOf } from '../letter.ts';
import { attackerIp, stranger } from '../outside.ts';
import { ruleNames } from '../rule-names.ts';

const readers = 5;

/** Somebody with the chief executive's name writes to five people; each message is held or bounced. */
export const impersonationWave: Plot = ({ label, at, mark, random, company, victim, others }) => {
  const { name } = company.as('chiefExecutive');
  const address = `office@chief-desk${mark}.example`;
  const from = { ...stranger(random, 5), address, ip: attackerIp(random) };
  const records = [victim, ...others].slice(0, readers).flatMap((reader, n) => {
    const content = { label: `${label} ${n}`, at: at + n * 6 * minuteMs, subject: 'Are you available?' };
    const letter = letterOf(inbound(from, [reader], content), random);
    const isHeld = n !== 2;
    return [
      ...stopped(letter, random, isHeld ? { action: 'Hld', holdReason: 'Oth' } : { action: 'Bnc' }),
      ...pretended(letter, random, {
        identifiers: ['custom_name_list', 'newly_observed_domain'],
        like: name,
        action: isHeld ? 'hold' : 'bounce',
        isTaggedMalicious: true,
      }),
    ];
  });
  const title = 'The chief executive seems to write to five people; all are held or bounced';
  return {
    victim: victim.address,
    attacker: address,
    scenes: [{ id: 'false-chief-wave', title, rule: ruleNames.ttpImpersonation, records }],
  };
};
