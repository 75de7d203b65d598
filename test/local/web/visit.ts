import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import { expect, type TestContext } from 'vitest';
import { launchBrowser } from '../../../tools/browser.ts';

/** The browser of a test file, or why there is none. */
export interface Visitor {
  readonly browser: Browser | undefined;
  /** Opens a page of its own; `problems` are the console's errors and warnings, and what scripts threw. */
  visit(url: string, options?: BrowserContextOptions): Promise<Visit>;
  /** Skips a test without a browser, and says so; where the browser comes with the project it fails. */
  need(context: TestContext): void;
  close(): Promise<void>;
}

export interface Visit {
  readonly page: Page;
  readonly problems: readonly string[];
  /** Shows a place of the page, and waits until it is there. */
  go(place: string): Promise<void>;
  close(): Promise<void>;
}

/** Starts the browser. */
export async function startVisitor(): Promise<Visitor> {
  const browser = await launchBrowser();
  return {
    browser,
    async visit(url, options = {}) {
      if (!browser) throw new Error('There is no browser.');
      const context = await browser.newContext({ viewport: { width: 1280, height: 900 }, ...options });
      const page = await context.newPage();
      const problems: string[] = [];
      page.on('console', (message) => {
        if (message.type() === 'error' || message.type() === 'warning') problems.push(message.text());
      });
      page.on('pageerror', (error) => problems.push(String(error)));
      const go = async (place: string): Promise<void> => {
        await page.goto(`${url}/#/${place}`);
        await page.locator(`nav a[aria-current="page"][href="#/${place.split('?')[0]}"]`).waitFor();
      };
      await go('');
      return { page, problems, go, close: () => context.close() };
    },
    need({ skip }) {
      const isExpected = process.env['CI'] !== undefined && process.platform === 'linux';
      if (isExpected) expect(browser, 'Chromium could not be started').toBeDefined();
      skip(!browser, 'No Chrome or Edge is installed: the page was not tried in a browser.');
    },
    close: async () => browser?.close(),
  };
}

/** A number that the page shows, such as the ledger's `lost`. */
export async function shownTotal(page: Page, name: string): Promise<number> {
  const text = await page.locator(`[data-total="${name}"]`).innerText();
  return Number(text.replace(/,/g, ''));
}
