import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { firstBatchCursor } from '../../functions/collect/cursor.ts';
import { openPage } from '../../functions/collect/page.ts';
import type { Cut } from '../../functions/collect/ports.ts';
import { awarenessSafeScoreDetails } from '../../functions/feeds/awareness-safe-score-details.ts';
import { segCg } from '../../functions/feeds/seg-cg.ts';
import { cutInThread } from '../../functions/thread/cut-in-thread.ts';
import { cutHere, rowsIn } from '../fakes/bodies.ts';

const program = join(import.meta.dirname, '..', '..', 'functions', 'thread', 'cut-thread.ts');
const stamp = { account: 'example', collectedAt: new Date('2026-03-02T12:00:00Z') };
const cut = cutInThread(program);
let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'thread-'));
});
afterAll(() => rm(folder, { recursive: true }));

/** A page of text with so many events, and one line that is none. */
function textOf(count: number, name = 'mail') {
  const page = openPage();
  const event = (index: number) => ({ type: 'receipt', processingId: `${name} ${index}`, subject: 'é'.repeat(500) });
  const lines = Array.from({ length: count }, (_, index) => JSON.stringify(event(index)));
  page.add(Buffer.from([...lines, 'broken'].join('\n')), '/file', 0);
  return page.close(firstBatchCursor('2026-03-01'), true).events;
}

/** The rows that come out of a page, and what it came to. */
async function cutAll(cutting: ReturnType<Cut>) {
  const bodies = [];
  for (let next = await cutting.next(); ; next = await cutting.next()) {
    if (next.done) return { rows: await rowsIn(segCg.table, bodies), cut: next.value };
    bodies.push(next.value);
  }
}

/** A program for the thread, written in JavaScript. */
async function programOf(name: string, code: string): Promise<string> {
  const path = join(folder, `${name}.mjs`);
  await writeFile(path, code);
  return path;
}

describe('a page cut in the thread', () => {
  it('comes out as it would here, text and list alike', async () => {
    const events = [{ type: 'receipt', processingId: 'mail 1', timestamp: 1_772_445_600_000 }, { type: 'odd' }];
    for (const page of [() => textOf(3000), () => events]) {
      expect(await cutAll(cut(segCg, page(), stamp))).toEqual(await cutAll(cutHere(segCg, page(), stamp)));
    }
  });

  it('keeps the time of a snapshot', async () => {
    const taken = { ...stamp, takenAt: new Date('2026-03-02T00:00:00Z') };
    const [row] = (await cutAll(cut(awarenessSafeScoreDetails, [{ emailAddress: 'a@b.c' }], taken))).rows;
    expect(row?.EventTime).toEqual(taken.takenAt);
  });

  it('does not mix with others that are cut meanwhile', async () => {
    const names = ['one', 'two', 'three', 'four'];
    const all = await Promise.all(names.map((name) => cutAll(cut(segCg, textOf(2000, name), stamp))));
    for (const [index, { rows }] of all.entries()) {
      expect(rows.map((row) => row['processingId'])).toEqual(
        Array.from({ length: 2000 }, (_, line) => `${names[index]} ${line}`),
      );
    }
  });

  it('can be left before its end, and the next one is cut', async () => {
    const left = cut(segCg, textOf(3000), stamp);
    expect((await left.next()).done).toBe(false);
    await left.return({ rows: 0, newestTime: undefined, rejected: [] });
    expect((await cutAll(cut(segCg, textOf(10), stamp))).rows).toHaveLength(10);
  });

  it('is taken to the thread, not copied', async () => {
    const text = textOf(10);
    await cutAll(cut(segCg, text, stamp));
    expect('block' in text && text.block.byteLength).toBe(0);
  });
});

describe('when something goes wrong in the thread', () => {
  it('the error of a cut is the error here, and the thread lives on', async () => {
    const failing = cutInThread(
      await programOf(
        'failing',
        `import { parentPort } from 'node:worker_threads';
        parentPort.on('message', ({ port }) => port.on('message', () =>
          port.postMessage({ kind: 'failed', error: new TypeError('no row') })));`,
      ),
    );
    for (let page = 0; page < 2; page++) {
      await expect(failing(segCg, [], stamp).next()).rejects.toThrow(new TypeError('no row'));
    }
  });

  it.each([
    ['throws', 'throw new Error("at once");', 'at once'],
    ['ends', 'process.exit(3);', 'exit code 3'],
  ])('a thread that %s is an unavailable service, and the next page gets a new one', async (name, code, why) => {
    const once = await programOf(
      name.replaceAll(' ', '-'),
      `import { existsSync, writeFileSync } from 'node:fs';
      import { parentPort } from 'node:worker_threads';
      const seen = import.meta.filename + '.seen';
      parentPort.on('message', ({ port }) => port.on('message', () => {
        if (existsSync(seen)) port.postMessage({ kind: 'cut', cut: { rows: 7 } });
        else { writeFileSync(seen, ''); ${code} }
      }));`,
    );
    const twice = cutInThread(once);
    await expect(twice(segCg, [], stamp).next()).rejects.toMatchObject({
      fault: 'unavailable',
      message: expect.stringContaining(why),
    });
    expect(await twice(segCg, [], stamp).next()).toEqual({ done: true, value: { rows: 7 } });
  });

  it('a program that is not there is named', async () => {
    const absent = cutInThread(join(folder, 'absent.mjs'));
    await expect(absent(segCg, [], stamp).next()).rejects.toThrow(/absent\.mjs/);
  });
});
