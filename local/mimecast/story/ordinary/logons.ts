import { type Deed, logon } from '../audits.ts';
import { workIn } from '../calendar.ts';
import { type Happening, happening, type Recorded } from '../happening.ts';
import type { Employee } from '../people.ts';
import { type Slot, timesOf } from '../world.ts';

const applications = ['Mimecast Personal Portal', 'mimecast-moa', 'Mimecast Mobile'];

/** People log on; some mistype their password first, one of them three times, from where they always are. */
export function logons(slot: Slot): readonly Happening[] {
  return timesOf(slot, 270, workIn(slot.start)).map((at, n) => {
    const { random, world } = slot;
    const by = random.pick([...world.company.people, ...world.company.studio]);
    const mistakes = mistakesOf(random.next());
    const application =
      by.department === 'Information Technology' ? 'Administration Console' : random.pick(applications);
    const ip = mistakes === 0 && random.chance(0.65) ? by.officeIp : by.homeIp;
    const deed = (name: string, time: number): Deed => ({
      label: `${slot.label} ${n} ${name}`,
      time,
      by,
      ip: mistakes === 0 && random.chance(0.004) ? hotel(by) : ip,
      application,
    });
    const method = random.pick(['Office 365', 'Office 365', 'Cloud', 'Two Step Auth, 2FA: TOTP']);
    const records: Recorded[] = Array.from({ length: mistakes }, (_, m) =>
      logon(deed(`mistake ${m}`, at + m * 15_000), 'failure', method),
    );
    const end = at + mistakes * 15_000;
    if (random.chance(0.25)) records.push(logon(deed('challenge', end), 'challenge', method));
    records.push(logon(deed('success', end + 5000), 'success', method));
    return happening(at, records);
  });
}

function mistakesOf(chance: number): number {
  if (chance < 0.007) return 3;
  return chance < 0.05 ? 1 : 0;
}

// Whoever travels logs on from an address not seen before, without a mistake.
function hotel({ number }: Employee): string {
  return `198.18.220.${1 + (number % 250)}`;
}
