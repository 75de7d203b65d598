import { av } from '../../plain/shapes/gateway-files.ts';
import type { Plot } from '../attack.ts';
import { minuteMs } from '../calendar.ts';
import { stopped } from '../chain.ts';
import { outbound } from '../drafts.ts';
import { fileOf } from '../files.ts';
import { envelopeOf, letterOf, told } from '../letter.ts';
import { partner } from '../outside.ts';
import { ruleNames } from '../rule-names.ts';

/** An infected computer answers customers with a virus; the gateway keeps it inside. */
export const virusFromInside: Plot = ({ label, at, random, victim }) => {
  const file = fileOf('order.zip', { bytes: 43_000, content: label });
  const records = [12, 47].flatMap((customer, n) => {
    const content = { label: `${label} ${n}`, at: at + n * 3 * minuteMs, subject: 'Re: order 55-2017', files: [file] };
    const letter = letterOf(outbound(victim, [partner(customer).address], content), random);
    const found = av(envelopeOf(letter), file, { virus: 'Zip.Loader.Outbreak', isFromInside: true });
    return [...stopped(letter, random, { action: 'Rej' }), told(letter, 'av', found, { time: letter.at + 900 })];
  });
  const title = 'A computer in the company sends a virus to customers';
  return {
    victim: victim.address,
    attacker: victim.address,
    scenes: [{ id: 'virus-from-inside', title, rule: ruleNames.segAv, records }],
  };
};
