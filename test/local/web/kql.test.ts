import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, expect, test, vi } from 'vitest';
import { bundlePage } from '../../../local/server/page-files.ts';
import { type PageServer, startPageServer } from '../../../local/server/page-server.ts';
import { startMs } from '../server/small-sentinel.ts';
import { hostileTexts } from './hostile.ts';
import { openStillSentinel, type StillSentinel } from './still-sentinel.ts';
import { startVisitor, type Visit, type Visitor } from './visit.ts';

vi.setConfig({ testTimeout: startMs, hookTimeout: startMs });

const soon = { timeout: 30_000 };

const hourMs = 3_600_000;

let folder: string;
let sentinel: StillSentinel;
let server: PageServer;
let visitor: Visitor;
let visit: Visit;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'still-'));
  sentinel = openStillSentinel(folder, []);
  const subjects = [...hostileTexts, ...Array.from({ length: 20 }, (_, n) => `Subject ${n}`)];
  const rows = subjects.map((subject, n) => {
    const at = Date.now() - (n + 0.5) * hourMs;
    const time = new Date(at).toISOString();
    const row = { TimeGenerated: time, EventTime: time, EventId: `e${n}`, Account: 'a', subject };
    return { timeGenerated: at, arrival: at, row };
  });
  sentinel.store.insert('Seg_Cg_CL', rows);
  server = await startPageServer({ port: 0, files: bundlePage(), sentinel: Promise.resolve(sentinel) });
  visitor = await startVisitor();
  if (!visitor.browser) return;
  visit = await visitor.visit(server.url);
  await visit.go('kql');
  await visit.page.locator('[data-source="MimecastCG"]').waitFor({ timeout: startMs });
});
afterAll(async () => {
  await visitor.close();
  await server.close();
  await sentinel.close();
  await rm(folder, { recursive: true, force: true });
});
beforeEach((context) => visitor.need(context));

const editor = () => visit.page.getByRole('textbox', { name: 'Query' });
const results = () => visit.page.getByRole('region', { name: 'Results' });
const linkTo = (query: string) => `kql?${new URLSearchParams({ query }).toString()}`;

/** Writes a query in the place of the last one, key by key. */
async function write(text: string): Promise<void> {
  await editor().fill('');
  await editor().pressSequentially(text);
}

async function cells(column: string): Promise<readonly string[]> {
  return results().locator(`td[data-title="${column}"]`).allInnerTexts();
}

test('a query is written with completions, run by Ctrl+Enter, and answered', async () => {
  await write('MimecastC');
  await visit.page.getByRole('option', { name: 'MimecastCG' }).waitFor();
  await editor().press('Enter');
  expect(await editor().inputValue()).toBe('MimecastCG');
  await editor().pressSequentially(' | summarize count() by Sub');
  await visit.page.getByRole('option', { name: 'Subject' }).waitFor();
  await editor().press('Escape');
  expect(await visit.page.locator('.completions').count()).toBe(0);
  await editor().press('Control+ ');
  await editor().press('ArrowDown');
  await visit.page.locator('[role="option"][aria-selected="true"]', { hasText: 'Subject' }).waitFor();
  await editor().press('Tab');
  await editor().press('Control+Enter');
  await results().waitFor();
  expect((await editor().inputValue()).trim()).toBe('MimecastCG | summarize count() by Subject');
  expect(await results().getAttribute('data-rows')).toBe(String(new Set(await cells('Subject')).size));
  expect(await results().locator('[data-elapsed]').innerText()).toMatch(/^in \d+\.\d{3} s$/);
});

test('a completion is written in the middle, too, and undone', async () => {
  await editor().fill('Audit_CL | where us | take 1');
  for (let n = 0; n < ' | take 1'.length; n++) await editor().press('ArrowLeft');
  await editor().press('Control+ ');
  await visit.page
    .getByRole('option', { name: /^userAgent|^user column/ })
    .first()
    .waitFor();
  await editor().press('Enter');
  await expect.poll(() => editor().inputValue(), soon).toMatch(/^Audit_CL \| where user +\| take 1$/);
  await editor().press('Control+z');
  await expect.poll(() => editor().inputValue(), soon).toBe('Audit_CL | where us | take 1');
});

test('what is wrong is said with line and column, which lead there', async () => {
  await editor().fill('Audit_CL\n| where user == "x"\n| project nothing');
  const fault = visit.page.getByRole('button', { name: 'Line 3, column 11' });
  await fault.waitFor();
  expect(await visit.page.locator('.line.faulty').innerText()).toContain('project nothing');
  await fault.click();
  expect(await editor().evaluate((text: HTMLTextAreaElement) => text.selectionStart)).toBe(39);
  await editor().press('Control+Enter');
  await visit.page.locator('.faults', { hasText: 'KS142' }).waitFor();
});

test("rows are sorted, filtered and shown in full, and a stranger's text stays text", async () => {
  await visit.go(linkTo('Seg_Cg_CL | where isnotempty(subject) | project subject, EventId | distinct *'));
  await results().waitFor();
  await results().getByRole('button', { name: 'subject' }).click();
  const subjects = await cells('subject');
  expect(subjects).toEqual(subjects.toSorted((a, b) => a.localeCompare(b, 'en')));
  const [hostile] = hostileTexts;
  await results().getByRole('searchbox').fill(hostile.slice(0, 30));
  await expect.poll(() => cells('subject'), soon).not.toEqual(subjects);
  await results().locator('tbody tr').first().click();
  const dialog = visit.page.getByRole('dialog');
  expect(await dialog.locator('.value').first().textContent()).toBe(hostile);
  await visit.page.keyboard.press('Escape');
  expect(visit.problems).toEqual([]);
});

test('a link holds the query and its time, and render draws a chart', async () => {
  await visit.go(linkTo('Seg_Cg_CL | summarize count() by bin(TimeGenerated, 1h) | render timechart'));
  await results().locator('.drawing svg path').nth(3).waitFor({ state: 'attached' });
  await visit.page.getByRole('combobox', { name: 'Time range' }).selectOption('3600000');
  await visit.page.getByRole('button', { name: 'Run' }).click();
  await expect.poll(() => new URL(visit.page.url()).hash, soon).toMatch(/&time=3600000$/);
  await results().getByRole('button', { name: 'Table' }).click();
  await expect.poll(async () => Number(await results().getAttribute('data-rows')), soon).toBe(1);
});

test('columns beside the editor are found and written into the query', async () => {
  await editor().fill('Audit_CL | project ');
  await visit.page.getByRole('searchbox', { name: 'Find a table or column' }).fill('eventInfo');
  await visit.page
    .locator('[data-source="Audit_CL"]')
    .getByRole('button', { name: /^eventInfo/ })
    .click();
  await expect.poll(() => editor().inputValue(), soon).toBe('Audit_CL | project eventInfo');
});
