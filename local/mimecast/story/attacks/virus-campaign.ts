import { av } from '../../plain/shapes/gateway-files.ts';
import type { Plot } from '../attack.ts';
import { minuteMs } from '../calendar.ts';
import { refused } from '../chain.ts';
import { inbound } from '../drafts.ts';
import { fileOf } from '../files.ts';
import { envelopeOf, letterOf, told } from '../letter.ts';
import { stranger } from '../outside.ts';
import { virusSignature } from '../rejections.ts';
import { ruleNames } from '../rule-names.ts';

const readers = 7;

/** One virus is sent to seven people from seven servers; all are refused. */
export const virusCampaign: Plot = ({ label, at, mark, random, victim, others }) => {
  const virus = `Doc.Dropper.Campaign${mark}`;
  const file = fileOf('delivery-note.doc', { bytes: 91_000, content: label });
  const address = `dispatch@freight-papers${mark}.example`;
  const records = [victim, ...others].slice(0, readers).flatMap((reader, n) => {
    const content = { label: `${label} ${n}`, at: at + n * 2 * minuteMs, subject: 'Delivery note', files: [file] };
    const letter = letterOf(inbound({ ...stranger(random, n), address }, [reader], content), random);
    const found = av(envelopeOf(letter), file, { virus, isFromInside: false });
    const refusal = refused(letter, random, { rejection: virusSignature(virus) });
    return [...refusal, told(letter, 'av', found, { time: letter.at + 900 })];
  });
  const title = 'One virus is sent to seven people';
  return {
    victim: victim.address,
    attacker: address,
    scenes: [{ id: 'virus-campaign', title, rule: ruleNames.segAv, records }],
  };
};
