import type { Plot } from '../attack.ts';
import { logon } from '../audits.ts';
import { ruleNames } from '../rule-names.ts';
import { attackerIp } from '../outside.ts';

const targets = 9;

/** One address tries one password with nine people; nobody has it. */
export const passwordSpray: Plot = ({ label, at, random, victim, others }) => {
  const ip = attackerIp(random);
  const records = [victim, ...others].slice(0, targets).map((by, n) => {
    const deed = { label: `${label} ${n}`, time: at + n * 95_000, by, ip, application: 'Mimecast Personal Portal' };
    return logon(deed, 'failure', 'Cloud');
  });
  const title = 'One address tries a password with nine people';
  return {
    victim: victim.address,
    attacker: ip,
    scenes: [{ id: 'password-spray', title, rule: ruleNames.audit, records }],
  };
};
