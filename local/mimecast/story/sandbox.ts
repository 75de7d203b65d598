import type { Random } from '../plain/random.ts';
import { attachmentProtect, type FileFacts } from '../plain/shapes/gateway-files.ts';
import { attachmentLog, type AttachmentLog } from '../plain/shapes/window-events.ts';
import type { Recorded } from './happening.ts';
import { envelopeOf, type Letter, logFrameOf, told } from './letter.ts';

type Result = Pick<AttachmentLog, 'result' | 'actionTriggered'>;

/** The sandbox has looked at a file; a message has one such event: the log knows no other id. */
export function sandboxed(letter: Letter, random: Random, file: FileFacts, result: Result): Recorded {
  const time = letter.at + random.int(2, 50) * 1000;
  const { name: fileName, mime, sha256 } = file;
  const event = attachmentLog(logFrameOf(letter, time), {
    ...result,
    fileName,
    mime,
    sha256,
    seconds: random.int(1, 59),
  });
  return { feed: 'TtpAttachment', time, event };
}

/** The gateway tells of a dangerous file; seldom of its message too. */
export function dangerous(letter: Letter, random: Random, file: FileFacts): Recorded {
  const envelope = envelopeOf(letter, letter.recipients.slice(0, 1));
  const body = attachmentProtect(file, random.chance(0.15) ? envelope : undefined);
  return told(letter, 'attachment protect', body, { time: letter.at + 4000 });
}
