import type { Random } from '../plain/random.ts';
import type { Rejection } from '../plain/shapes/rejection.ts';

/** A sender that a list of bad addresses names. */
export function listedSender(random: Random): Rejection {
  const list = random.pick(['rbl.blocklist.example', 'ip.badsenders.example']);
  return { code: '554', info: `${list} Blocked by ${list} - see https://${list}/look-up`, kind: 'IP Found in RBL' };
}

/** A sender that the company itself does not want. */
export const unwantedSender: Rejection = {
  code: '550',
  info: 'Envelope blocked - User Entry',
  kind: 'Manual Envelope Rejection',
};

export function blockedHeader(address: string): Rejection {
  return { code: '554', info: `Rejected by header based Blocked Senders: ${address}`, kind: 'Header Rejected' };
}

/** A picture with a link that is known for phishing. */
export function maliciousQrCode(url: string): Rejection {
  const info = `[Type: [Phishing & Fraud],Url: [${url}],UrlBlock: [ORIGINAL:${url} (Blocked as PHISHING)]]`;
  return { code: '0', info, kind: 'Malicious QRCode Detection' };
}

/** A file in which the scanner knows a virus. */
export function virusSignature(virus: string): Rejection {
  return { code: '554', info: `Virus Signature Detection: ${virus}`, kind: 'Virus Signature Detection' };
}

/** What the server of a recipient answers that takes no mail for him. */
export const unknownMailbox = {
  error: '550 5.1.1 Recipient address rejected',
  rejection: { code: '550', info: '5.1.1 User unknown', kind: 'Recipient Server Rejected' },
};

/** What the company's own server answers for a mailbox that has no room left. */
export const fullMailbox = {
  error: '452 4.2.2 Mailbox full',
  rejection: { code: '452', info: '4.2.2 Mailbox full', kind: 'Recipient Server Rejected' },
};
