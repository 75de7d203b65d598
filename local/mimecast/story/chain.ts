import type { Random } from '../plain/random.ts';
import type { Tls } from '../plain/shapes/gateway-event.ts';
import * as shape from '../plain/shapes/gateway-mail.ts';
import type { Rejection } from '../plain/shapes/gateway-mail.ts';
import { spamDetail } from '../plain/spam-detail.ts';
import type { Recorded } from './happening.ts';
import { envelopeOf, fileBytes, type Letter, told } from './letter.ts';

const secondMs = 1000;

/** What became of a message that was accepted, beyond the usual. */
export interface Course {
  readonly action?: shape.Processing['action'];
  readonly holdReason?: 'Spm' | 'Oth';
  readonly spamScore?: number;
  readonly isPermitted?: boolean;
  readonly isGreyMail?: boolean;
  readonly virusFound?: string;
  /** The receiving server when it is not the company's own. */
  readonly to?: { readonly host: string; readonly ip: string; readonly tls: Tls };
  readonly failure?: { readonly error: string; readonly rejection: Rejection };
  /** How long after its receipt a message is handed on; a few seconds when left out. */
  readonly afterMs?: number;
}

/** A message that is received, processed and handed on to each recipient; journaled when it stays inside. */
export function delivered(letter: Letter, random: Random, course: Course = {}): readonly Recorded[] {
  const start = letter.at + (course.afterMs ?? random.int(2, 20) * secondMs);
  const handed = letter.recipients.map((recipient, n) => handOver(letter, recipient, { random, course, start, n }));
  return [...processed(letter, random, course), ...journaled(letter), ...handed];
}

/** A message that is received and processed, and goes no further: held, bounced, ignored or refused by a policy. */
export function stopped(
  letter: Letter,
  random: Random,
  course: Course & Required<Pick<Course, 'action'>>,
): readonly Recorded[] {
  return processed(letter, random, course);
}

/** A message that was held, as `stopped` left it, is released and handed on later; `time` in epoch ms. */
export function released(letter: Letter, random: Random, time: number): readonly Recorded[] {
  return letter.recipients.map((recipient, n) => handOver(letter, recipient, { random, course: {}, start: time, n }));
}

/** A message that is refused at the door: there is no other event of it. */
export function refused(
  letter: Letter,
  random: Random,
  how: { readonly rejection: Rejection; readonly knowsSender?: boolean; readonly receiptErrors?: string },
): readonly Recorded[] {
  const detail = spamDetailOf(letter, random, {});
  const { rejection, knowsSender = true } = how;
  const body = shape.refusedReceipt(envelopeOf(letter), {
    rejection,
    knowsSender,
    spamDetail: detail,
    tls: letter.tls,
    ...(how.receiptErrors !== undefined && { receiptErrors: how.receiptErrors }),
  });
  return [told(letter, 'receipt', body, { time: letter.at })];
}

/** A message that is received and then ignored: it is only counted. */
export function ignored(letter: Letter, random: Random): readonly Recorded[] {
  return [received(letter, random, {}, 'Ign'), processedBy(letter, random, { action: 'Ign' })];
}

function processed(letter: Letter, random: Random, course: Course): readonly Recorded[] {
  return [received(letter, random, course, 'Acc'), processedBy(letter, random, course)];
}

function received(letter: Letter, random: Random, course: Course, action: 'Acc' | 'Ign'): Recorded {
  const body = shape.receipt(envelopeOf(letter), {
    action,
    senderHeader: letter.senderHeader,
    attachments: letter.files.length,
    spamScore: course.spamScore ?? random.int(0, 20),
    spamDetail: spamDetailOf(letter, random, course),
    tls: letter.tls,
    ...(course.virusFound !== undefined && { virusFound: course.virusFound }),
  });
  return told(letter, 'receipt', body, { time: letter.at });
}

function processedBy(letter: Letter, random: Random, { action = 'Acc', holdReason }: Course): Recorded {
  const body = shape.process(envelopeOf(letter), {
    action,
    holdReason,
    files: letter.files.map(({ name }) => name),
    bytes: letter.bytes,
    fileBytes: fileBytes(letter.files),
  });
  return told(letter, 'process', body, { time: letter.at + random.int(300, 1900) });
}

function journaled(letter: Letter): readonly Recorded[] {
  if (letter.direction !== 'Internal') return [];
  return [told(letter, 'journal', shape.journal(envelopeOf(letter)), { time: letter.at + secondMs })];
}

const noTls: Tls = { cipher: null, version: null };
const own = {
  host: 'mx1.larkfield.example',
  ip: '192.0.2.20',
  tls: { cipher: 'TLS_AES_256_GCM_SHA384', version: 'TLSv1.3' },
};

function handOver(
  letter: Letter,
  recipient: string,
  {
    random,
    course,
    start,
    n,
  }: { readonly random: Random; readonly course: Course; readonly start: number; readonly n: number },
): Recorded {
  const server = course.to ?? own;
  const isEncrypted = typeof server.tls.version === 'string' && server.tls.version !== '';
  const ms = random.int(300, 4000);
  const body = shape.delivery(envelopeOf(letter, [recipient]), {
    host: server.host,
    destinationIp: server.ip,
    direction: random.chance(0.03) ? null : letter.spelling,
    failure: course.failure,
    attempts: course.failure ? random.int(1, 5) : 1,
    ms,
    bytes: letter.bytes,
    attachments: letter.files.length,
    route: random.chance(0.1) ? null : `Default ${letter.direction} Delivery Route`,
    tls: isEncrypted ? server.tls : noTls,
    tlsUsed: isEncrypted ? (random.chance(0.1) ? 'true' : 'Yes') : 'No',
    fileBytes: random.chance(0.1) ? null : String(fileBytes(letter.files)),
  });
  return told(letter, 'delivery', body, { time: start + n * secondMs + ms, step: `delivery ${n}` });
}

function spamDetailOf(letter: Letter, random: Random, course: Course) {
  const { isAuthentic } = letter;
  return spamDetail(random, {
    spf: isAuthentic ? 'ALLOW' : random.pick(['NONE', 'SOFT_FAIL', 'FAIL'] as const),
    dkim: isAuthentic ? 'ALLOW' : 'UNKNOWN',
    dmarc: isAuthentic ? 'ALLOW' : random.pick(['NONE', 'FAIL'] as const),
    isPermitted: course.isPermitted ?? false,
    isGreyMail: course.isGreyMail ?? false,
    score: course.spamScore ?? 0,
  });
}
