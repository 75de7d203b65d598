import type { Plot } from '../attack.ts';
import { minuteMs } from '../calendar.ts';
import { delivered } from '../chain.ts';
import { clicked } from '../clicks.ts';
import { inbound } from '../drafts.ts';
import { letterOf } from '../letter.ts';
import { stranger } from '../outside.ts';
import { ruleNames } from '../rule-names.ts';

const clickers = 3;

/** People who have watched no training go on although a page warns them; each has a link of his own. */
export const untrainedClickers: Plot = ({ label, at, mark, random, victim, others }) => {
  const from = { ...stranger(random, 2), address: `voice@mailbox-messages${mark}.example` };
  const records = [victim, ...others].slice(0, clickers).flatMap((reader, n) => {
    const content = { label: `${label} ${n}`, at: at + n * 3000, subject: 'You have a new voice message' };
    const letter = letterOf(inbound(from, [reader], content), random);
    const url = `http://play.mailbox-messages${mark}.example/m/${random.hex(10)}`;
    const time = at + (3 + 11 * n) * minuteMs;
    const click = { time, by: reader.address, from: reader.homeIp, url, outcome: 'overridden' } as const;
    return [...delivered(letter, random), ...clicked(letter, random, click)];
  });
  const title = 'Untrained people go on past a warning';
  return {
    victim: victim.address,
    attacker: from.address,
    scenes: [{ id: 'untrained-clickers', title, rule: ruleNames.ttpUrl, records }],
  };
};
