import { type Random, idOf, randomFrom } from '../local/mimecast/plain/random.ts';
import type { JsonObject } from '../functions/tables/json.ts';
import { attachmentProtect, internalEmailProtect, journal, spam } from './finding-shapes.ts';
import { delivery, heldProcess, process, receipt, refusedReceipt } from './mail-shapes.ts';
import type { Message } from './message.ts';

type Shape = (random: Random, message: Message, label: string) => JsonObject;

/** The mix of the real samples: of nine events two are processes and two receipts, one of them refused. */
const shapes: readonly Shape[] = [
  receipt,
  process,
  delivery,
  refusedReceipt,
  heldProcess,
  spam,
  journal,
  internalEmailProtect,
  attachmentProtect,
];

const firstTime = Date.UTC(2026, 0, 5);
const first = ['adele', 'bruno', 'carmen', 'dieter', 'esther', 'farid', 'gudrun', 'henrik', 'ingrid', 'joaquin'];
const last = ['abernathy', 'bergstrom', 'castellano', 'dombrowski', 'eriksson', 'fitzgerald', 'gutierrez', 'hofmann'];
const senders = ['newsletter', 'order-confirmation', 'postmaster', 'customer.service', 'accounts-payable', 'no-reply'];
const hosts = ['wholesale.example.org', 'lists.harbour.example.net', 'harvest.example.net'];
// One in twenty is not ASCII, as mail is.
const subjects = [
  'Agenda and papers for Thursday afternoon',
  'Re: revised offer 20417 for the second phase',
  'Your order 4400-918273 has left our warehouse today',
  'FW: figures',
  'Invoice 88213 is due at the end of this month',
  'Reminder: please confirm your attendance',
];
const foreignSubjects = ['Einladung zur Jahreshauptversammlung in München', '四半期報告書の確認のお願い'];

/** The lines of a Cloud Gateway file without its line ends: seeded events in the mix and size of real ones, keys in Mimecast's order. */
export function* eventLines(count: number): Generator<string, void, undefined> {
  const random = randomFrom('bench');
  for (let n = 0; n < count; n++) {
    const shape = shapes[n % shapes.length];
    if (shape) yield JSON.stringify(shape(random, anyMessage(random, n), String(n)));
  }
}

function anyMessage(random: Random, n: number): Message {
  const time = firstTime + n * 37 + random.int(0, 36);
  const id = idOf(`message ${n}`);
  return {
    aggregateId: `${id.slice(0, 22)}_${Math.floor(time / 1000)}`,
    messageId: `<${random.hex(16)}-${random.int(10_000, 999_999)}@mx.example.org>`,
    sender: `${random.pick(senders)}@${random.pick(hosts)}`,
    recipient: `${random.pick(first)}.${random.pick(last)}@office.example.com`,
    subject: random.pick(random.chance(0.05) ? foreignSubjects : subjects),
    time,
  };
}
