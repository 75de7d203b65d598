import type { Plot } from '../attack.ts';
import { minuteMs } from '../calendar.ts';
import { delivered } from '../chain.ts';
import { clicked } from '../clicks.ts';
import { inbound } from '../drafts.ts';
import type { Recorded } from '../happening.ts';
import { letterOf } from '../letter.ts';
import { attackerIp, stranger } from '../outside.ts';
import { ruleNames } from '../rule-names.ts';

const readers = 4;

/** A false payroll portal: one click is allowed although the page is malicious; when a colleague clicks, it is blocked. */
export const phishingAllowed: Plot = ({ label, at, mark, random, victim, others }) => {
  const from = { ...stranger(random, 1), address: `portal@payroll-update${mark}.example`, ip: attackerIp(random) };
  const url = `https://signin.payroll-update${mark}.example/${random.hex(8)}`;
  const logs: Recorded[] = [];
  const gateway: Recorded[] = [];
  for (const [n, reader] of [victim, ...others].slice(0, readers).entries()) {
    const content = {
      label: `${label} ${n}`,
      at: at + n * 5000,
      subject: 'Action required: confirm your bank details',
    };
    const letter = letterOf(inbound(from, [reader], content), random);
    gateway.push(...delivered(letter, random, { spamScore: 12 }));
    if (n > 1) continue;
    const time = at + (n === 0 ? 6 : 47) * minuteMs;
    const outcome = n === 0 ? 'allowed' : 'blocked';
    const [log, event] = clicked(letter, random, { time, by: reader.address, from: reader.homeIp, url, outcome });
    logs.push(log);
    gateway.push(event);
  }
  const title = 'A false payroll portal: the click is allowed';
  return {
    victim: victim.address,
    attacker: from.address,
    scenes: [
      { id: 'payroll-phish', title, rule: ruleNames.ttpUrl, records: logs },
      {
        id: 'payroll-phish-gateway',
        title: `${title} (as the gateway sees it)`,
        rule: ruleNames.segUrl,
        records: gateway,
      },
    ],
  };
};
