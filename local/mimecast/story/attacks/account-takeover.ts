import type { Plot } from '../attack.ts';
import { type Deed, did, logon } from '../audits.ts';
import { minuteMs } from '../calendar.ts';
import type { Recorded } from '../happening.ts';
import { attackerIp } from '../outside.ts';
import { ruleNames } from '../rule-names.ts';

const failures = 14;

const changes = [
  ['New Policy', 'policy_logs', 'Policy: URL Protection Bypass, Everyone to Everyone'],
  ['Existing Policy Changed', 'policy_logs', 'Policy: Impersonation Protection disabled'],
  ['New Policy', 'policy_logs', 'Policy: Delivery Routing, forward all mail of Executive to drop@mail-relay.example'],
  ['Folder Log Entry', 'profile_group_logs', 'Member added to group Permitted Senders: mail-relay.example'],
  ['API Application Created', 'integrations_and_apis', 'API application created: archive reader'],
] as const;

/** An administrator's password is guessed from elsewhere; then policies change, and mail is forwarded outside. */
export const accountTakeover: Plot = ({ label, at, random, victim: by }) => {
  const ip = attackerIp(random);
  const deed = (name: string, time: number): Deed => ({
    label: `${label} ${name}`,
    time,
    by,
    ip,
    application: 'Administration Console',
  });
  const records: Recorded[] = Array.from({ length: failures }, (_, n) =>
    logon(deed(`guess ${n}`, at + n * 150_000 + random.int(0, 60_000)), 'failure', 'Cloud'),
  );
  const inside = at + failures * 150_000 + 2 * minuteMs;
  records.push(logon(deed('inside', inside), 'success', 'Cloud'));
  for (const [n, [auditType, category, text]] of changes.entries())
    records.push(did(deed(`change ${n}`, inside + (3 + 4 * n) * minuteMs), { auditType, category, text }));
  const title = 'An administrator’s account is taken over; policies change and mail is forwarded';
  return {
    victim: by.address,
    attacker: ip,
    scenes: [{ id: 'account-takeover', title, rule: ruleNames.audit, records }],
  };
};
