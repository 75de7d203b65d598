import type { JsonObject } from '../../../functions/tables/json.ts';
import { legacyTimeText } from '../times.ts';
import { anyMail, logFrameOf } from './mail.ts';
import type { Random } from './random.ts';
import { dlpActions, dlpLog } from './shapes/window-events.ts';

/** Makes data leak prevention events; now and then one message is both held and notified of. */
export function dlpEvents(random: Random, label: string): (n: number, time: number) => JsonObject {
  let pending: JsonObject | undefined;
  return (n, time) => {
    if (pending) {
      const again = { ...pending, eventTime: legacyTimeText(time), action: 'notification' };
      pending = undefined;
      return again;
    }
    const mail = anyMail(random, `${label} ${n}`, time);
    const policy = random.pick(['Content Inspection - Watermark', 'Card numbers', 'Confidential to outside']);
    const event = dlpLog(logFrameOf(mail, time), { policy, action: random.pick(dlpActions) });
    if (event.action === 'hold' && random.chance(0.5)) pending = event;
    return event;
  };
}
