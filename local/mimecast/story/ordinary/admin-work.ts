import { did } from '../audits.ts';
import { workIn, workingDayNumber } from '../calendar.ts';
import { type Happening, happening } from '../happening.ts';
import { type Slot, timesOf } from '../world.ts';

type Task = readonly [auditType: string, category: string, text: string];

/** What the administrators do every day. */
const daily: readonly Task[] = [
  ['Search Action', 'archive_service_logs', 'Archive search: "invoice 88213"'],
  ['Search Action', 'archive_service_logs', 'Archive search: "发票"'],
  ['Existing Policy Changed', 'policy_logs', 'Policy: Content Examination changed'],
  ['Folder Log Entry', 'profile_group_logs', 'Member added to group Permitted Senders'],
  ['Folder Log Entry', 'profile_group_logs', 'Member added to group Blocked Senders'],
  ['Threat Intel Feed Download', 'reporting_logs', 'Threat intel multiple feeds download - malware_customer.csv.zip'],
  ['Page Data Exports', 'reporting_logs', 'Page data exported: Message Center'],
  ['User Password Changed', 'user_account_and_role_logs', 'User Password Changed'],
];

/** What comes round every week: a task or two on each working day. */
const weekly: readonly Task[] = [
  ['Domain Adjustments', 'account_logs', 'Domain larkfield.example changed'],
  ['Account Settings Changed', 'account_logs', 'Account settings changed: session time-out'],
  ['Campaign Created', 'awareness_training_logs', 'Training campaign created'],
  ['Branding Changed', 'branding_logs', 'Logo of the portal changed'],
  ['Case Action', 'case_review_logs', 'Case "Supplier dispute" opened'],
  ['Continuity Event', 'continuity_services_logs', 'Continuity event tested'],
  ['API Application Created', 'integrations_and_apis', 'API application changed: log collection'],
  ['Connectors Management', 'journaling_logs', 'Journal connector tested'],
  ['Mimecast Support Login', 'mimecast_access_logs', 'Support logged on with consent'],
  ['New Policy', 'policy_logs', 'Policy: Permitted Senders, payslips.example to Everyone'],
  ['Policy Deleted', 'policy_logs', 'Policy: Blocked Senders, old entry, deleted'],
  ['Review Set Action', 'case_review_logs', 'Review set checked'],
];
const tasksPerDay = 3;
const weeklyHours = [10, 13, 15];

/** The work of the administrators. */
export function adminWork(slot: Slot): readonly Happening[] {
  const often = timesOf(slot, 45, workIn(slot.start)).map((at, n) => done(slot, { at, n }, slot.random.pick(daily)));
  const seldom = weeklyHours.flatMap((hour, n) => {
    const isNow = workIn(slot.start) > 0.001 && new Date(slot.start).toISOString().slice(11, 16) === `${hour}:15`;
    const task = weekly[(workingDayNumber(slot.start) * tasksPerDay + n) % weekly.length];
    return isNow && task ? [done(slot, { at: slot.start + slot.random.int(0, 800_000), n: 1000 + n }, task)] : [];
  });
  return [...often, ...seldom];
}

function done(slot: Slot, { at, n }: { at: number; n: number }, [auditType, category, text]: Task): Happening {
  const { company } = slot.world;
  const by = company.as(slot.random.pick(['mailAdministrator', 'securityAdministrator', 'takenOver'] as const));
  const isReset = auditType === 'User Password Changed';
  const target = slot.random.pick(company.people).address;
  const what = {
    auditType,
    category,
    text: isReset ? `Password reset for user: ${target} User Password Changed` : text,
  };
  const deed = { label: `${slot.label} ${n}`, time: at, by, application: 'Administration Console' };
  return happening(at, [did({ ...deed, ip: isReset ? undefined : by.officeIp }, what)]);
}
