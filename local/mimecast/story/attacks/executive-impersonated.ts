import type { Plot } from '../attack.ts';
import { hourMs } from '../calendar.ts';
import { delivered } from '../chain.ts';
import { inbound } from '../drafts.ts';
import { pretended } from '../impersonations.ts';
import { letterOf } from '../letter.ts';
import { attackerIp, stranger } from '../outside.ts';
import { ruleNames } from '../rule-names.ts';

const subjects = ['Urgent payment today', 'Re: Urgent payment today'];

/** Somebody with the finance chief's name asks accounts payable for a payment, twice; it is marked and delivered. */
export const executiveImpersonated: Plot = ({ label, at, mark, random, company, victim }) => {
  const { name } = company.as('chiefFinance');
  const address = `${name.toLowerCase().replace(' ', '.')}@larkfie1d${mark}.example`;
  const from = { ...stranger(random, 4), address, ip: attackerIp(random) };
  const letters = subjects.map((subject, n) =>
    letterOf(inbound(from, [victim], { label: `${label} ${n}`, at: at + n * hourMs, subject }), random),
  );
  const found = {
    identifiers: ['internal_user_name', 'similar_internal_domain', 'reply_address_mismatch'],
    like: name,
    action: 'none',
    isTaggedMalicious: true,
  } as const;
  const seen = letters.map((letter) => pretended(letter, random, found));
  const chains = letters.flatMap((letter) => delivered(letter, random));
  const title = 'The finance chief seems to ask for a payment';
  return {
    victim: victim.address,
    attacker: address,
    scenes: [
      { id: 'false-finance-chief', title, rule: ruleNames.ttpImpersonation, records: seen.map(([log]) => log) },
      {
        id: 'false-finance-chief-gateway',
        title: `${title} (as the gateway sees it)`,
        rule: ruleNames.segImpersonation,
        records: [...seen.map(([, event]) => event), ...chains],
      },
    ],
  };
};
