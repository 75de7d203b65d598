import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { type Counts, graveOf, quietAlerts, sumOf, together } from '../../local/quiet-tenant.ts';
import { readContent } from '../../local/sentinel/content/read-files.ts';
import { bindContent } from '../../local/sentinel/rules/replay.ts';
import { oldAlerts } from '../../local/sentinel/rules/old-logic.ts';

test('in a quiet company the rules are quiet, where those of solution 3.1 were not', () => {
  const options = { seed: 101, now: Date.parse('2026-11-20T12:05:00Z'), days: 1, users: 100 };
  const rules = quietAlerts(options, bindContent(readContent()));
  const thousands = (options.users * options.days) / 1000;
  for (const kind of ['shipped', 'alone'] as const) {
    const all = together(rules.map((rule) => rule[kind]));
    expect(graveOf(all)).toBe(0);
    expect(sumOf(all) / thousands).toBeLessThanOrEqual(10);
    expect(rules.filter((rule) => sumOf(rule[kind]) / thousands > 3)).toEqual([]);
  }
  expect(sumOf(together(rules.map(({ old }) => old)))).toBeGreaterThan(100);
}, 180_000);

test('the logic of solution 3.1 counts the rows that arrived between its runs', () => {
  const minuteMs = 60_000;
  const at = (minutes: number, row: Readonly<Record<string, string>>) => ({
    timeGenerated: 0,
    arrival: minutes * minuteMs,
    row,
  });
  const failure = { auditType: 'Logon Authentication Failed', eventInfo: 'Failed, IP: 192.0.2.1' };
  const spam = { Logtype: 'email_spam' };
  const alerts = oldAlerts(
    new Map([
      [
        'Audit_CL',
        [
          ...[0, 1, 2, 3, 29].map((minute) => at(minute, failure)),
          ...[30, 31, 32].map((minute) => at(minute, failure)),
        ],
      ],
      ['Seg_Cg_CL', Array.from({ length: 160 }, () => at(1, spam))],
    ]),
  );
  const counts = Map.groupBy(alerts, ({ rule }) => rule);
  expect([...counts].map(([rule, of]) => [rule, of.length])).toEqual([
    ['Mimecast Audit - Logon Authentication Failed', 1],
    ['Mimecast Secure Email Gateway - Spam Event Thread', 150],
  ]);
});

test('the page on the quiet company has a line for each rule, within what is wanted', () => {
  const page = readFileSync(new URL('../../docs/rules-quiet.md', import.meta.url), 'utf8');
  const lines = page.split('\n').filter((line) => /^\| [*M]/.test(line));
  const cells = lines.map((line) =>
    line
      .split('|')
      .slice(1, -1)
      .map((cell) => cell.replaceAll('*', '').trim()),
  );
  const rules = readContent().rules.map(({ name }) => name);
  expect(cells.map(([name]) => name)).toEqual([...rules, 'all rules']);
  for (const [name, high, medium, , , all, alone] of cells) {
    const most = name === 'all rules' ? 10 : 3;
    expect(Number(high) + Number(medium), `${name}`).toBe(0);
    expect(Math.max(Number(all), Number(alone)), `${name}`).toBeLessThanOrEqual(most);
  }
});

test('counts are summed by severity', () => {
  const one: Counts = { Informational: 1, Low: 2, Medium: 3, High: 4 };
  expect(together([one, one])).toEqual({ Informational: 2, Low: 4, Medium: 6, High: 8 });
  expect([sumOf(one), graveOf(one)]).toEqual([10, 7]);
});
