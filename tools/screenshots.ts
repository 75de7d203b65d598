import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { fillStory } from '../local/mimecast/story/fill-story.ts';
import { type LocalSentinel, startLocalSentinel } from '../local/server/local-sentinel.ts';
import { bundlePage } from '../local/server/page-files.ts';
import { startPageServer } from '../local/server/page-server.ts';
import { keepTenant } from '../local/server/saved-tenant.ts';
import { openStateFolder } from '../local/state-folder.ts';
import { launchBrowser } from './browser.ts';
import { build } from './build.ts';

/** `node tools/screenshots.ts`: pictures of the page for the documentation, of a simulated tenant in a folder of its own. */
const target = join(import.meta.dirname, '..', 'docs', 'screenshots');
const wide = { width: 1280, height: 860 };
const narrow = { width: 390, height: 844 };

/** A picture: its name, the place in the page, colours and size, and what is done before it is taken. */
interface Picture {
  readonly name: string;
  readonly place: string;
  readonly colorScheme: 'light' | 'dark';
  readonly viewport: typeof wide;
  readonly prepare?: (page: Page) => Promise<void>;
}

const openRow = async (page: Page): Promise<void> => {
  await page.locator('tr[data-row] .open').first().click();
  await page.locator('dialog .cells').waitFor();
};

const pictures: readonly Picture[] = [
  { name: 'overview-light', place: '', colorScheme: 'light', viewport: wide },
  { name: 'overview-dark', place: '', colorScheme: 'dark', viewport: wide },
  { name: 'overview-narrow', place: '', colorScheme: 'light', viewport: narrow },
  { name: 'tables-light', place: 'tables?table=Seg_Cg_CL&search=invoice', colorScheme: 'light', viewport: wide },
  { name: 'row-dark', place: 'tables?table=Ttp_Url_CL', colorScheme: 'dark', viewport: wide, prepare: openRow },
  { name: 'ledger-light', place: 'ledger', colorScheme: 'light', viewport: wide },
  { name: 'rejected-light', place: 'rejected', colorScheme: 'light', viewport: wide },
  { name: 'trouble-dark', place: 'trouble', colorScheme: 'dark', viewport: wide },
  { name: 'trouble-narrow', place: 'trouble', colorScheme: 'dark', viewport: narrow },
];

const browser = await launchBrowser();
if (!browser) throw new Error('No Chrome or Edge is installed.');
const kept = await mkdtemp(join(tmpdir(), 'screenshots-'));
const folder = openStateFolder(kept, false);
const sentinel = await startLocalSentinel({
  app: build().then(() => 'dist'),
  folder,
  simulated: { saved: keepTenant(folder, {}, Date.now()), fill: fillStory },
  runBudgetSeconds: 90,
  onRun: () => undefined,
  onLine: (line) => void process.stdout.write(`${line}\n`),
});
const page = await startPageServer({ port: 0, files: bundlePage(), sentinel: Promise.resolve(sentinel) });
try {
  await mkdir(target, { recursive: true });
  await settled(sentinel);
  await sentinel.switches.set('brokenLines', true);
  await settled(sentinel);
  for (const picture of pictures.filter(({ name }) => !name.startsWith('trouble'))) await take(browser, picture);
  await sentinel.switches.set('outage', true);
  await new Promise((resolve) => setTimeout(resolve, 15_000));
  for (const picture of pictures.filter(({ name }) => name.startsWith('trouble'))) await take(browser, picture);
} finally {
  await browser.close();
  await page.close();
  await sentinel.close();
  await rm(kept, { recursive: true, force: true });
}

async function take(of: Browser, { name, place, colorScheme, viewport, prepare }: Picture): Promise<void> {
  const context = await of.newContext({ viewport, colorScheme, deviceScaleFactor: 1.5 });
  const shown = await context.newPage();
  await shown.goto(`${page.url}/#/${place}`);
  await shown.locator('main h1').waitFor();
  await shown.waitForLoadState('networkidle').catch(() => undefined);
  await prepare?.(shown);
  await shown.screenshot({ path: join(target, `${name}.png`) });
  await context.close();
  process.stdout.write(`${name}\n`);
}

async function settled(of: LocalSentinel): Promise<void> {
  const isSettled = () =>
    of
      .overview()
      .connectors.every(
        ({ runningSince, feeds }) => runningSince === undefined && feeds.every(({ level }) => level === 'good'),
      );
  const done = Promise.withResolvers<void>();
  const forget = of.onChange(() => isSettled() && done.resolve());
  await done.promise;
  forget();
}
