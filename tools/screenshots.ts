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
import { takeWorkbooks } from './workbook-pictures.ts';

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

const waitFor =
  (selector: string) =>
  (page: Page): Promise<void> =>
    page.locator(selector).first().waitFor({ timeout: 60_000 });
const writeQuery = async (page: Page): Promise<void> => {
  const editor = page.getByRole('textbox', { name: 'Query' });
  await editor.fill('');
  await editor.pressSequentially('MimecastTTPUrl\n| where Acton == "allow"\n| summarize count() by Us');
  await waitFor('.faults .banner')(page);
  await waitFor('.completions')(page);
};
const openAlert = async (page: Page): Promise<void> => {
  await page.locator('[data-rule$="Protection - URL Protect"] a').first().click();
  await waitFor('.triage')(page);
};
const logons = `MimecastAudit
| where ['Audit Type'] has 'Logon Authentication Failed'
| summarize Failures = count() by bin(TimeGenerated, 1h)
| render timechart`;
const kqlPlace = `kql?${new URLSearchParams({ query: logons }).toString()}`;

const pictures: readonly Picture[] = [
  { name: 'overview-light', place: '', colorScheme: 'light', viewport: wide },
  { name: 'overview-dark', place: '', colorScheme: 'dark', viewport: wide },
  { name: 'overview-narrow', place: '', colorScheme: 'light', viewport: narrow },
  { name: 'tables-light', place: 'tables?table=Seg_Cg_CL&search=invoice', colorScheme: 'light', viewport: wide },
  { name: 'row-dark', place: 'tables?table=Ttp_Url_CL', colorScheme: 'dark', viewport: wide, prepare: openRow },
  { name: 'alerts-light', place: 'alerts', colorScheme: 'light', viewport: wide, prepare: waitFor('[data-alert]') },
  { name: 'alerts-narrow', place: 'alerts', colorScheme: 'dark', viewport: narrow, prepare: waitFor('[data-alert]') },
  { name: 'alert-dark', place: 'alerts', colorScheme: 'dark', viewport: wide, prepare: openAlert },
  {
    name: 'kql-light',
    place: kqlPlace,
    colorScheme: 'light',
    viewport: wide,
    prepare: waitFor('.results .drawing svg'),
  },
  { name: 'kql-dark', place: 'kql', colorScheme: 'dark', viewport: wide, prepare: writeQuery },
  { name: 'ledger-light', place: 'ledger', colorScheme: 'light', viewport: wide },
  { name: 'rejected-light', place: 'rejected', colorScheme: 'light', viewport: wide },
  { name: 'trouble-dark', place: 'trouble', colorScheme: 'dark', viewport: wide },
  { name: 'trouble-narrow', place: 'trouble', colorScheme: 'dark', viewport: narrow },
];

/** Only pictures whose name begins so are taken, when a beginning is given: `node tools/screenshots.ts workbooks`. */
const [, , beginning = ''] = process.argv;
const isWanted = (name: string): boolean => name.startsWith(beginning);
const wanted = pictures.filter(({ name }) => isWanted(name));

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
  for (const picture of wanted.filter(({ name }) => !name.startsWith('trouble'))) await take(browser, picture);
  if (isWanted('workbooks')) {
    await alertsRaised(browser);
    await takeWorkbooks(browser, page.url, join(target, 'workbooks'));
  }
  const ofTrouble = wanted.filter(({ name }) => name.startsWith('trouble'));
  if (ofTrouble.length > 0) {
    await sentinel.switches.set('outage', true);
    await new Promise((resolve) => setTimeout(resolve, 15_000));
  }
  for (const picture of ofTrouble) await take(browser, picture);
} finally {
  await browser.close();
  await page.close();
  await sentinel.close();
  await rm(kept, { recursive: true, force: true });
}

/** Waits until the rules have raised an alert. */
async function alertsRaised(of: Browser): Promise<void> {
  const context = await of.newContext();
  const shown = await context.newPage();
  await shown.goto(`${page.url}/#/alerts`);
  await shown.locator('[data-alert]').first().waitFor({ timeout: 120_000 });
  await context.close();
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
    of.detection.progress().isCurrent &&
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
