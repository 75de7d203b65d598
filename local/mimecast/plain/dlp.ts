import type { JsonObject } from '../../../functions/tables/json.ts';
import { legacyTimeText } from '../times.ts';
import { anyMail } from './mail.ts';
import type { Random } from './random.ts';

const actions = ['hold', 'notification', 'block', 'delete', 'bounce', 'smart_folder'];

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
    const event = {
      senderAddress: mail.sender,
      recipientAddress: mail.recipient.address,
      subject: mail.subject,
      eventTime: legacyTimeText(time),
      route: mail.direction.toLowerCase(),
      policy: random.pick(['Content Inspection - Watermark', 'Card numbers', 'Confidential to outside']),
      action: random.pick(actions),
      messageId: mail.messageId,
    };
    if (event.action === 'hold' && random.chance(0.5)) pending = event;
    return event;
  };
}
