import type { JsonObject } from '../../../functions/tables/json.ts';
import { legacyTimeText } from '../times.ts';
import { anyFile, anyMail } from './mail.ts';
import type { Random } from './random.ts';

const results = [
  ['safe', 'user release, none'],
  ['safe', 'none, none'],
  ['malicious', 'hold, none'],
  ['unsafe', 'hold, none'],
  ['timeout', 'none, none'],
  ['error', 'none, none'],
] as const;

/** Makes Attachment Protect events. */
export function ttpAttachmentEvents(random: Random, label: string): (n: number, time: number) => JsonObject {
  return (n, time) => {
    const mail = anyMail(random, `${label} ${n}`, time);
    const [fileName, , fileType] = anyFile(random);
    const [result, actionTriggered] = random.pick(results);
    const verdict = `${result.slice(0, 1).toUpperCase()}${result.slice(1)}`.padEnd(50);
    return {
      senderAddress: mail.sender,
      recipientAddress: mail.recipient.address,
      fileName,
      fileType,
      result,
      actionTriggered,
      date: legacyTimeText(time),
      details: `${verdict}\r\nTime taken: 0 hrs, 0 min, ${random.int(1, 59)} sec`,
      route: mail.direction.toLowerCase(),
      messageId: mail.messageId,
      subject: mail.subject,
      fileHash: random.hex(64),
      definition: 'Inbound - Safe file with On-Demand Sandbox',
    };
  };
}
