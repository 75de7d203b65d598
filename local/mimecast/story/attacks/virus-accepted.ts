import type { Plot } from '../attack.ts';
import { delivered } from '../chain.ts';
import { inbound } from '../drafts.ts';
import { fileOf } from '../files.ts';
import { letterOf } from '../letter.ts';
import { attackerIp, stranger } from '../outside.ts';
import { ruleNames } from '../rule-names.ts';

/** A message is accepted and delivered although its receipt names a virus. */
export const virusAccepted: Plot = ({ label, at, mark, random, victim }) => {
  const from = { ...stranger(random, 6), address: `clerk@court-papers${mark}.example`, ip: attackerIp(random) };
  const file = fileOf('summons.pdf', { bytes: 130_000, content: label });
  const letter = letterOf(inbound(from, [victim], { label, at, subject: 'Summons 4711', files: [file] }), random);
  const records = delivered(letter, random, { virusFound: 'Pdf.Exploit.Sample' });
  const title = 'A message with a virus is accepted';
  return {
    victim: victim.address,
    attacker: from.address,
    scenes: [{ id: 'virus-accepted', title, rule: ruleNames.segVirus, records }],
  };
};
