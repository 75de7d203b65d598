import { describe, expect, test } from 'vitest';
import { ruleNames } from '../../../../local/mimecast/story/rule-names.ts';
import { type Finding, findingsIn } from './findings.ts';
import { now, tell, text, type Told, typeOf } from './told.ts';

const dayMs = 86_400_000;
const told = tell();
const { chapters } = told.story;
const findings = findingsIn(told);
const everyId = new Set(
  (['Audit', 'SegCg', 'SegDlp', 'TtpUrl', 'TtpAttachment', 'TtpImpersonation'] as const).flatMap((feed) =>
    told.of(feed).map(({ id }) => id),
  ),
);

describe('the chapters', () => {
  test('set off each of the thirteen rules, most of them in the last days and some early', () => {
    expect(new Set(chapters.map(({ rule }) => rule))).toEqual(new Set(Object.values(ruleNames)));
    const late = chapters.filter(({ from }) => from > now - 6 * dayMs);
    expect(new Set(late.map(({ rule }) => rule))).toEqual(new Set(Object.values(ruleNames)));
    expect(late.length).toBeGreaterThan(chapters.length / 2);
    expect(chapters.some(({ from }) => from < now - 8 * dayMs)).toBe(true);
  });

  test('each have a victim of the company, an id of their own, and a time within the story', () => {
    expect(new Set(chapters.map(({ id }) => id)).size).toBe(chapters.length);
    for (const { victim, from, to } of chapters) {
      expect(victim).toMatch(/^[a-z]+\.[a-z]+@larkfield\.example$/);
      expect(from).toBeGreaterThan(now - 14 * dayMs);
      expect(to).toBeGreaterThan(from);
      expect(to).toBeLessThan(now);
    }
    expect(new Set(chapters.map(({ victim }) => victim)).size).toBeGreaterThan(12);
  });

  test('name only events that the tenant has, and no event twice', () => {
    const ids = chapters.flatMap(({ eventIds }) => eventIds);
    expect(ids.filter((id) => !everyId.has(id))).toEqual([]);
    expect(new Set(ids).size).toBe(ids.length);
  });

  test.each(chapters)('$id has what its rule looks for', ({ rule, eventIds }) => {
    const own = findings.filter((finding) => finding.rule === rule && finding.ids.some((id) => eventIds.includes(id)));
    expect(own.length).toBeGreaterThan(0);
  });

  test('explain everything that the rules look for', () => {
    expect(unexplained(told)).toEqual([]);
  });
});

test.each([
  ['a Monday just after midnight', { seed: 3, now: Date.parse('2026-11-23T00:03:00Z') }],
  ['a summer evening, of fewer people', { seed: 7, now: Date.parse('2026-06-10T23:59:00Z'), users: 45 }],
])('a story told on %s is as complete and as clear', (_, options) => {
  const other = tell(options);
  expect(new Set(other.story.chapters.map(({ rule }) => rule))).toEqual(new Set(Object.values(ruleNames)));
  expect(other.story.chapters).toHaveLength(chapters.length);
  expect(unexplained(other)).toEqual([]);
});

/** What rules look for outside the chapters; a flood in one may have a few everyday events among it. */
function unexplained(of: Told): readonly Finding[] {
  const isExplained = ({ rule, ids }: Finding): boolean =>
    of.story.chapters.some((chapter) => {
      const own = ids.filter((id) => chapter.eventIds.includes(id));
      return chapter.rule === rule && own.length > 0.8 * ids.length;
    });
  return findingsIn(of).filter((finding) => !isExplained(finding));
}

describe('a quiet story', () => {
  test.each([1, 2])('of seed %d has no chapters, and nothing that a rule looks for', (seed) => {
    const quiet = tell({ seed, quiet: true });
    expect(quiet.story.chapters).toEqual([]);
    expect(findingsIn(quiet)).toEqual([]);
  });

  const quiet = tell({ quiet: true });
  const gateway = quiet.of('SegCg');

  test('has what looks like an attack and is none', () => {
    const has = (is: (told: Told) => boolean) => expect(is(quiet)).toBe(true);
    has(({ of }) => of('TtpUrl').some(({ event }) => event['action'] === 'block' && isClick(event)));
    has(({ of }) =>
      of('TtpUrl').some(({ event }) => event['scanResult'] === 'malicious' && event['action'] === 'allow'),
    );
    has(({ of }) => of('TtpUrl').some(({ event }) => event['action'] === 'warn' && isClick(event)));
    has(({ of }) => of('TtpAttachment').some(({ event }) => held(event, 'malicious')));
    has(({ of }) => of('TtpAttachment').some(({ event }) => held(event, 'safe')));
    has(({ of }) =>
      of('SegDlp').some(({ event }) => event['route'] === 'internal' && event['action'] === 'notification'),
    );
    for (const type of ['av', 'spam', 'internal email protect', 'attachment protect', 'impersonation protect'])
      expect(gateway.some(({ event }) => typeOf(event) === type)).toBe(true);
  });

  test('has somebody who mistypes a password three times and then logs on from the usual place', () => {
    const infos = (auditType: string) =>
      quiet
        .of('Audit')
        .filter(({ event }) => event['auditType'] === auditType)
        .map(({ event, time }) => ({
          user: event['user'],
          ip: /IP: ([^,]+)/.exec(text(event['eventInfo']))?.[1],
          time,
        }));
    const [failures, successes] = [infos('Logon Authentication Failed'), infos('User Logged On')];
    const forgiven = failures.filter(({ user, ip, time }) => {
      const same = failures.filter(
        (other) => other.user === user && other.ip === ip && Math.abs(other.time - time) < 60_000,
      );
      return same.length === 3 && successes.some((s) => s.user === user && s.ip === ip && s.time > time);
    });
    expect(forgiven.length).toBeGreaterThan(2);
  });
});

function isClick(event: Readonly<Record<string, unknown>>): boolean {
  return event['creationMethod'] === 'User Click';
}

function held(event: Readonly<Record<string, unknown>>, result: string): boolean {
  return event['result'] === result && event['actionTriggered'] === 'hold, none';
}
