import { hexIdOf } from '../../plain/random.ts';
import { cloudEvent, entity, type Entity, mailflow, urlClick } from '../../plain/shapes/cloud-integrated.ts';
import { bulkIn, minuteMs, unwantedIn, workIn } from '../calendar.ts';
import { anyFile } from '../files.ts';
import { type Happening, happening, type Recorded } from '../happening.ts';
import { anyPartner, type Correspondent, stranger } from '../outside.ts';
import type { Employee } from '../people.ts';
import { bulkSubjects, businessSubjects, spamSubjects } from '../subjects.ts';
import { type Slot, timesOf } from '../world.ts';

type Verdict = Pick<Entity, 'policy' | 'tags' | 'threatState' | 'threatType'>;

const active = { action: 'DO_NOTHING', mode: 'ACTIVE' };
const clean: Verdict = { policy: active, tags: null, threatState: 'DELIVERED', threatType: 'NO_DETECTIONS' };
const block = { action: 'BLOCK', mode: 'ACTIVE' };
const unwanted: readonly Verdict[] = [
  { policy: block, tags: ['SPAM'], threatState: 'BLOCKED', threatType: 'SPAM' },
  { policy: block, tags: ['UNTRUSTWORTHY', 'SPAM'], threatState: 'BLOCKED', threatType: 'UNTRUSTWORTHY' },
  { policy: block, tags: ['MALWARE'], threatState: 'BLOCKED', threatType: 'MALWARE' },
  { policy: block, tags: ['PHISHING', 'UNTRUSTWORTHY'], threatState: 'BLOCKED', threatType: 'PHISHING' },
  {
    policy: { action: null, mode: null },
    tags: ['UNTRUSTWORTHY', 'SPAM'],
    threatState: 'DELIVERED',
    threatType: 'POLICIES_DISABLED',
  },
];

/** The mail of the studio, which Cloud Integrated checks in its mailboxes; for each message also how its sender was proved. */
export function cloudIntegrated(slot: Slot): readonly Happening[] {
  const { random } = slot;
  const business = timesOf(slot, 300, workIn(slot.start)).map((at, n) => {
    const verdict = random.chance(0.1) ? ({ ...clean, threatState: 'DELIVERY_IN_PROGRESS' } as const) : clean;
    return message(slot, { at, label: `${n}`, from: anyPartner(random), subjects: businessSubjects, verdict });
  });
  const bulk = timesOf(slot, 220, bulkIn(slot.start)).map((at, n) =>
    message(slot, { at, label: `bulk ${n}`, from: anyPartner(random), subjects: bulkSubjects, verdict: clean }),
  );
  const bad = timesOf(slot, 110, unwantedIn(slot.start)).map((at, n) => {
    const from = stranger(random, random.int(0, 999_999));
    return message(slot, { at, label: `bad ${n}`, from, subjects: spamSubjects, verdict: random.pick(unwanted) });
  });
  const sent = timesOf(slot, 60, workIn(slot.start)).map((at, n) => ownMessage(slot, at, n));
  return [...business, ...bulk, ...bad, ...sent];
}

/** Mail of the studio's people, to a partner or to each other. */
function ownMessage(slot: Slot, at: number, n: number): Happening {
  const { random, world } = slot;
  const [sender, colleague] = [random.pick(world.company.studio), random.pick(world.company.studio)];
  const isInternal = random.chance(0.4);
  const label = `${slot.label} own ${n}`;
  const from = { address: sender.address, ip: sender.officeIp };
  const event = frames(slot, { label, at, from });
  const body = entity({
    ...clean,
    attachments: random.chance(0.2) ? [anyFile(random, label).name] : [],
    direction: isInternal ? 'INTERNAL' : 'OUTBOUND',
    isHistorical: false,
    recipients: [isInternal ? colleague.address : anyPartner(random).address],
    senderEnvelope: from.address,
    senderHeader: from.address,
    senderIp: from.ip,
    subject: random.pick(businessSubjects),
  });
  return happening(at, [event('mailflow', mailflow('pass', 'pass', 'pass'), at), event('entities', body, at + 1500)]);
}

interface CloudMessage {
  readonly at: number;
  readonly label: string;
  readonly from: Correspondent;
  readonly subjects: readonly string[];
  readonly verdict: Verdict;
}

function message(slot: Slot, { at, label, from, subjects, verdict }: CloudMessage): Happening {
  const { random, world } = slot;
  const reader = random.pick(world.company.studio);
  const whole = `${slot.label} ${label}`;
  const event = frames(slot, { label: whole, at, from });
  const files = random.chance(0.2) || verdict.threatType === 'MALWARE' ? [anyFile(random, whole).name] : [];
  const body = entity({
    attachments: files,
    direction: random.chance(0.15) ? 'Inbound' : 'INBOUND',
    isHistorical: random.chance(0.02),
    recipients: [reader.address],
    senderEnvelope: random.chance(0.05) ? '' : from.address,
    senderHeader: from.address,
    senderIp: from.ip,
    subject: random.pick(subjects),
    ...verdict,
  });
  const proof = from.isAuthentic
    ? mailflow('pass', 'pass', 'pass')
    : mailflow(random.pick(['pass', 'fail', 'none'] as const), 'none', random.pick(['fail', 'none'] as const));
  const records = [event('mailflow', proof, at), event('entities', body, at + 1500)];
  return happening(
    at,
    records,
    verdict.threatState === 'BLOCKED' ? [] : clicks(slot, { at, reader, from, verdict }, event),
  );
}

function clicks(
  { random }: Slot,
  { at, reader, from, verdict }: { at: number; reader: Employee; from: Correspondent; verdict: Verdict },
  event: ReturnType<typeof frames>,
): readonly Recorded[] {
  if (!random.chance(0.12)) return [];
  const action = verdict.threatType === 'NO_DETECTIONS' ? 'ALLOW' : random.pick(['WARN', 'BLOCK'] as const);
  const url = `https://www.${from.address.split('@')[1]}/${random.hex(6)}`;
  const click = urlClick(reader.address, { action, sourceIp: reader.homeIp, url });
  return [event('urlclick', click, at + random.int(1, 60) * minuteMs)];
}

/** Makes the events of one message, each with an id of its own. */
function frames(
  { random }: Slot,
  { label, at, from }: { label: string; at: number; from: Pick<Correspondent, 'address'> },
) {
  const second = Math.floor(at / 1000);
  const id = hexIdOf(`cloud ${label}`);
  const messageId = `<${id.slice(0, 8)}-${id.slice(8, 12)}-${id.slice(12, 16)}-${id.slice(16, 20)}-${id.slice(20, 32)}@${from.address.split('@')[1]}>`;
  const partition = random.chance(0.85) ? 53 : undefined;
  return (type: Parameters<typeof cloudEvent>[0], body: Parameters<typeof cloudEvent>[1], time: number): Recorded => {
    const event = cloudEvent(type, body, {
      aggregateId: `4X${id.slice(24)}_${second}`,
      processingId: `${hexIdOf(`${type} ${label}`)}_${second}`,
      messageId,
      time,
      place: partition === undefined ? undefined : { offset: Math.floor(time / 1000) % 10_000_000, partition },
    });
    return { feed: 'CloudIntegrated', time, event };
  };
}
