import { bulkIn } from '../calendar.ts';
import { delivered } from '../chain.ts';
import { inbound } from '../drafts.ts';
import { type Happening, happening } from '../happening.ts';
import { letterOf } from '../letter.ts';
import { anyone, type Slot, timesOf } from '../world.ts';

const systems = [
  { address: 'alerts@monitoring.example', subject: 'Check passed on web-3' },
  { address: 'no-reply@payslips.example', subject: 'Your payslip is ready' },
  { address: 'tickets@helpdesk-online.example', subject: 'Ticket updated' },
  { address: 'robot@build-server.example', subject: 'Build 4417 succeeded' },
  { address: 'crm@customer-base.example', subject: 'New lead assigned' },
  { address: 'calendar@meeting-rooms.example', subject: 'Room booked' },
];

/** Mail of systems whose senders the administrators have permitted: it is not checked for spam. */
export function permittedSenders(slot: Slot): readonly Happening[] {
  const { random } = slot;
  return timesOf(slot, 160, bulkIn(slot.start)).map((at, n) => {
    const index = random.int(0, systems.length - 1);
    const { address = '', subject = '' } = systems[index] ?? {};
    const tls = { cipher: 'TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384', version: 'TLSv1.2' };
    const from = { address, ip: `198.18.210.${10 + index}`, tls, isAuthentic: index !== 2 };
    const letter = letterOf(inbound(from, [anyone(slot)], { label: `${slot.label} ${n}`, at, subject }), random);
    return happening(at, delivered(letter, random, { action: 'Allow', isPermitted: true, spamScore: 0 }));
  });
}
