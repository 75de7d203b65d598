import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, beforeEach, expect, test, vi } from 'vitest';
import { filesOf } from '../../../local/sentinel/content/read-files.ts';
import { openStore, type StoredRow } from '../../../local/sentinel/store.ts';
import { bundlePage } from '../../../local/server/page-files.ts';
import { storyRows } from '../../../local/story-rows.ts';
import { type SmallSentinel, startSmallSentinel, startMs, stateFolder } from '../server/small-sentinel.ts';
import { hostileTexts } from './hostile.ts';
import { startVisitor, type Visitor } from './visit.ts';

vi.setConfig({ testTimeout: startMs, hookTimeout: startMs });

const workbooks = filesOf('workbooks', '.json').map(({ path }) => path.replace(/^.*\/|\.json$/g, ''));
let forget: () => Promise<void>;
let sentinel: SmallSentinel;
let visitor: Visitor;

beforeAll(async () => {
  const [path, remove] = await stateFolder();
  forget = remove;
  const starting = startSmallSentinel({ path, files: bundlePage() });
  [sentinel, visitor] = await Promise.all([starting, startVisitor()]);
  await sentinel.settled();
  if (!visitor.browser) return;
  const store = openStore(join(path, 'rows.db'));
  const story = storyRows({ seed: 1, now: Date.now(), days: 4, users: 40, quiet: false });
  for (const [table, rows] of story) store.insert(table, rows);
  store.insert('Seg_Cg_CL', hostileMail(story.get('Seg_Cg_CL') ?? []));
  store.close();
});
const stranger = 'stranger@hostile.example';

/** Mail with each of the hostile texts as its subject, an hour ago. */
function hostileMail(like: readonly StoredRow[]): readonly StoredRow[] {
  const receipt = like.find(({ row }) => row['Logtype'] === 'email_receipt')?.row;
  const at = Date.now() - 3_600_000;
  const time = new Date(at).toISOString();
  return hostileTexts.map((subject, index) => {
    const ids = { aggregateId: `hostile${index}`, messageId: `hostile${index}`, EventId: `hostile${index}` };
    const row = { ...receipt, ...ids, subject, senderEnvelope: stranger, EventTime: time, TimeGenerated: time };
    return { timeGenerated: at, arrival: at, row };
  });
}

afterAll(async () => {
  await visitor.close();
  await sentinel.close();
  await forget();
});
beforeEach((context) => visitor.need(context));

/** Waits until all tiles that are to be seen have their answers. */
async function settled(page: Page): Promise<void> {
  await page.locator('[data-tile]').first().waitFor();
  await expect.poll(() => page.locator('[aria-busy="true"]').count(), { timeout: 60_000, interval: 100 }).toBe(0);
}

/** The tabs that are to be seen, those inside others behind them. */
function tabsOf(page: Page) {
  return page.locator('.tabs button');
}

/** Opens every tab, and every tab within it; does something on each, until that gives false. */
async function onEachTab(page: Page, look: (tab: string) => Promise<boolean>): Promise<void> {
  const outer = page.locator('.tabs').first().locator('button');
  for (let index = 0; index < Math.max(1, await outer.count()); index++) {
    if ((await outer.count()) > 0) await outer.nth(index).click();
    await settled(page);
    if (!(await look(`tab ${index}`))) return;
    const inner = page.locator('.tabs').nth(1).locator('button');
    for (let at = 1; at < (await inner.count()); at++) {
      await inner.nth(at).click();
      await settled(page);
      if (!(await look(`tab ${index}.${at}`))) return;
    }
  }
}

test('all workbooks are listed', async () => {
  const visit = await visitor.visit(sentinel.page.url);
  await visit.go('workbooks');
  await visit.page
    .locator('[data-workbook]')
    .nth(workbooks.length - 1)
    .waitFor();
  expect(await visit.page.locator('[data-workbook]').count()).toBe(workbooks.length);
  await visit.close();
});

test.each(workbooks)('%s opens, and so does each of its tabs', async (name) => {
  const colorScheme = workbooks.indexOf(name) % 2 === 0 ? 'light' : 'dark';
  const visit = await visitor.visit(sentinel.page.url, { colorScheme });
  const { page } = visit;
  await visit.go(`workbooks?name=${name}`);
  await settled(page);
  const before = await page.locator('.book').innerText();
  await onEachTab(page, async (tab) => {
    expect([tab, await page.locator('.notice, [role="alert"]').allTextContents()]).toEqual([tab, []]);
    const isWide = await page.evaluate(() => document.documentElement.scrollWidth > window.innerWidth);
    expect([tab, isWide]).toEqual([tab, false]);
    return true;
  });
  if ((await tabsOf(page).count()) > 0) await tabsOf(page).first().click();
  await settled(page);
  await page.locator('select[name="Time"]').selectOption({ index: 0 });
  await expect.poll(() => page.locator('.book').innerText(), { timeout: 30_000 }).not.toBe(before);
  expect(visit.problems).toEqual([]);
  await visit.close();
});

const clickable = '.book-tile[aria-pressed], .legend button, tr.can-click .pick button';

test.each(workbooks)('%s shows rows behind what is clicked, by keyboard too', async (name) => {
  const visit = await visitor.visit(sentinel.page.url);
  const { page } = visit;
  await visit.go(`workbooks?name=${name}`);
  await settled(page);
  let opened = 0;
  await onEachTab(page, async () => {
    if ((await page.locator(clickable).count()) === 0) return true;
    const tiles = await page.locator('[data-tile]').count();
    const first = page.locator(clickable).first();
    await first.focus();
    await page.keyboard.press(opened === 0 ? 'Enter' : 'Space');
    await settled(page);
    expect(await first.getAttribute('aria-pressed')).toBe('true');
    expect(await page.locator('[data-tile]').count()).toBeGreaterThan(tiles);
    await first.click();
    await expect.poll(() => page.locator('[data-tile]').count()).toBe(tiles);
    opened++;
    return opened < 2;
  });
  expect(opened).toBeGreaterThan(0);
  expect(visit.problems).toEqual([]);
  await visit.close();
});

test('what a stranger wrote into a mail is shown as text, and does nothing', async () => {
  const visit = await visitor.visit(sentinel.page.url);
  const { page } = visit;
  const place = new URLSearchParams({ name: 'Mimecast_SEG_Workbook', 'p.tab': 'trace', 'p.Sender': stranger });
  await visit.go(`workbooks?${place.toString()}`);
  await settled(page);
  const tile = page.locator('[data-tile="messages-found"]');
  const cells = tile.locator('td[data-title="Subject"]');
  await cells.nth(hostileTexts.length - 1).waitFor();
  const shown = await cells.allTextContents();
  for (const text of hostileTexts) expect(shown).toContainEqual(expect.stringContaining(text.slice(0, 240)));
  const more = cells.getByRole('button', { name: 'all of it' });
  while ((await more.count()) > 0) await more.first().click();
  expect(await cells.allTextContents()).toEqual(expect.arrayContaining([...hostileTexts]));
  await tile.getByRole('searchbox').fill('<img src=x');
  await expect.poll(() => cells.count()).toBe(1);
  expect(await page.locator('img, script:not([src]), iframe').count()).toBe(0);
  expect(await page.title()).toContain('Workbooks');
  const isWide = await page.evaluate(() => document.documentElement.scrollWidth > window.innerWidth);
  expect(isWide).toBe(false);
  expect(visit.problems).toEqual([]);
  await visit.close();
});
