import { beforeAll, describe, expect, test } from 'vitest';
import { mimecastHealth } from '../../functions/tables/mimecast-health.ts';
import { ruleNames } from '../../local/mimecast/story/rule-names.ts';
import type { Chapter } from '../../local/mimecast/story/fill-story.ts';
import { readContent } from '../../local/sentinel/content/read-files.ts';
import { type AlertRecord, recordOf } from '../../local/sentinel/rules/alert-record.ts';
import { bindContent, replayRules } from '../../local/sentinel/rules/replay.ts';
import { toldRows } from '../../local/story-rows.ts';

/** The story of a smaller company, which is told faster. */
const options = { seed: 1, now: Date.parse('2026-11-20T12:05:00Z'), days: 14, users: 40, quiet: false };
const { rows, chapters } = toldRows(options);
/** The rules that are silent while the feed of Targeted Threat Protection tells the same. */
const twins: readonly string[] = [ruleNames.segAttachment, ruleNames.segImpersonation, ruleNames.segUrl];

const content = bindContent(readContent());

/** What rules raise over the story. */
function raised(
  names: readonly string[],
  tables: readonly string[],
  { isSkipping = true, after }: { readonly isSkipping?: boolean; readonly after?: number } = {},
): readonly AlertRecord[] {
  const replay = replayRules({
    content: { ...content, rules: content.rules.filter(({ rule }) => names.includes(rule.name)) },
    isSkipping,
    after,
  });
  for (const table of tables) replay.add(table, rows.get(table) ?? []);
  return [...replay.due(options.now)].flatMap(({ rule, alerts, fault }) => {
    expect([rule.name, fault]).toEqual([rule.name, undefined]);
    return alerts.map(recordOf);
  });
}

/** The events that an alert stands for. */
function eventsOf({ columns, rows: cells }: AlertRecord): readonly string[] {
  const index = columns.findIndex(({ name }) => name === 'EventIds');
  return cells.flatMap((row) => row[index] ?? []).map(String);
}

function isOf({ rule, eventIds }: Chapter, alert: AlertRecord): boolean {
  return alert.ruleName === rule && eventsOf(alert).some((id) => eventIds.includes(id));
}

/** Whether an alert names a person: among its entities, or where there are many, in its details. */
function names(alert: AlertRecord, address: string): boolean {
  const entities = alert.entities.map(({ identifiers: of }) => [of['Name'], of['UPNSuffix']].join('@'));
  const values = alert.entities.flatMap(({ identifiers }) => Object.values(identifiers));
  const details = Object.values(alert.customDetails).flat();
  return [...entities, ...values, ...details].some((text) => text.toLowerCase().includes(address));
}

describe('on the simulated story', () => {
  let alerts: readonly AlertRecord[] = [];

  beforeAll(() => {
    const all = [...rows.keys()];
    const others = Object.values(ruleNames).filter((name) => !twins.includes(name));
    const withoutHealth = all.filter((table) => table !== mimecastHealth.name);
    alerts = [...raised(others, all), ...raised(twins, withoutHealth)];
  }, 300_000);

  test('every chapter sets off its rule', () => {
    const missed = chapters.filter((chapter) => !alerts.some((alert) => isOf(chapter, alert)));
    expect(missed.map(({ id, rule }) => [id, rule])).toEqual([]);
  });

  test('the alerts of a chapter name its victim', () => {
    const unnamed = chapters.filter((chapter) => {
      const own = alerts.filter((alert) => isOf(chapter, alert));
      return own.length > 0 && !own.some((alert) => names(alert, chapter.victim));
    });
    expect(unnamed.map(({ id, victim }) => [id, victim])).toEqual([]);
  });

  test('nothing else sets off a rule', () => {
    const others = alerts.filter((alert) => !chapters.some((chapter) => isOf(chapter, alert)));
    expect(others.map(({ ruleName, severity, name }) => [ruleName, severity, name])).toEqual([]);
  });

  test('the rules on the gateway are silent while the feeds of their twins are caught up', () => {
    expect(raised(twins, [...rows.keys()])).toEqual([]);
  });

  test('runs for which nothing has arrived can be left out', () => {
    const some = [ruleNames.ttpUrl, ruleNames.dlpHold, ruleNames.segInternal, ruleNames.audit];
    const after = options.now - 4 * 86_400_000;
    const plain = raised(some, [...rows.keys()], { isSkipping: false, after });
    const byTime = (a: AlertRecord, b: AlertRecord): number => a.raisedAt - b.raisedAt || (a.id < b.id ? -1 : 1);
    const skipping = alerts.filter(
      ({ ruleName, scheduledAt }) => scheduledAt > after && some.some((name) => name === ruleName),
    );
    expect(new Set(skipping.map(({ ruleName }) => ruleName)).size).toBe(some.length);
    expect(skipping.toSorted(byTime)).toEqual(plain.toSorted(byTime));
  }, 300_000);
});
