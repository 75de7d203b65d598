import type { Random } from '../plain/random.ts';
import * as shape from '../plain/shapes/gateway-mail.ts';
import type { Rejection } from '../plain/shapes/rejection.ts';
import { spamDetail } from '../plain/spam-detail.ts';
import { type Course, handOver } from './hand-over.ts';
import type { Recorded } from './happening.ts';
import { envelopeOf, fileBytes, type Letter, told } from './letter.ts';

/** A message that is received, processed and handed on to each recipient; journaled when it stays inside. */
export function delivered(letter: Letter, random: Random, course: Course = {}): readonly Recorded[] {
  const start = letter.at + (course.afterMs ?? random.int(2, 20) * 1000);
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
  const { rejection, knowsSender = true } = how;
  const isListed = rejection.kind === 'IP Found in RBL';
  const detail = spamDetailOf(letter, random, isListed ? { blockList: rejection.info.split(' ')[0] ?? '' } : {});
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
  return [told(letter, 'journal', shape.journal(envelopeOf(letter)), { time: letter.at + 1000 })];
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
    ...(course.blockList !== undefined && { rbl: course.blockList }),
  });
}
