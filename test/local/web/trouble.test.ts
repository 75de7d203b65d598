import type { Page } from 'playwright-core';
import { afterAll, beforeAll, beforeEach, expect, test, vi } from 'vitest';
import { plainEvents } from '../../../local/mimecast/plain-events.ts';
import type { Tenant } from '../../../local/mimecast/tenant.ts';
import { bundlePage } from '../../../local/server/page-files.ts';
import type { Fill } from '../../../local/tenant-life.ts';
import { fillPlainStory } from '../server/plain-story.ts';
import { type SmallSentinel, startSmallSentinel, startMs, stateFolder } from '../server/small-sentinel.ts';
import { shownTotal, startVisitor, type Visit, type Visitor } from './visit.ts';

vi.setConfig({ testTimeout: startMs, hookTimeout: startMs });

const minuteMs = 60_000;
let forget: () => Promise<void>;
let sentinel: SmallSentinel;
let visitor: Visitor;
let visit: Visit;
let tenant: Pick<Tenant, 'addFile' | 'add'>;

/** A company in which nothing happens but what a test adds. */
const fillStillStory: Fill = (filled, filling) => {
  tenant = filled;
  fillPlainStory(filled, filling);
  return { live: () => undefined };
};

beforeAll(async () => {
  const [path, remove] = await stateFolder();
  forget = remove;
  const starting = startSmallSentinel({ path, fill: fillStillStory, files: bundlePage(), runBudgetSeconds: 3 });
  [sentinel, visitor] = await Promise.all([starting, startVisitor()]);
  await sentinel.settled();
  if (!visitor.browser) return;
  visit = await visitor.visit(sentinel.page.url);
  await visit.go('trouble');
});
afterAll(async () => {
  await visitor.close();
  await sentinel.close();
  await forget();
});
beforeEach((context) => visitor.need(context));

const happened = 40;
/** What a switch adds, so that something waits in a quiet hour. */
const added = 150;

/** Adds mail and clicks that can be read now. */
function addEvents(seed: string): void {
  const now = Date.now();
  const wanted = { seed, count: happened / 2, from: now - 10 * minuteMs, to: now - 2 * minuteMs };
  tenant.addFile('SegCg', { events: plainEvents('SegCg', wanted), availableAt: now });
  tenant.add('TtpUrl', plainEvents('TtpUrl', wanted), now);
}

function switchOf(page: Page, name: string) {
  return page.locator(`[data-switch="${name}"] button`);
}

/** Waits until all that was served has landed, running what has not; then nothing is lost. */
async function allLands(page: Page): Promise<void> {
  await expect
    .poll(
      async () => {
        for (const { name, runningSince } of sentinel.overview().connectors)
          if (runningSince === undefined) sentinel.run(name);
        return [await shownTotal(page, 'waiting'), await shownTotal(page, 'lost')];
      },
      { timeout: 60_000, interval: 700 },
    )
    .toEqual([0, 0]);
  const [served, landed, rejected] = [
    await shownTotal(page, 'served'),
    await shownTotal(page, 'landed'),
    await shownTotal(page, 'rejected'),
  ];
  expect(landed + rejected).toBe(served);
}

test.each(['throttle', 'outage', 'refuseRows'])(
  '%s: events wait, none is lost, and all land afterwards',
  async (name) => {
    const { page } = visit;
    await allLands(page);
    await switchOf(page, name).click();
    await page.locator(`[data-switch="${name}"] [aria-checked="true"]`).waitFor();
    addEvents(name);
    const asked = ['Seg', 'Ttp'];
    for (const connector of asked) sentinel.run(connector);
    await expect.poll(() => shownTotal(page, 'waiting'), { timeout: 20_000 }).toBe(happened + added);
    // The others run by their schedules meanwhile, one after the other, and each waits as long.
    const areRunning = () =>
      sentinel.overview().connectors.some(({ name: each, runningSince }) => asked.includes(each) && runningSince);
    await expect.poll(areRunning, { timeout: 40_000 }).toBe(false);
    expect([await shownTotal(page, 'waiting'), await shownTotal(page, 'lost')]).toEqual([happened + added, 0]);
    await switchOf(page, name).click();
    await page.locator(`[data-switch="${name}"] [aria-checked="false"]`).waitFor();
    await allLands(page);
  },
);

test('deadFile: its events wait, others land; once it can be read all is there', async () => {
  const { page } = visit;
  await allLands(page);
  await switchOf(page, 'deadFile').click();
  await expect.poll(() => shownTotal(page, 'waiting'), { timeout: 20_000 }).toBe(25);
  const feed = () => sentinel.overview().connectors.find(({ name }) => name === 'Seg')?.feeds[0];
  await expect.poll(() => feed()?.lastRun?.fault, { timeout: 30_000 }).toBe('expired');
  expect(await shownTotal(page, 'lost')).toBe(0);
  await switchOf(page, 'deadFile').click();
  await allLands(page);
});

test('brokenLines: they are rejected and counted', async () => {
  const { page } = visit;
  const before = await shownTotal(page, 'rejected');
  await switchOf(page, 'brokenLines').click();
  await expect.poll(() => shownTotal(page, 'rejected'), { timeout: 30_000 }).toBe(before + 3);
  await allLands(page);
  await visit.go('rejected');
  await page.locator('tr[data-row]').nth(2).waitFor();
  expect(await page.locator('tr[data-row] td[data-title="Reason"]').allTextContents()).toContain(
    'the line is not JSON',
  );
  await visit.go('trouble');
});

test('killHost: the host starts again, rows come twice, and nothing is lost', async () => {
  const { page } = visit;
  const pid = await page.locator('.host').getAttribute('data-pid');
  await switchOf(page, 'killHost').click();
  await page.getByText(/Killed at \d\d:\d\d:\d\d/).waitFor({ timeout: 30_000 });
  await expect.poll(() => page.locator('.host').getAttribute('data-pid'), { timeout: 30_000 }).not.toBe(pid);
  // The killed run's lease ends 33 s after it began.
  await expect.poll(() => shownTotal(page, 'repeated'), { timeout: 50_000 }).toBeGreaterThan(0);
  await allLands(page);
  expect(visit.problems).toEqual([]);
});
