import { idOf } from '../plain/random.ts';
import { auditEvent } from '../plain/shapes/window-events.ts';
import type { Recorded } from './happening.ts';
import type { Employee } from './people.ts';

/** Something that somebody did, or tried; `time` in epoch ms, `label` tells it from everything else. */
export interface Deed {
  readonly label: string;
  readonly time: number;
  readonly by: Employee;
  /** The address it came from, if the log knows it. */
  readonly ip: string | undefined;
  readonly application: string;
}

const clock = new Intl.DateTimeFormat('en-GB', {
  timeZone: 'Europe/London',
  year: 'numeric',
  month: '2-digit',
  day: '2-digit',
  hour: '2-digit',
  minute: '2-digit',
  second: '2-digit',
  timeZoneName: 'short',
});

/** A logon, or what came instead of it. */
export function logon(deed: Deed, outcome: 'success' | 'challenge' | 'failure', method: string): Recorded {
  const { by } = deed;
  const [auditType, start] = {
    success: ['User Logged On', 'Successful'],
    challenge: ['Logon Requires Challenge', 'Intermediate'],
    failure: ['Logon Authentication Failed', 'Failed'],
  }[outcome];
  const reason = outcome === 'failure' ? ', Reason: Wrong password' : '';
  const info = `${start} authentication for ${by.address} <${shownName(by)}>, ${where(deed)}, Method: ${method}${reason}`;
  return recorded(deed, { auditType: auditType ?? '', category: 'authentication_logs', info });
}

/** Any other work in the administration console. */
export function did(
  deed: Deed,
  what: { readonly auditType: string; readonly category: string; readonly text: string },
): Recorded {
  return recorded(deed, { ...what, info: `${what.text}, ${where(deed)}` });
}

function recorded(deed: Deed, what: { auditType: string; category: string; info: string }): Recorded {
  const { auditType, category, info } = what;
  const { time, by, label } = deed;
  const id = `eNqr${idOf(`audit ${label}`)}`;
  return { feed: 'Audit', time, event: auditEvent({ id, auditType, category, user: by.address, time, info }) };
}

// The text holds the time on the company's clocks, which is not the time of the event's own field.
function where({ time, ip, application }: Deed): string {
  const part = Object.fromEntries(clock.formatToParts(time).map(({ type, value }) => [type, value]));
  const local = `Date: ${part['year']}-${part['month']}-${part['day']}, Time: ${part['hour']}:${part['minute']}:${part['second']} ${part['timeZoneName']}`;
  return `${local}${ip === undefined ? '' : `, IP: ${ip}`}, Application: ${application}`;
}

// The directory shows some names with a comma.
function shownName({ name, number }: Employee): string {
  const [first, last] = name.split(' ');
  return number % 12 === 5 ? `${last}, ${first}` : name;
}
