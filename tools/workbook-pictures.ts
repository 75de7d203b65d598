import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';

const size = { width: 1280, height: 900 };
/** A picture shows the beginning of a tab; what a tab has below is left out. */
const tallest = 2200;

/** Takes a picture of each tab of each workbook, the first tab of each in dark colours as well. @param url of the page */
export async function takeWorkbooks(browser: Browser, url: string, target: string): Promise<void> {
  await mkdir(target, { recursive: true });
  for (const colorScheme of ['light', 'dark'] as const) {
    const context = await browser.newContext({ viewport: size, colorScheme });
    const page = await context.newPage();
    await page.goto(`${url}/#/workbooks`);
    await page.locator('[data-workbook]').first().waitFor();
    const names = await page.locator('[data-workbook]').evaluateAll((links) => links.map((link) => link.textContent));
    for (const [index, name] of names.entries()) {
      await page.goto(`${url}/#/workbooks`);
      await page.locator('[data-workbook]').nth(index).click();
      await takeTabs(
        page,
        (tab) => join(target, `${kebab(`${name} ${tab}`)}-${colorScheme}.png`),
        colorScheme === 'light',
      );
    }
    await context.close();
  }
}

async function takeTabs(page: Page, pathOf: (tab: string) => string, isAll: boolean): Promise<void> {
  await settled(page);
  const outer = page.locator('.tabs').first().locator('button');
  const inner = page.locator('.tabs').nth(1).locator('button');
  if ((await outer.count()) === 0) return take(page, pathOf(''));
  for (let index = 0; index < (isAll ? await outer.count() : 1); index++) {
    await outer.nth(index).click();
    await settled(page);
    const tab = await outer.nth(index).innerText();
    await take(page, pathOf(tab));
    for (let at = 1; isAll && at < (await inner.count()); at++) {
      await inner.nth(at).click();
      await settled(page);
      await take(page, pathOf(`${tab} ${await inner.nth(at).innerText()}`));
    }
  }
}

async function settled(page: Page): Promise<void> {
  await page.locator('[data-tile]').first().waitFor();
  await page.waitForFunction(() => document.querySelectorAll('[aria-busy="true"]').length === 0, undefined, {
    timeout: 120_000,
  });
}

async function take(page: Page, path: string): Promise<void> {
  const height = await page.evaluate(() => document.documentElement.scrollHeight);
  await page.screenshot({
    path,
    fullPage: true,
    clip: { x: 0, y: 0, width: size.width, height: Math.min(height, tallest) },
  });
  process.stdout.write(`${path}\n`);
}

function kebab(text: string): string {
  return text
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-|-$/g, '');
}
