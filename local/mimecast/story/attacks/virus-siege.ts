import type { Plot } from '../attack.ts';
import { minuteMs } from '../calendar.ts';
import { refused } from '../chain.ts';
import { inbound } from '../drafts.ts';
import { letterOf } from '../letter.ts';
import { attackerIp, stranger } from '../outside.ts';
import { virusSignature } from '../rejections.ts';
import { ruleNames } from '../rule-names.ts';

const messages = 16;
const readers = 3;

/** One server tries the same three people with ever new viruses; all are refused. */
export const virusSiege: Plot = ({ label, at, mark, random, victim, others }) => {
  const from = { ...stranger(random, 7), address: `robot@siege-engine${mark}.example`, ip: attackerIp(random) };
  const targets = [victim, ...others].slice(0, readers);
  const records = Array.from({ length: messages }, (_, n) => {
    const to = targets.slice(n % readers, (n % readers) + 1);
    const content = { label: `${label} ${n}`, at: at + n * 4 * minuteMs, subject: 'Document' };
    const letter = letterOf(inbound(from, to, content), random);
    return refused(letter, random, { rejection: virusSignature(`Heur.Macro.Siege.${random.hex(4)}`) });
  }).flat();
  const title = 'One server tries again and again with new viruses';
  return {
    victim: victim.address,
    attacker: from.ip,
    scenes: [{ id: 'virus-siege', title, rule: ruleNames.segVirus, records }],
  };
};
