import type { JsonObject } from '../../../functions/tables/json.ts';
import { hexIdOf, idOf, type Random } from '../plain/random.ts';
import { type Envelope, gatewayEvent, type GatewayType, type Tls } from '../plain/shapes/gateway-event.ts';
import type { FileFacts } from '../plain/shapes/gateway-files.ts';
import type { LogFrame } from '../plain/shapes/window-events.ts';
import type { Recorded } from './happening.ts';

type Direction = 'Inbound' | 'Outbound' | 'Internal';

/** What is known of a message before the gateway writes of it; `at` in epoch ms. */
export interface Draft {
  /** Tells the message from every other of every seed. */
  readonly label: string;
  readonly at: number;
  readonly direction: Direction;
  readonly sender: string;
  readonly senderHeader?: string;
  readonly senderIp: string;
  readonly tls: Tls;
  readonly isAuthentic: boolean;
  readonly recipients: readonly string[];
  readonly subject: string;
  readonly files?: readonly FileFacts[];
}

/** A message on its way through the gateway: all its events agree. */
export interface Letter extends Required<Draft> {
  readonly aggregateId: string;
  readonly messageId: string;
  readonly bytes: number;
  /** The direction as the vendor spells it for this message: with a capital or without. */
  readonly spelling: string;
  readonly isOfStream: boolean;
  readonly partition: number | undefined;
  readonly hasSecondInId: boolean;
}

export function letterOf(draft: Draft, random: Random): Letter {
  const files = draft.files ?? [];
  const id = idOf(`letter ${draft.label}`).slice(0, 22);
  const hasSecondInId = random.chance(0.8);
  const host = draft.senderHeader ?? draft.sender;
  return {
    ...draft,
    senderHeader: draft.senderHeader ?? draft.sender,
    files,
    aggregateId: hasSecondInId ? `${id}_${Math.floor(draft.at / 1000)}` : id,
    // Some ids come with a stray escape in them.
    messageId: `<${id}@${host.split('@')[1] || 'bounce.example'}${random.chance(0.005) ? '\\u003e' : '>'}`,
    bytes: 1500 + Math.floor(random.next() ** 4 * 180_000) + fileBytes(files),
    spelling: random.chance(0.1) ? draft.direction.toLowerCase() : draft.direction,
    isOfStream: random.chance(0.03),
    partition: random.chance(0.75) ? random.int(53, 137) : undefined,
    hasSecondInId,
  };
}

export function fileBytes(files: readonly FileFacts[]): number {
  return files.reduce((sum, { bytes }) => sum + bytes, 0);
}

/** The message as the gateway's events tell of it, to all its recipients or to some. */
export function envelopeOf(letter: Letter, recipients: readonly string[] = letter.recipients): Envelope {
  const { messageId, sender, senderIp, subject, spelling } = letter;
  return { direction: spelling, messageId, sender, senderIp, subject, recipients: recipients.join(',') };
}

/** The message as the logs tell of it, at a time in epoch ms. */
export function logFrameOf(letter: Letter, time: number, recipient = letter.recipients[0] ?? ''): LogFrame {
  const { messageId, sender, subject, direction } = letter;
  return { time, messageId, sender, recipient, subject, route: direction.toLowerCase() };
}

/** An event of the gateway about a message; `step` tells it from the message's others. */
export function told(
  letter: Letter,
  type: GatewayType,
  body: JsonObject,
  { time, step = type }: { readonly time: number; readonly step?: string },
): Recorded {
  const { aggregateId, isOfStream, partition, hasSecondInId, label } = letter;
  const id = type === 'url protect' ? `req-${hexIdOf(`${step} ${label}`).slice(0, 32)}` : idOf(`${step} ${label}`);
  const processingId = hasSecondInId && type !== 'url protect' ? `${id}_${Math.floor(letter.at / 1000)}` : id;
  const place = partition === undefined ? undefined : { offset: Math.floor(time / 1000) % 10_000_000, partition };
  const event = gatewayEvent(type, body, { aggregateId, processingId, time, isOfStream, place });
  return { feed: 'SegCg', time, event };
}
