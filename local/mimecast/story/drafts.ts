import type { Tls } from '../plain/shapes/gateway-event.ts';
import type { Draft } from './letter.ts';
import type { Correspondent } from './outside.ts';
import type { Employee } from './people.ts';

const officeTls: Tls = { cipher: 'TLS_AES_256_GCM_SHA384', version: 'TLSv1.3' };

/** What differs from message to message. */
export type Content = Pick<Draft, 'label' | 'at' | 'subject' | 'files'>;

/** A message from outside to people of the company. */
export function inbound(from: Correspondent, to: readonly Employee[], content: Content): Draft {
  const { address: sender, ip: senderIp, tls, isAuthentic } = from;
  const recipients = to.map(({ address }) => address);
  return { ...content, direction: 'Inbound', sender, senderIp, tls, isAuthentic, recipients };
}

/** A message from somebody of the company to addresses outside. */
export function outbound(from: Employee, recipients: readonly string[], content: Content): Draft {
  return { ...content, direction: 'Outbound', ...officeSender(from, '192.0.2.25'), recipients };
}

/** A message between colleagues. */
export function internal(from: Employee, to: readonly Employee[], content: Content): Draft {
  const recipients = to.map(({ address }) => address);
  return {
    ...content,
    direction: 'Internal',
    ...officeSender(from, `10.104.113.${10 + (from.number % 200)}`),
    recipients,
  };
}

function officeSender(from: Employee, senderIp: string) {
  return { sender: from.address, senderIp, tls: officeTls, isAuthentic: true };
}
