import type { Plot } from '../attack.ts';
import { minuteMs } from '../calendar.ts';
import { delivered } from '../chain.ts';
import { clicked } from '../clicks.ts';
import { inbound } from '../drafts.ts';
import type { Recorded } from '../happening.ts';
import { letterOf } from '../letter.ts';
import { stranger } from '../outside.ts';
import { ruleNames } from '../rule-names.ts';

const readers = 7;
const clickers = 5;

/** A parcel is on hold, says a message to several people; five of them click on the one link, and all are blocked. */
export const phishingBlocked: Plot = ({ label, at, mark, random, victim, others }) => {
  const from = { ...stranger(random, random.int(0, 999_999)), address: `delivery@parcel-depot${mark}.example` };
  const url = `http://track.parcel-depot${mark}.example/hold/${random.hex(6)}`;
  const logs: Recorded[] = [];
  const gateway: Recorded[] = [];
  for (const [n, reader] of [victim, ...others].slice(0, readers).entries()) {
    const content = { label: `${label} ${n}`, at: at + n * 20_000, subject: 'Your parcel is on hold' };
    const letter = letterOf(inbound(from, [reader], content), random);
    gateway.push(...delivered(letter, random, { spamScore: 18 }));
    if (n >= clickers) continue;
    const time = at + (4 + 9 * n) * minuteMs;
    const click = { time, by: reader.address, from: reader.officeIp, url, outcome: 'blocked' } as const;
    const [log, event] = clicked(letter, random, click);
    logs.push(log);
    gateway.push(event);
  }
  const title = 'A parcel on hold: five people click, all are blocked';
  return {
    victim: victim.address,
    attacker: from.address,
    scenes: [
      { id: 'parcel-phish', title, rule: ruleNames.ttpUrl, records: logs },
      {
        id: 'parcel-phish-gateway',
        title: `${title} (as the gateway sees it)`,
        rule: ruleNames.segUrl,
        records: gateway,
      },
    ],
  };
};
