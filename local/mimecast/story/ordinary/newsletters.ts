import { bulkIn, minuteMs } from '../calendar.ts';
import { delivered, ignored, stopped } from '../chain.ts';
import { clicked } from '../clicks.ts';
import { inbound } from '../drafts.ts';
import { type Happening, happening, type Recorded } from '../happening.ts';
import { letterOf } from '../letter.ts';
import type { Correspondent } from '../outside.ts';
import { type Slot, some, timesOf } from '../world.ts';

const titles = ['Weekly', 'Digest', 'Offers', 'Insights', 'Jobs', 'Events', 'Market watch', 'Release notes'];
const houses = 'tidings herald gazette beacon courier bulletin almanac monitor'.split(' ');
const issues = houses.flatMap((house, h) =>
  titles.map((title, t) => ({ house, title, number: h * titles.length + t })),
);
const readersPerIssue = 8;

/** Newsletters: an issue goes to its readers one after the other, from one address; some are filed as grey mail. */
export function newsletters(slot: Slot): readonly Happening[] {
  return timesOf(slot, 600 / readersPerIssue, bulkIn(slot.start)).map((at, n) => issue(slot, at, n));
}

function issue(slot: Slot, at: number, n: number): Happening {
  const { random, world } = slot;
  const { house, title, number } = random.pick(issues);
  const isOld = number % 13 === 0;
  const from: Correspondent = {
    address: `newsletter@mail.${house}-${number % 8}.example`,
    ip: `198.18.200.${1 + number}`,
    tls: isOld ? { cipher: '', version: '' } : { cipher: 'TLS_AES_256_GCM_SHA384', version: 'TLSv1.3' },
    isAuthentic: true,
  };
  const subject = `${house.slice(0, 1).toUpperCase()}${house.slice(1)} ${title} ⚡`;
  const isGreyMail = number % 3 === 0;
  const readers = some(random, world.company, random.int(3, 2 * readersPerIssue - 3), []);
  const copies = readers.map((reader, r): readonly Recorded[] => {
    const sent = at + r * random.int(500, 3000);
    const letter = letterOf(inbound(from, [reader], { label: `${slot.label} ${n} ${r}`, at: sent, subject }), random);
    if (isGreyMail && random.chance(0.02)) return ignored(letter, random);
    if (isGreyMail && random.chance(0.05))
      return stopped(letter, random, { action: 'Hld', holdReason: 'Spm', spamScore: 24, isGreyMail });
    const url = `https://click.${house}-${number % 8}.example/?qs=${random.hex(24)}&utm_source=newsletter`;
    const time = sent + random.int(2, 80) * minuteMs;
    const click = { time, by: reader.address, from: reader.officeIp, url, outcome: 'clean' } as const;
    const clicks = random.chance(0.12) ? clicked(letter, random, click) : [];
    return [...delivered(letter, random, { isGreyMail, spamScore: random.int(0, 19) }), ...clicks];
  });
  return happening(at, ...copies);
}
