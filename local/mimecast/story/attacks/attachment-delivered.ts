import type { Plot } from '../attack.ts';
import { minuteMs } from '../calendar.ts';
import { delivered, released, stopped } from '../chain.ts';
import { inbound } from '../drafts.ts';
import { fileOf } from '../files.ts';
import { letterOf } from '../letter.ts';
import { attackerIp, stranger } from '../outside.ts';
import { ruleNames } from '../rule-names.ts';
import { dangerous, sandboxed } from '../sandbox.ts';

/** An application with a macro in it reaches a recruiter before the sandbox has its verdict; a colleague releases his copy. */
export const attachmentDelivered: Plot = ({ label, at, mark, random, victim, others }) => {
  const from = { ...stranger(random, 3), address: `j.merrick@candidate-mail${mark}.example`, ip: attackerIp(random) };
  const file = fileOf('application.xlsm', { bytes: 214_000, content: label });
  const letters = [victim, ...others].slice(0, 2).map((reader, n) => {
    const content = { label: `${label} ${n}`, at: at + n * 7 * minuteMs, subject: 'Application for your vacancy' };
    return letterOf(inbound(from, [reader], { ...content, files: [file] }), random);
  });
  const logs = letters.map((letter, n) =>
    sandboxed(letter, random, file, {
      result: n === 0 ? 'malicious' : 'unsafe',
      actionTriggered: n === 0 ? 'none, none' : 'user release, none',
    }),
  );
  const gateway = letters.flatMap((letter, n) => {
    if (n === 0) return [...delivered(letter, random, { action: 'Sdbx' }), dangerous(letter, random, file)];
    const held = stopped(letter, random, { action: 'Hld', holdReason: 'Oth' });
    return [...held, dangerous(letter, random, file), ...released(letter, random, letter.at + 25 * minuteMs)];
  });
  const title = 'An application with a macro is delivered, and released a second time';
  return {
    victim: victim.address,
    attacker: from.address,
    scenes: [
      { id: 'macro-application', title, rule: ruleNames.ttpAttachment, records: logs },
      {
        id: 'macro-application-gateway',
        title: `${title} (as the gateway sees it)`,
        rule: ruleNames.segAttachment,
        records: gateway,
      },
    ],
  };
};
