import { describe, expect, test } from 'vitest';
import type { AnalyticsRule } from '../../local/sentinel/content/analytics-rule.ts';
import { rulesOf } from '../../local/sentinel/content/rule-file.ts';
import { watchlistRows, watchlistTable, type Watchlist } from '../../local/sentinel/content/watchlists.ts';
import { workspace } from '../../local/sentinel/content/workspace.ts';
import type { Alert } from '../../local/sentinel/rules/alert.ts';
import { keepRows } from '../../local/sentinel/rules/arrived-rows.ts';
import { identifierText } from '../../local/sentinel/rules/entities.ts';
import { bindRule, type BoundRule } from '../../local/sentinel/rules/run-rule.ts';
import { scheduleRules } from '../../local/sentinel/rules/scheduler.ts';
import { parsers, ruleFiles, watchlists } from './content.ts';
import { arriving, type Arriving, type Example, examplesOf, land } from './examples.ts';

const minuteMs = 60_000;
const dayMs = 1440 * minuteMs;

/** Which time `now()` may be when a rule runs. */
const nows = ['scheduled', 'run'] as const;

/** Ways in which the same rows may reach the workspace. */
const twice = (rows: readonly Arriving[]): readonly Arriving[] =>
  rows.flatMap((row) => [row, { ...row, arrival: row.arrival + 7 * minuteMs }]);
const again = (rows: readonly Arriving[]): readonly Arriving[] =>
  rows.flatMap((row) => [row, { ...row, arrival: row.arrival + dayMs }]);
const later = (ms: number) => (rows: readonly Arriving[]) => rows.map((row) => ({ ...row, arrival: row.arrival + ms }));

const sameAlerts = [
  ['each row twice', twice],
  ['each row read again a day later', again],
  ['everything 50 minutes late', later(50 * minuteMs)],
] as const;
const noAlerts = [
  ['everything 3 days late', later(3 * dayMs)],
  ['everything 60 days late', later(60 * dayMs)],
] as const;

interface Told {
  readonly file: string;
  readonly example: Example;
}

const rules = new Map(ruleFiles.map((file) => [file.path.split('/').at(-1) ?? '', rulesOf([file])[0]]));
const told: readonly Told[] = [...rules.keys()].flatMap((file) =>
  examplesOf(file).map((example) => ({ file, example })),
);
const titled = told.map(({ file, example }) => [file, example.name, example] as const);
const firing = titled.filter(([, , { alerts }]) => alerts.length > 0);

/** The watchlists of an example: the shipped ones, with its items. */
function listsOf(example: Example): readonly Watchlist[] {
  return watchlists.map((list) => ({ ...list, items: example.watchlists[list.alias] ?? [] }));
}

const boundRules = new Map<string, BoundRule>();

/** A rule bound against a workspace with these watchlists, which takes a while. */
function bound(rule: AnalyticsRule, lists: readonly Watchlist[]): BoundRule {
  const key = `${rule.id} ${lists.map(({ items }) => items.length > 0).join(' ')}`;
  const known = boundRules.get(key) ?? bindRule(rule, workspace(parsers, lists));
  boundRules.set(key, known);
  return known;
}

/** How an example is played. */
interface Playing {
  readonly nowIs: (typeof nows)[number];
  readonly change?: (rows: readonly Arriving[]) => readonly Arriving[];
  /** Also when nothing has arrived. */
  readonly runsAlways?: boolean;
}

/** The alerts that a rule raises while rows arrive, and in the day after. */
function raised(
  file: string,
  example: Example,
  { nowIs, change = (rows) => rows, runsAlways = false }: Playing,
): readonly Alert[] {
  const rule = rules.get(file);
  if (rule === undefined) throw new Error(`no rule ${file}`);
  const given = change(arriving(example));
  const rows = keepRows();
  land(rows, given);
  const lists = listsOf(example);
  rows.add(watchlistTable.name, watchlistRows(lists, 0));
  const arrivals = given.map(({ arrival }) => arrival);
  const after = Math.min(...arrivals) - rule.queryFrequency;
  const due = scheduleRules({ rules: [bound(rule, lists)], rows, after, nowIs, isSkipping: !runsAlways });
  const ran = [...due(Math.max(...arrivals) + dayMs)];
  expect(ran.flatMap(({ fault }) => fault ?? [])).toEqual([]);
  return ran.flatMap(({ alerts }) => alerts);
}

/** An alert as the examples write it, sorted so that lists of them can be compared. */
function written({ name, severity, entities, customDetails }: Alert, withDetails: boolean): string {
  const byType = Map.groupBy(entities, ({ type }) => type);
  const texts = [...byType].map(([type, of]): [string, readonly string[]] => [
    type,
    of.map(({ identifiers }) => identifierText(identifiers)),
  ]);
  return inOrder({
    name,
    severity,
    entities: Object.fromEntries(texts),
    details: withDetails ? customDetails : undefined,
  });
}

interface Written {
  readonly name: string;
  readonly severity: string;
  readonly entities: Lists;
  readonly details?: Lists | undefined;
}

type Lists = Readonly<Record<string, readonly string[]>>;

function inOrder({ name, severity, entities, details }: Written): string {
  return JSON.stringify({ name, severity, entities: sorted(entities), details: details && sorted(details) }, null, 2);
}

function sorted(lists: Lists): object {
  const keys = Object.keys(lists).toSorted();
  return Object.fromEntries(keys.map((key) => [key, lists[key]?.toSorted()]));
}

/** What an example says is raised. */
function expected({ alerts }: Example): readonly string[] {
  return alerts.map(inOrder).toSorted();
}

/** What is raised when an example is played. */
function found(file: string, example: Example, playing: Playing): readonly string[] {
  const withDetails = example.alerts.some(({ details }) => details !== undefined);
  return raised(file, example, playing)
    .map((alert) => written(alert, withDetails))
    .toSorted();
}

describe('the examples of the rules', () => {
  test.each([...rules.keys()])('hold two that fire and two that stay silent of %s', (file) => {
    const of = told.filter((each) => each.file === file).map(({ example }) => example.alerts.length);
    expect(of.filter((alerts) => alerts > 0).length).toBeGreaterThanOrEqual(2);
    expect(of.filter((alerts) => alerts === 0).length).toBeGreaterThanOrEqual(2);
  });

  test.each(titled)('of %s: %s', (file, _name, example) => {
    for (const nowIs of nows)
      expect(found(file, example, { nowIs }), `now() is that of the ${nowIs}`).toEqual(expected(example));
  });
});

describe('a rule that also runs when nothing has arrived', () => {
  test.each(firing.filter(([file], index) => firing.findIndex(([other]) => other === file) === index))(
    'raises the same alerts, once: %s: %s',
    (file, _name, example) => {
      for (const nowIs of nows) expect(found(file, example, { nowIs, runsAlways: true })).toEqual(expected(example));
    },
  );
});

describe.each(sameAlerts)('with %s the same alerts are raised, once:', (_how, change) => {
  test.each(firing)('%s: %s', (file, _name, example) => {
    for (const nowIs of nows)
      expect(found(file, example, { nowIs, change }), `now() is that of the ${nowIs}`).toEqual(expected(example));
  });
});

describe.each(noAlerts)('with %s nothing is raised:', (_how, change) => {
  test.each(firing)('%s: %s', (file, _name, example) => {
    for (const nowIs of nows)
      expect(found(file, example, { nowIs, change }), `now() is that of the ${nowIs}`).toEqual([]);
  });
});
