import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, beforeEach, expect, test, vi } from 'vitest';
import { openStore } from '../../../local/sentinel/store.ts';
import { bundlePage } from '../../../local/server/page-files.ts';
import { startPageServer } from '../../../local/server/page-server.ts';
import { type SmallSentinel, startSmallSentinel, startMs, stateFolder } from '../server/small-sentinel.ts';
import { fillHostileStory, hostileTexts } from './hostile.ts';
import { shownTotal, startVisitor, type Visitor } from './visit.ts';

vi.setConfig({ testTimeout: startMs, hookTimeout: startMs });

let forget: () => Promise<void>;
let sentinel: SmallSentinel;
let visitor: Visitor;

beforeAll(async () => {
  const [path, remove] = await stateFolder();
  forget = remove;
  const starting = startSmallSentinel({ path, fill: fillHostileStory, files: bundlePage() });
  [sentinel, visitor] = await Promise.all([starting, startVisitor()]);
  await sentinel.settled();
});
afterAll(async () => {
  await visitor.close();
  await sentinel.close();
  await forget();
});
beforeEach((context) => visitor.need(context));

/** Every place that the navigation leads to. */
async function placesOf(page: Page): Promise<readonly string[]> {
  const links = await page.locator('nav[aria-label="Pages"] a').all();
  const hrefs = await Promise.all(links.map((link) => link.getAttribute('href')));
  return hrefs.map((href) => href?.replace('#/', '') ?? '');
}

test.each(['light', 'dark'] as const)('every page loads without a word in the console, %s', async (colorScheme) => {
  const visit = await visitor.visit(sentinel.page.url, { colorScheme });
  const places = await placesOf(visit.page);
  expect(places.length).toBeGreaterThanOrEqual(5);
  for (const place of places) {
    await visit.go(place);
    await visit.page.waitForLoadState('networkidle').catch(() => undefined);
  }
  await visit.go('');
  await visit.page.locator('.chart svg path').nth(20).waitFor({ state: 'attached' });
  expect(visit.problems).toEqual([]);
  await visit.close();
});

test('the numbers are those of the store', async () => {
  const visit = await visitor.visit(sentinel.page.url);
  await visit.go('tables');
  const store = openStore(join(sentinel.path, 'rows.db'));
  const links = await visit.page.locator('[data-table]').all();
  expect(links).toHaveLength(13);
  for (const link of links) {
    const name = (await link.getAttribute('data-table')) ?? '';
    const shown = await link.locator('[data-rows]').getAttribute('data-rows');
    expect([name, Number(shown)]).toEqual([name, store.count(name)]);
  }
  await visit.go('ledger');
  const landed = await visit.page.locator('tr[data-feed="SegCg"] [data-count="landed"]').innerText();
  expect(Number(landed)).toBe(store.count('Seg_Cg_CL'));
  expect(await shownTotal(visit.page, 'lost')).toBe(0);
  store.close();
  await visit.close();
});

test('what a stranger wrote into a mail is shown as text, whole, and does nothing', async () => {
  const visit = await visitor.visit(sentinel.page.url);
  const { page } = visit;
  for (const text of hostileTexts) {
    await visit.go(`tables?${new URLSearchParams({ table: 'Seg_Cg_CL', search: text.slice(0, 60) }).toString()}`);
    const cell = page.locator('tr[data-row] td[data-title="subject"]').first();
    await cell.waitFor();
    await expect.poll(() => cell.textContent()).toBe(text.length > 240 ? `${text.slice(0, 240)}…` : text);
    await page.locator('tr[data-row] .open').first().click();
    const value = page.locator('dialog .cells > div', { has: page.getByText('subjectstring', { exact: true }) });
    expect(await value.locator('.value').textContent()).toBe(text);
    const isWide = await page.evaluate(() => document.documentElement.scrollWidth > window.innerWidth);
    expect(isWide).toBe(false);
    await page.keyboard.press('Escape');
    await page.locator('dialog').waitFor({ state: 'detached' });
  }
  expect(await page.locator('img, script:not([src]), iframe').count()).toBe(0);
  expect(await page.title()).toContain('Tables');
  expect(visit.problems).toEqual([]);
  await visit.close();
});

test('rows can be searched, and older ones follow', async () => {
  const visit = await visitor.visit(sentinel.page.url);
  const { page } = visit;
  await visit.go('tables?table=Seg_Cg_CL');
  const rows = page.locator('tr[data-row]');
  await rows.nth(24).waitFor();
  await page.getByRole('button', { name: 'Show older rows' }).click();
  await rows.nth(49).waitFor();
  expect(new Set(await rows.evaluateAll((all) => all.map((row) => row.getAttribute('data-row')))).size).toBe(50);
  await page.getByRole('searchbox').fill('no row holds this');
  await page.getByText('No row holds this text.').waitFor();
  expect(page.url()).toContain('search=no+row+holds+this');
  await visit.close();
});

test('the keyboard reaches everything, visibly', async () => {
  const visit = await visitor.visit(sentinel.page.url);
  const { page } = visit;
  for (const place of await placesOf(page)) {
    await visit.go(place);
    await page.locator('main :is(a, button, input)').first().waitFor();
    await page.evaluate(() =>
      document.activeElement instanceof HTMLElement ? document.activeElement.blur() : undefined,
    );
    const wanted = await page.locator('a[href], button:not(:disabled), input, summary').count();
    const seen = new Set<string>();
    for (let presses = 0; presses < wanted + 5 && seen.size < wanted; presses++) {
      await page.keyboard.press('Tab');
      const focused = await page.evaluate(focusedElement);
      if (focused.path === '') continue;
      expect([place, focused.path, focused.isVisible]).toEqual([place, focused.path, true]);
      seen.add(focused.path);
    }
    expect([place, seen.size]).toEqual([place, wanted]);
  }
  await visit.close();
});

/** Where the focus is, and whether it can be seen. Runs in the page. */
function focusedElement() {
  const element = document.activeElement;
  if (!element || element === document.body) return { path: '', isVisible: true };
  const path: string[] = [];
  for (let each: Element | null = element; each; each = each.parentElement)
    path.unshift(String([...(each.parentElement?.children ?? [])].indexOf(each)));
  const { outlineStyle, outlineWidth } = getComputedStyle(element);
  const box = element.getBoundingClientRect();
  return { path: path.join('/'), isVisible: outlineStyle !== 'none' && outlineWidth !== '0px' && box.width > 0 };
}

test('a connector is run by Enter, and says so', async () => {
  const visit = await visitor.visit(sentinel.page.url);
  const { page } = visit;
  const runs = () => sentinel.runs.filter(({ feed }) => feed === 'Audit').length;
  const before = runs();
  await page.getByRole('button', { name: 'Run Audit now' }).focus();
  await page.keyboard.press('Enter');
  await expect.poll(runs, { timeout: 30_000 }).toBeGreaterThan(before);
  await page.locator('[data-feed="Audit"]', { hasText: 'Just now' }).waitFor();
  await visit.close();
});

test.each([320, 390, 768])('nothing is wider than a screen of %i pixels', async (width) => {
  const visit = await visitor.visit(sentinel.page.url, { viewport: { width, height: 800 } });
  for (const place of [...(await placesOf(visit.page)), 'tables?table=Seg_Cg_CL&search=onerror']) {
    await visit.go(place);
    await visit.page.waitForLoadState('networkidle').catch(() => undefined);
    const beyond = await visit.page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
    expect([place, beyond]).toEqual([place, 0]);
  }
  await visit.close();
});

test('the colours that were chosen stay', async () => {
  const visit = await visitor.visit(sentinel.page.url, { colorScheme: 'light' });
  const { page } = visit;
  const background = () => page.evaluate(() => getComputedStyle(document.documentElement).backgroundColor);
  const light = await background();
  await page.getByRole('button', { name: 'Dark' }).click();
  const dark = await background();
  expect(dark).not.toBe(light);
  await page.reload();
  await page.locator('main h1').waitFor();
  expect(await background()).toBe(dark);
  await page.getByRole('button', { name: 'Auto' }).click();
  expect(await background()).toBe(light);
  await visit.close();
});

test('a page whose program has ended says so, and goes on when it is there again', async () => {
  const program = { files: bundlePage(), sentinel: Promise.resolve(sentinel) };
  const first = await startPageServer({ port: 0, ...program });
  const visit = await visitor.visit(first.url);
  const banner = visit.page.getByText('npm start has ended');
  await first.close();
  await banner.waitFor();
  const second = await startPageServer({ port: Number(new URL(first.url).port), ...program });
  await banner.waitFor({ state: 'detached' });
  expect(await visit.page.locator('main h1').innerText()).toBe('Overview');
  await visit.close();
  await second.close();
});
