import type { Plot } from '../attack.ts';
import { logon } from '../audits.ts';
import { ruleNames } from '../rule-names.ts';

const failures = 12;

/** A password is guessed twelve times through an old programme, of which the log knows no address. */
export const guessesWithoutAddress: Plot = ({ label, at, victim: by }) => {
  const records = Array.from({ length: failures }, (_, n) => {
    const deed = { label: `${label} ${n}`, time: at + n * 200_000, by, ip: undefined, application: 'mimecast-moa' };
    return logon(deed, 'failure', 'Office 365');
  });
  const title = 'Twelve guesses at a password, from an address that the log does not know';
  return {
    victim: by.address,
    scenes: [{ id: 'guesses-without-address', title, rule: ruleNames.audit, records }],
  };
};
