import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, expect, test, vi } from 'vitest';
import { ruleNames } from '../../../local/mimecast/story/rule-names.ts';
import { recordOf } from '../../../local/sentinel/rules/alert-record.ts';
import { bundlePage } from '../../../local/server/page-files.ts';
import { type PageServer, startPageServer } from '../../../local/server/page-server.ts';
import { raisedBy, resultOf, ruleWith } from '../sentinel/rules/rule.ts';
import { startMs } from '../server/small-sentinel.ts';
import { hostileTexts } from './hostile.ts';
import { openStillSentinel, type StillSentinel } from './still-sentinel.ts';
import { startVisitor, type Visit, type Visitor } from './visit.ts';

vi.setConfig({ testTimeout: startMs, hookTimeout: startMs });

const soon = { timeout: 30_000 };

const hourMs = 3_600_000;
const clickedAt = Date.parse('2026-11-20T10:00:00Z');
const clicks = {
  name: ruleNames.ttpUrl,
  severity: 'High',
  query: 'MimecastTTPUrl | where TimeGenerated between (ago(2h) .. now())',
  entityMappings: [
    { entityType: 'Mailbox', fieldMappings: [{ identifier: 'MailboxPrimaryAddress', columnName: 'User' }] },
    { entityType: 'URL', fieldMappings: [{ identifier: 'Url', columnName: 'Url' }] },
  ],
  customDetails: { Subject: 'Subject', People: 'People' },
  alertDetailsOverride: { alertDisplayNameFormat: '{{User}} clicked: {{Subject}}' },
};
const logons = { id: '5f0d1b9e-8a3c-4c58-9c43-1c1f8f0a7f11', name: ruleNames.audit, severity: 'Low' };
const [hostile] = hostileTexts;
const user = 'anna@contoso.example';

let folder: string;
let sentinel: StillSentinel;
let server: PageServer;
let visitor: Visitor;
let visit: Visit;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'still-'));
  sentinel = openStillSentinel(folder, [ruleWith(clicks), ruleWith(logons)]);
  const time = new Date(clickedAt).toISOString();
  const row = { TimeGenerated: time, EventTime: time, EventId: 'e', Account: 'a', userEmailAddress: user, url: 'u' };
  sentinel.store.insert('Ttp_Url_CL', [{ timeGenerated: clickedAt, arrival: clickedAt, row }]);
  const found = { User: user, Url: 'https://bad.example/', Subject: hostile, People: `["${user}","${hostile[0]}"]` };
  sentinel.raise([
    ...raisedBy(logons, resultOf({ User: 'bert@contoso.example' }), clickedAt - hourMs).map(recordOf),
    ...raisedBy(clicks, resultOf(found), clickedAt + hourMs).map(recordOf),
  ]);
  server = await startPageServer({ port: 0, files: bundlePage(), sentinel: Promise.resolve(sentinel) });
  visitor = await startVisitor();
  if (visitor.browser) visit = await visitor.visit(server.url);
});
afterAll(async () => {
  await visitor.close();
  await server.close();
  await sentinel.close();
  await rm(folder, { recursive: true, force: true });
});
beforeEach(async (context) => {
  visitor.need(context);
  await visit.go('alerts');
  await visit.page.locator('[data-alert]').first().waitFor();
});

const text = (selector: string) => visit.page.locator(selector).first().innerText();

test('alerts are listed with severity, time, title, rule, entities and status, the newest first', async () => {
  const rows = await visit.page.locator('[data-alert]').all();
  const cells = await Promise.all(rows.map((row) => row.locator('td').allInnerTexts()));
  expect(cells).toEqual([
    [
      'High',
      '20 Nov 2026, 11:05:00',
      `${user} clicked: ${hostile}`,
      expect.stringContaining('URL Protect'),
      `${user}\nhttps://bad.example/`,
      'New',
    ],
    ['Low', '20 Nov 2026, 09:05:00', ruleNames.audit, expect.any(String), 'bert@contoso.example', 'New'],
  ]);
});

test('a severity or a rule leaves out the others, and the address says so', async () => {
  await visit.page.getByRole('combobox', { name: 'Severity' }).selectOption('Low');
  await expect.poll(() => visit.page.locator('[data-alert]').count(), soon).toBe(1);
  expect(new URL(visit.page.url()).hash).toBe('#/alerts?severity=Low');
  await visit.page.getByRole('combobox', { name: 'Rule' }).selectOption(ruleNames.ttpUrl);
  await visit.page.getByText('None is like this.').waitFor();
});

test("an alert in full has steps, entities, details, rows and the query, and a stranger's text stays text", async () => {
  await visit.page.getByRole('link', { name: /clicked/ }).click();
  await visit.page.locator('.triage').waitFor();
  expect(await visit.page.locator('.triage > li').count()).toBe(3);
  expect(await text('[data-entity="Mailbox"]')).toContain(user);
  const details = visit.page.getByRole('region', { name: 'Details' });
  expect(await details.locator('.value').first().textContent()).toContain(hostile);
  const rows = visit.page.getByRole('region', { name: 'The rows that raised it' });
  expect(await rows.locator('.cells').textContent()).toContain(hostile);
  expect(await text('.rule-query')).toBe(clicks.query);
  expect(visit.problems).toEqual([]);
});

test('an entity is traced by a query, and the rule runs as of the alert', async () => {
  await visit.page.getByRole('link', { name: /clicked/ }).click();
  await visit.page
    .getByRole('link', { name: `Trace the address ${user}` })
    .first()
    .click();
  const results = visit.page.getByRole('region', { name: 'Results' });
  await results.locator('td[data-title="Source"]', { hasText: 'MimecastTTPUrl' }).waitFor();
  await visit.page.goBack();
  await visit.page.getByRole('link', { name: 'Run it as of the alert' }).click();
  await visit.page.getByText('now() is 20 Nov 2026, 11:05:00 UTC').waitFor();
  await expect.poll(() => results.getAttribute('data-rows'), soon).toBe('1');
});

test('an incident shows its alerts, which lead to them', async () => {
  await visit.page.getByRole('button', { name: 'Incidents (2)' }).click();
  const incident = visit.page.locator('[data-incident="2"]');
  await incident.locator('summary').click();
  await incident.getByRole('link', { name: /clicked/ }).click();
  await visit.page.getByRole('link', { name: 'Back to the incidents' }).waitFor();
  await visit.page.locator('.facts').getByRole('link', { name: '2' }).click();
  expect(await visit.page.locator('[data-incident="2"]').getAttribute('open')).not.toBeNull();
});

test('on a screen of 320 pixels nothing is wider than it', async () => {
  const narrow = await visitor.visit(server.url, { viewport: { width: 320, height: 700 } });
  const { page } = narrow;
  const excess = () => page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
  await narrow.go('alerts');
  await page.locator('[data-alert]').first().waitFor();
  expect(await excess()).toBeLessThanOrEqual(0);
  await page.getByRole('link', { name: /clicked/ }).click();
  await page.locator('.triage').waitFor();
  expect(await excess()).toBeLessThanOrEqual(0);
  await page
    .getByRole('link', { name: `Trace the address ${user}` })
    .first()
    .click();
  await page.getByRole('region', { name: 'Results' }).waitFor();
  expect(await excess()).toBeLessThanOrEqual(0);
  await narrow.close();
});
