import type { Plot } from '../attack.ts';
import { minuteMs } from '../calendar.ts';
import { delivered } from '../chain.ts';
import { outbound } from '../drafts.ts';
import { fileOf } from '../files.ts';
import { letterOf } from '../letter.ts';
import { leaked } from '../ordinary/leak-prevention.ts';
import { ruleNames } from '../rule-names.ts';

const files = ['design.zip', 'source-plan.docx'];

/** Somebody sends designs to a private mailbox; an administrator is told, and the mail goes out. */
export const leakNotified: Plot = ({ label, at, random, victim }) => {
  // Gmail gives out no address with an underscore, so this is nobody's: https://support.google.com/mail/answer/9211434
  const mailbox = `${victim.name.toLowerCase().replace(' ', '_')}@gmail.com`;
  const to = {
    host: 'mail-in.example',
    ip: '198.18.230.9',
    tls: { cipher: 'TLS_AES_256_GCM_SHA384', version: 'TLSv1.3' },
  };
  const records = files.flatMap((name, n) => {
    const file = fileOf(name, { bytes: 700_000, content: `${label} ${name}` });
    const content = { label: `${label} ${n}`, at: at + n * 11 * minuteMs, subject: 'Weekend', files: [file] };
    const letter = letterOf(outbound(victim, [mailbox], content), random);
    const log = leaked(letter, letter.at + 2000, { policy: 'Confidential to outside', action: 'notification' });
    return [...delivered(letter, random, { to }), log];
  });
  const title = 'Designs go to a private mailbox';
  return {
    victim: victim.address,
    attacker: mailbox,
    scenes: [{ id: 'leak-to-free-mail', title, rule: ruleNames.dlpNotifications, records }],
  };
};
