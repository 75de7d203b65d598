import type { Plot } from '../attack.ts';
import { stopped } from '../chain.ts';
import { inbound } from '../drafts.ts';
import { fileOf } from '../files.ts';
import { letterOf } from '../letter.ts';
import { stranger } from '../outside.ts';
import { ruleNames } from '../rule-names.ts';
import { dangerous, sandboxed } from '../sandbox.ts';

const readers = 5;

/** The same disk image comes to five people from different servers; all copies are held. */
export const attachmentHeld: Plot = ({ label, at, mark, random, victim, others }) => {
  const file = fileOf('statement-2026.iso', { bytes: 1_310_000, content: label });
  const address = `accounts@billing-notice${mark}.example`;
  const letters = [victim, ...others].slice(0, readers).map((reader, n) => {
    const content = { label: `${label} ${n}`, at: at + n * 140_000, subject: 'Statement of account' };
    const from = { ...stranger(random, n), address };
    return letterOf(inbound(from, [reader], { ...content, files: [file] }), random);
  });
  const result = { result: 'malicious', actionTriggered: 'hold, none' } as const;
  const logs = letters.map((letter) => sandboxed(letter, random, file, result));
  const gateway = letters.flatMap((letter) => [
    ...stopped(letter, random, { action: 'Hld', holdReason: 'Oth' }),
    dangerous(letter, random, file),
  ]);
  const title = 'One disk image to five people, all held';
  return {
    victim: victim.address,
    attacker: address,
    scenes: [
      { id: 'disk-image', title, rule: ruleNames.ttpAttachment, records: logs },
      {
        id: 'disk-image-gateway',
        title: `${title} (as the gateway sees it)`,
        rule: ruleNames.segAttachment,
        records: gateway,
      },
    ],
  };
};
