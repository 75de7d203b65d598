import type { JsonObject } from '../../../functions/tables/json.ts';
import { anyIp, anyPerson, type Person } from './people.ts';
import { idOf, type Random } from './random.ts';
import { auditEvent } from './shapes/window-events.ts';

type Wording = (user: Person, where: string, random: Random) => string;

const logon =
  (start: string, method: string): Wording =>
  (user, where) =>
    `${start} authentication for ${user.address} <${user.name}>, ${where}, Application: Administration Console, Method: ${method}`;

const did =
  (what: string): Wording =>
  (_user, where) =>
    `${what}, ${where}, Application: Administration Console`;

/** What is done, in which category, and how the free text puts it. */
const kinds: readonly (readonly [string, string, Wording])[] = [
  ['User Logged On', 'authentication_logs', logon('Successful', 'Two Step Auth, 2FA: TOTP')],
  ['User Logged On', 'authentication_logs', logon('Successful', 'Office 365')],
  ['Logon Requires Challenge', 'authentication_logs', logon('Intermediate', 'Office 365, 2FA: TOTP')],
  ['Logon Authentication Failed', 'authentication_logs', logon('Failed', 'Cloud, Reason: Wrong password')],
  [
    'User Password Changed',
    'user_account_and_role_logs',
    ({ address }) => `Password reset for user: ${address} User Password Changed, Remote IP is null`,
  ],
  ['New Policy', 'policy_logs', did('Policy: Anti-Spoofing, Everyone to Everyone')],
  ['Policy Deleted', 'policy_logs', did('Policy: Blocked Senders deleted')],
  ['Existing Policy Changed', 'policy_logs', did('Policy: Content Examination changed')],
  ['Domain Adjustments', 'account_logs', did('Domain example.com changed')],
  ['Threat Intel Feed Download', 'reporting_logs', did('Threat intel multiple feeds download - malware_customer.zip')],
  ['Search Action', 'archive_service_logs', did('Archive search: "发票"')],
  ['Case Action', 'case_review_logs', did('Case opened')],
  ['Campaign Created', 'awareness_training_logs', did('Phishing campaign created')],
  ['Branding Changed', 'branding_logs', did('Logo changed')],
  ['Continuity Event', 'continuity_services_logs', did('Continuity event started')],
  ['API Application Created', 'integrations_and_apis', did('API application created')],
  ['Journal Connector Changed', 'journaling_logs', did('Journal connector changed')],
  ['Mimecast Support Login', 'mimecast_access_logs', did('Support logged on')],
  ['Group Member Added', 'profile_group_logs', did('Member added to group Permitted Senders')],
];

/** Makes audit events. */
export function auditEvents(random: Random, label: string): (n: number, time: number) => JsonObject {
  return (n, time) => {
    const [auditType, category, wording] = random.pick(kinds);
    const user = anyPerson(random);
    const [day, clock] = new Date(time + 3_600_000).toISOString().split(/[T.]/);
    const where = `Date: ${day}, Time: ${clock} BST, IP: ${anyIp(random)}`;
    const id = `eNqr${idOf(`${label} ${n}`)}`;
    return auditEvent({ id, auditType, category, user: user.address, time, info: wording(user, where, random) });
  };
}
