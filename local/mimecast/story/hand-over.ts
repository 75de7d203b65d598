import type { Random } from '../plain/random.ts';
import { delivery } from '../plain/shapes/gateway-delivery.ts';
import type { Tls } from '../plain/shapes/gateway-event.ts';
import type { Processing } from '../plain/shapes/gateway-mail.ts';
import type { Rejection } from '../plain/shapes/rejection.ts';
import type { Recorded } from './happening.ts';
import { envelopeOf, fileBytes, type Letter, told } from './letter.ts';

/** What became of a message that was accepted, beyond the usual. */
export interface Course {
  readonly action?: Processing['action'];
  readonly holdReason?: 'Spm' | 'Oth';
  readonly spamScore?: number;
  readonly isPermitted?: boolean;
  readonly isGreyMail?: boolean;
  readonly virusFound?: string;
  /** The list of bad addresses that names the sender. */
  readonly blockList?: string;
  /** The receiving server when it is not the company's own. */
  readonly to?: { readonly host: string; readonly ip: string; readonly tls: Tls };
  readonly failure?: { readonly error: string; readonly rejection: Rejection };
  /** How long after its receipt a message is handed on; a few seconds when left out. */
  readonly afterMs?: number;
}

const noTls: Tls = { cipher: null, version: null };
const own = {
  host: 'mx1.larkfield.example',
  ip: '192.0.2.20',
  tls: { cipher: 'TLS_AES_256_GCM_SHA384', version: 'TLSv1.3' },
};

/** A message is handed on to one of its recipients, the n-th; `start` in epoch ms. */
export function handOver(
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
  const body = delivery(envelopeOf(letter, [recipient]), {
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
  return told(letter, 'delivery', body, { time: start + n * 1000 + ms, step: `delivery ${n}` });
}
