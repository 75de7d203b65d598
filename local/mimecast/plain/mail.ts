import { anyIp, anyOutsider, anyPerson, type Person } from './people.ts';
import { idOf, type Random } from './random.ts';
import type { Envelope, Tls } from './shapes/gateway-event.ts';
import type { FileFacts } from './shapes/gateway-files.ts';
import type { LogFrame } from './shapes/window-events.ts';

/** What the events of one message share. */
export interface Mail {
  readonly aggregateId: string;
  readonly messageId: string;
  readonly direction: 'Inbound' | 'Outbound' | 'Internal';
  readonly sender: string;
  readonly recipient: Person;
  readonly recipients: string;
  readonly subject: string;
  readonly senderIp: string;
}

const subjects = [
  'Agenda for Monday',
  'Re: offer 2041',
  'Your order has been shipped',
  'Invoice 88213 is overdue',
  'Minutes of the "steering" meeting',
  '会議の議題について',
  '关于发票的问题',
  'Zugangsdaten läuft ab ⚠️',
  'Lunch?',
  'Quarterly figures',
  'FW',
];

/** @param label tells this message from every other */
export function anyMail(random: Random, label: string, time: number): Mail {
  const direction = random.pick(['Inbound', 'Inbound', 'Inbound', 'Outbound', 'Internal'] as const);
  const recipient = anyPerson(random);
  const second = random.chance(0.1) ? `,${anyPerson(random).address}` : '';
  const inbound = random.chance(0.05) ? '<>' : anyOutsider(random);
  const to = direction === 'Outbound' ? anyOutsider(random) : recipient.address;
  const id = idOf(`mail ${label}`).slice(0, 22);
  return {
    aggregateId: random.chance(0.3) ? id : `${id}_${Math.floor(time / 1000)}`,
    // Some ids come with a stray escape in them.
    messageId: `<${id}@mx.example.org${random.chance(0.02) ? '\\u003e' : '>'}`,
    direction,
    sender: direction === 'Inbound' ? inbound : anyPerson(random).address,
    recipient,
    recipients: `${to}${second}`,
    subject: random.pick(subjects),
    senderIp: anyIp(random),
  };
}

/** A direction as the vendor writes it: with a capital or without. */
export function direction(random: Random, mail: Mail): string {
  return random.chance(0.3) ? mail.direction.toLowerCase() : mail.direction;
}

/** The message as the gateway's events tell of it. */
export function envelopeOf(random: Random, mail: Mail): Envelope {
  return { ...mail, direction: direction(random, mail) };
}

/** The message as the logs tell of it, at a time in epoch ms. */
export function logFrameOf(mail: Mail, time: number): LogFrame {
  const { messageId, sender, subject } = mail;
  return { time, messageId, sender, recipient: mail.recipient.address, subject, route: mail.direction.toLowerCase() };
}

const ciphers = [
  { cipher: 'TLS_AES_256_GCM_SHA384', version: 'TLSv1.3' },
  { cipher: 'TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384', version: 'TLSv1.2' },
  { cipher: '', version: '' },
  { cipher: '', version: null },
] as const;

export function anyTls(random: Random): Tls {
  return random.pick(ciphers);
}

const files = [
  ['report.pdf', 'pdf', 'application/pdf'],
  ['photos.zip', 'zip', 'application/zip'],
  ['figures.xlsm', 'xlsm', 'application/vnd.ms-excel.sheet.macroenabled.12'],
  ['请求.docx', 'docx', 'application/vnd.openxmlformats-officedocument.wordprocessingml.document'],
  ['so-called "FINAL" draft.doc', 'doc', 'application/msword'],
] as const;

/** A file's name, extension and media type. */
export function anyFile(random: Random): (typeof files)[number] {
  return random.pick(files);
}

/** A file with digests of its own. */
export function anyFileFacts(random: Random): FileFacts {
  const [name, extension, mime] = anyFile(random);
  const digests = { md5: random.hex(32), sha1: random.hex(40), sha256: random.hex(64) };
  return { name, extension, mime, bytes: random.int(2000, 900_000), ...digests };
}
