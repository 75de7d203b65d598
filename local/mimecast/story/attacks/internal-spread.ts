import { internalEmailProtect } from '../../plain/shapes/gateway-threats.ts';
import type { Plot } from '../attack.ts';
import { minuteMs } from '../calendar.ts';
import { delivered } from '../chain.ts';
import { internal } from '../drafts.ts';
import { fileOf } from '../files.ts';
import { envelopeOf, letterOf, told } from '../letter.ts';
import { ruleNames } from '../rule-names.ts';

const messages = [
  { subject: 'Please sign in to the new portal', scanResults: 'Blocked URL Category', urlCategory: 'Compromised' },
  {
    subject: 'New mail client',
    scanResults: 'Restricted File Type - Found executable extension: dll',
    urlCategory: 'Dangerous file extension',
  },
];
const readersEach = 3;

/** An account in strange hands (the first of the others) sends a bad link and a bad file to colleagues. */
export const internalSpread: Plot = ({ label, at, random, victim, others: [sender = victim, ...others] }) => {
  const readers = [victim, ...others];
  const records = messages.flatMap(({ subject, ...found }, n) => {
    const to = readers.slice(n * readersEach, (n + 1) * readersEach);
    const files = n === 0 ? [] : [fileOf('client.dll', { bytes: 88_000, content: label })];
    const content = { label: `${label} ${n}`, at: at + n * 12 * minuteMs, subject, files };
    const letter = letterOf(internal(sender, to, content), random);
    const body = internalEmailProtect(envelopeOf(letter), { ...found, similarDomain: null });
    return [...delivered(letter, random), told(letter, 'internal email protect', body, { time: letter.at + 2500 })];
  });
  const title = 'A bad link and a bad file go from colleague to colleague';
  return {
    victim: victim.address,
    attacker: sender.address,
    scenes: [{ id: 'internal-spread', title, rule: ruleNames.segInternal, records }],
  };
};
