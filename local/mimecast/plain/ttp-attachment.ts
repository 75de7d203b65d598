import type { JsonObject } from '../../../functions/tables/json.ts';
import { anyFile, anyMail, logFrameOf } from './mail.ts';
import type { Random } from './random.ts';
import { attachmentLog } from './shapes/window-events.ts';

const results = [
  { result: 'safe', actionTriggered: 'user release, none' },
  { result: 'safe', actionTriggered: 'none, none' },
  { result: 'malicious', actionTriggered: 'hold, none' },
  { result: 'unsafe', actionTriggered: 'hold, none' },
  { result: 'timeout', actionTriggered: 'none, none' },
  { result: 'error', actionTriggered: 'none, none' },
] as const;

/** Makes Attachment Protect events. */
export function ttpAttachmentEvents(random: Random, label: string): (n: number, time: number) => JsonObject {
  return (n, time) => {
    const mail = anyMail(random, `${label} ${n}`, time);
    const [fileName, , mime] = anyFile(random);
    const verdict = random.pick(results);
    const file = { fileName, mime, sha256: random.hex(64) };
    return attachmentLog(logFrameOf(mail, time), { ...file, ...verdict, seconds: random.int(1, 59) });
  };
}
