import { PassThrough } from 'node:stream';
import { constants, createGzip } from 'node:zlib';
import { describe, expect, test, vi } from 'vitest';
import { firstBatchCursor } from '../../functions/collect/cursor.ts';
import type { Page } from '../../functions/collect/page.ts';
import type { Checkpoint } from '../../functions/collect/ports.ts';
import { segCg } from '../../functions/feeds/seg-cg.ts';
import { mimecastRead } from '../../functions/mimecast/read.ts';
import { openReading, readFile } from '../../functions/mimecast/read-file.ts';
import { contentOf } from '../fakes/bodies.ts';
import { startApi } from './api.ts';
import { idsOf, someEvents } from './batch-events.ts';
import { testRun } from './run.ts';
import { json } from './scripted-server.ts';
import { batchCursor, stage } from './stage.ts';

const mb = 1024 * 1024;
const idsIn = (page: Page): readonly unknown[] => contentOf(page).events.map((event) => event['processingId']);
const sizeOf = (page: Page): number =>
  contentOf(page).events.reduce((size, event) => size + JSON.stringify(event).length, 0);

/** A page with its events in a list. */
function listed(page: Page | undefined | void) {
  return page && { ...page, ...contentOf(page) };
}

function pageIn(result: IteratorResult<Page, boolean>): Page | undefined {
  return result.done ? undefined : result.value;
}

async function pagesOf(pages: AsyncIterable<Page>): Promise<readonly Page[]> {
  const all: Page[] = [];
  for await (const page of pages) all.push(page);
  return all;
}

describe('a page', () => {
  test('closes at 8 MB of source text, and reading goes on at the line behind it', async () => {
    const { tenant, read, clock } = await stage();
    tenant.addFile('SegCg', { events: someEvents('big', 2000, 10_000) });
    tenant.addFile('SegCg', { events: someEvents('small', 3) });
    const pages = await pagesOf(read(segCg, undefined, testRun({ clock })));
    expect(pages).toHaveLength(3);
    expect(pages.flatMap(idsIn)).toEqual([...idsOf('big', 2000), ...idsOf('small', 3)]);
    for (const page of pages.slice(0, 2)) {
      expect(sizeOf(page)).toBeGreaterThan(8 * mb - 2000 * 100);
      expect(sizeOf(page)).toBeLessThan(8.3 * mb);
    }
    for (const [index, page] of pages.slice(0, 2).entries()) {
      const behind: Checkpoint = { cursor: page.next, savedAt: clock.now() };
      const rest = await pagesOf(read(segCg, behind, testRun({ clock })));
      expect(rest.flatMap(idsIn)).toEqual(pages.slice(index + 1).flatMap(idsIn));
    }
  });

  test('closes at the end of each listing, also of one that is empty', async () => {
    const { tenant, read, clock } = await stage({ pageCap: 2 });
    for (const name of ['a', 'b', 'c']) tenant.addFile('SegCg', { events: someEvents(name, 1) });
    const first = await pagesOf(read(segCg, undefined, testRun({ clock })));
    expect(first.map(idsIn)).toEqual([['a-0', 'b-0'], ['c-0']]);
    expect(first.map(({ caughtUp }) => caughtUp)).toEqual([false, true]);
    const behind: Checkpoint = { cursor: batchCursor(first.at(-1)?.next), savedAt: clock.now() };
    const second = await pagesOf(read(segCg, behind, testRun({ clock })));
    expect(second.map(listed)).toMatchObject([{ events: [], rejected: [], caughtUp: true, next: behind.cursor }]);
  });

  test('closes before a file that fails, whose cursor knows nothing of it', async () => {
    const { tenant, read, clock } = await stage();
    const [a = '', b = ''] = ['a', 'b', 'c'].map((name) => tenant.addFile('SegCg', { events: someEvents(name, 1) }));
    tenant.trouble({ at: 'files', kind: 'linkMissing', file: b, times: Infinity });
    const reading = read(segCg, undefined, testRun({ clock }));
    const { value } = await reading.next();
    expect(value).toMatchObject({ next: { done: [a], failed: {}, line: 0 } });
    expect(value ? idsIn(value) : []).toEqual(['a-0']);
    expect(listed((await reading.next()).value)).toMatchObject({ events: [{ processingId: 'c-0' }] });
    expect(listed((await reading.next()).value)).toMatchObject({
      events: [],
      next: { failed: { [b]: { runs: 1, line: 0 } } },
    });
    await expect(reading.next()).rejects.toMatchObject({ fault: 'expired' });
  });

  test('of a file behind one that failed is gone on with first, so that no line comes twice', async () => {
    const { tenant, read, clock } = await stage();
    const bad = tenant.addFile('SegCg', { events: someEvents('bad', 1) });
    tenant.addFile('SegCg', { events: someEvents('big', 2000, 10_000) });
    tenant.trouble({ at: 'files', kind: 'linkMissing', file: bad, times: 4 });
    const reading = read(segCg, undefined, testRun({ clock }));
    const { value: first } = await reading.next();
    await reading.return();
    const behind: Checkpoint = { cursor: batchCursor(first?.next), savedAt: clock.now() };
    expect(behind.cursor).toMatchObject({ failed: { [bad]: { line: 0 } } });
    tenant.calm();
    const rest = await pagesOf(read(segCg, behind, testRun({ clock })));
    expect([...(first ? [first] : []), ...rest].flatMap(idsIn)).toEqual([...idsOf('big', 2000), 'bad-0']);
  });

  test('takes what was added to the listing while its files were read', async () => {
    const { tenant, read, clock } = await stage();
    const [, b = ''] = ['a', 'b'].map((name) => tenant.addFile('SegCg', { events: someEvents(name, 1) }));
    tenant.trouble({ at: 'files', kind: 'linkExpired', file: b });
    const reading = read(segCg, undefined, testRun({ clock }));
    await reading.next();
    tenant.addFile('SegCg', { events: someEvents('c', 1) });
    const rest = await pagesOf(reading);
    expect(rest.flatMap(idsIn)).toEqual(['b-0', 'c-0']);
    expect(rest.at(-1)).toMatchObject({ caughtUp: true });
  });

  test('closes at the deadline inside a file, and the next run reads the rest', async () => {
    const { tenant, read, clock } = await stage();
    const name = tenant.addFile('SegCg', { events: someEvents('big', 3000, 10_000) });
    const reading = read(segCg, undefined, testRun({ clock }));
    const first = await reading.next();
    clock.advance(240_000);
    const rest = await pagesOf(reading);
    expect(rest.reduce((size, page) => size + sizeOf(page), 0)).toBeLessThan(mb / 2);
    const { next } = rest.at(-1) ?? first.value ?? {};
    expect(next).toMatchObject({ file: name, done: [] });
    const behind: Checkpoint = { cursor: batchCursor(next), savedAt: clock.now() };
    const later = await pagesOf(read(segCg, behind, testRun({ clock })));
    const all = [...(first.value ? [first.value] : []), ...rest, ...later];
    expect(all.flatMap(idsIn)).toEqual(idsOf('big', 3000));
  });

  test('closes at the deadline between files', async () => {
    const { tenant, run, clock, landed } = await stage();
    const names = ['a', 'b', 'c', 'd'].map((name) => tenant.addFile('SegCg', { events: someEvents(name, 1) }));
    tenant.trouble({ at: 'files', kind: 'status503', file: names[2] });
    expect((await run(segCg, { budgetMs: 500 })).health).toMatchObject({ Fault: '', CaughtUp: false, EventsRead: 2 });
    clock.advance(60_000);
    expect((await run(segCg)).health).toMatchObject({ Fault: '', CaughtUp: true, EventsRead: 2 });
    expect(landed(segCg)).toEqual(['a-0', 'b-0', 'c-0', 'd-0']);
  });

  test('in hand is kept when the run is stopped while a host is silent', async () => {
    const { tenant, run, landed } = await stage({ timeoutMs: 20_000 });
    const [, b = ''] = ['a', 'b', 'c'].map((name) =>
      tenant.addFile('SegCg', { events: someEvents(name, 1), size: null }),
    );
    tenant.trouble({ at: 'files', kind: 'hangMidway', file: b });
    const stop = new AbortController();
    const running = run(segCg, { stop: stop.signal });
    await vi.waitUntil(() => tenant.requests.files === 2);
    stop.abort(new Error('the deadline'));
    expect((await running).health).toMatchObject({ Fault: '', CaughtUp: false, EventsRead: 1 });
    expect((await run(segCg)).health).toMatchObject({ Fault: '', CaughtUp: true });
    expect(landed(segCg)).toEqual(['a-0', 'b-0', 'c-0']);
  });
});

describe('the last page', () => {
  test.each([
    [{ value: [], isCaughtUp: true }, true],
    [{ value: [], '@nextPage': 'same', isCaughtUp: true }, true],
    [{ value: [] }, true],
    [{ value: [], isCaughtUp: false }, false],
  ])('of %j is caught up: %s', async (listing, caughtUp) => {
    const { client, run } = await startApi(json(200, listing));
    const pages = await pagesOf(mimecastRead(client)(segCg, undefined, run));
    expect(pages.map(listed)).toMatchObject([{ events: [], caughtUp }]);
  });
});

describe('a page of a slow file', () => {
  test('closes ten seconds after its first line, while the rest is still to come', async () => {
    const { client, run } = await startApi(json(500, {}));
    const gzip = createGzip();
    const body = gzip.pipe(new PassThrough());
    const reading = openReading(segCg, firstBatchCursor('2026-01-14'), run, client);
    const pages = readFile(
      reading,
      { name: '/slow', url: 'https://host/slow', size: undefined },
      { open: async () => body },
    );
    const send = (...ids: readonly string[]): void => {
      gzip.write(ids.map((id) => `{"processingId":"${id}"}\n`).join(''));
      gzip.flush(constants.Z_SYNC_FLUSH);
    };
    const first = pages.next();
    send('one', 'two');
    await vi.waitUntil(() => reading.page.size > 0);
    run.clock.advance(9_000);
    send('three');
    await vi.waitUntil(() => reading.cursor.line === 3);
    run.clock.advance(1_000);
    send('four');
    expect(listed(pageIn(await first))).toMatchObject({
      next: { file: '/slow', line: 4 },
      events: [{}, {}, {}, { processingId: 'four' }],
    });
    const second = pages.next();
    send('five');
    await vi.waitUntil(() => reading.page.size > 0);
    run.clock.advance(9_980);
    send('six');
    expect(listed(pageIn(await second))).toMatchObject({ next: { line: 6 }, events: [{ processingId: 'five' }, {}] });
    gzip.end();
    expect(await pages.next()).toEqual({ done: true, value: true });
  });
});
