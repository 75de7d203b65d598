import { expect, test } from 'vitest';
import { rulesOf } from '../../local/sentinel/content/rule-file.ts';
import { watchlistRows, watchlistTable } from '../../local/sentinel/content/watchlists.ts';
import { workspace } from '../../local/sentinel/content/workspace.ts';
import { keepRows } from '../../local/sentinel/rules/arrived-rows.ts';
import { bindRule } from '../../local/sentinel/rules/run-rule.ts';
import { scheduleRules } from '../../local/sentinel/rules/scheduler.ts';
import { parsers, ruleFiles, watchlists } from './content.ts';
import { type Arriving, land } from './examples.ts';

const at = '2026-03-02T09:00:00Z';
const arrival = Date.parse('2026-03-02T09:02:00Z');
const hourMs = 3_600_000;

/** A message of one sender to another company, which data leak prevention did something about. */
function leak(action: string): Arriving {
  const mail = { senderAddress: 'eva@firm.example', recipientAddress: 'lars@ashford.example', subject: 'Plan' };
  const cells = { TimeGenerated: at, EventTime: at, EventId: action, messageId: `<${action}@firm.example>`, ...mail };
  return {
    table: 'Seg_Dlp_CL',
    at: Date.parse(at),
    arrival,
    cells: { ...cells, route: 'outbound', policy: 'Card numbers', action },
  };
}

/** What a rule raises on a single message, with its switch for them on or off. */
function raised(name: string, isOn: boolean): readonly string[] {
  const files = ruleFiles.filter(({ path }) => path.endsWith(`${name}.yaml`));
  const switched = files.map(({ path, text }) => ({
    path,
    text: isOn ? text.replace('let tellsSingles = false;', 'let tellsSingles = true;') : text,
  }));
  const rows = keepRows();
  land(rows, [leak('hold'), leak('notification')]);
  const lists = watchlists.map((list) => ({ ...list, items: [] }));
  rows.add(watchlistTable.name, watchlistRows(lists, 0));
  const rules = rulesOf(switched).map((rule) => bindRule(rule, workspace(parsers, lists)));
  const due = scheduleRules({ rules, rows, after: arrival - hourMs, nowIs: 'run', isSkipping: false });
  const alerts = [...due(arrival + hourMs)].flatMap((ran) => ran.alerts);
  return alerts.map((alert) => `${alert.severity}: ${alert.name}`);
}

test.each([
  ['hold', 'Low: Mimecast: message of eva@firm.example to the outside held: Card numbers'],
  ['notifications', 'Informational: Mimecast: confidential message of eva@firm.example went out: Card numbers'],
])('the rule on %s tells of single messages only when it is told to', (name, alert) => {
  expect(raised(`mimecast-data-leak-prevention-${name}`, false)).toEqual([]);
  expect(raised(`mimecast-data-leak-prevention-${name}`, true)).toEqual([alert]);
});
