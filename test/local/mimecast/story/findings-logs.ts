import { alike, dayMs, type Found, hourMs, reach } from './groups.ts';
import { type Given, text, type Told } from './told.ts';

const field = (name: string) => (given: Given) => text(given.event[name]);
const id = ({ id: own }: Given): string => own;
const domainOf = (address: string): string => address.split('@')[1] ?? '';
const freeMail = new Set(['gmail.com', 'outlook.com', 'yahoo.com']);

/** What the rules on the TTP, DLP and audit logs are meant to find. */
export function logFindings(told: Told, found: Found): void {
  attachments(told.of('TtpAttachment'), found);
  impersonations(told.of('TtpImpersonation'), found);
  urls(told.of('TtpUrl'), found);
  leaks(told.of('SegDlp'), found);
  logons(told.of('Audit'), found);
}

function attachments(events: readonly Given[], found: Found): void {
  const bad = events.filter(({ event }) => ['malicious', 'unsafe'].includes(text(event['result'])));
  for (const given of bad) if (!field('actionTriggered')(given).includes('hold')) found('ttpAttachment', [given]);
  for (const group of alike(bad, field('fileHash'))) {
    const held = group.filter((given) => field('actionTriggered')(given).includes('hold'));
    const run = reach(held, { ms: dayMs, count: 3, of: field('recipientAddress') });
    if (run) found('ttpAttachment', run);
  }
}

function impersonations(events: readonly Given[], found: Found): void {
  const plain = ['internal_user_name', 'custom_name_list', 'similar_internal_domain'];
  for (const given of events) {
    const identifiers = given.event['identifiers'];
    const isPlain = Array.isArray(identifiers) && plain.some((name) => identifiers.includes(name));
    const isOpen = given.event['action'] === 'none';
    if (isOpen && (given.event['taggedMalicious'] === true || isPlain)) found('ttpImpersonation', [given]);
  }
  const stopped = events.filter(({ event }) => event['action'] !== 'none');
  for (const group of alike(stopped, (given) => domainOf(field('senderAddress')(given)))) {
    const run = reach(group, { ms: dayMs, count: 3, of: field('recipientAddress') });
    if (run) found('ttpImpersonation', run);
  }
}

function urls(events: readonly Given[], found: Found): void {
  const clicks = events.filter(
    ({ event }) => event['scanResult'] === 'malicious' && event['creationMethod'] === 'User Click',
  );
  for (const given of clicks) {
    const isOverridden =
      given.event['action'] === 'warn' &&
      (given.event['userOverride'] === 'Allow' || given.event['userAwarenessAction'] === 'Continue');
    if (given.event['action'] === 'allow' || isOverridden) found('ttpUrl', [given]);
  }
  const blocked = clicks.filter(({ event }) => event['action'] === 'block');
  for (const group of alike(blocked, (given) => new URL(field('url')(given)).host)) {
    const run = reach(group, { ms: dayMs, count: 3, of: field('userEmailAddress') });
    if (run) found('ttpUrl', run);
  }
}

function leaks(events: readonly Given[], found: Found): void {
  const outbound = events.filter(({ event }) => event['route'] === 'outbound');
  const held = outbound.filter(({ event }) => event['action'] === 'hold');
  const told = outbound.filter(({ event }) => event['action'] === 'notification');
  const recipientDomain = (given: Given): string => domainOf(field('recipientAddress')(given));
  for (const group of alike(held, field('senderAddress'))) {
    const many = reach(group, { ms: dayMs, count: 5, of: id });
    const wide = reach(group, { ms: dayMs, count: 3, of: recipientDomain });
    if (many ?? wide) found('dlpHold', many ?? wide ?? []);
  }
  for (const given of told) if (freeMail.has(recipientDomain(given))) found('dlpNotifications', [given]);
  for (const group of alike(told, field('senderAddress'))) {
    const run = reach(group, { ms: dayMs, count: 5, of: id });
    if (run) found('dlpNotifications', run);
  }
}

const ipOf = (given: Given): string => /IP: ([^,]+)/.exec(field('eventInfo')(given))?.[1] ?? '';

function logons(events: readonly Given[], found: Found): void {
  const failures = events.filter(({ event }) => event['auditType'] === 'Logon Authentication Failed');
  for (const group of alike(failures, field('user'))) {
    const run = reach(group, { ms: hourMs, count: 10, of: id });
    if (run) found('audit', run);
  }
  for (const group of alike(failures, ipOf)) {
    const run = reach(group, { ms: dayMs, count: 5, of: field('user') });
    if (run) found('audit', run);
  }
  const known = new Set<string>();
  const successes = events.filter(({ event }) => event['auditType'] === 'User Logged On');
  for (const success of successes.toSorted((a, b) => a.time - b.time)) {
    const user = field('user')(success);
    const before = failures.filter(
      (given) => field('user')(given) === user && given.time <= success.time && given.time > success.time - 4 * hourMs,
    );
    if (before.length >= 5 && !known.has(`${user} ${ipOf(success)}`)) found('audit', [...before, success]);
    known.add(`${user} ${ipOf(success)}`);
  }
}
