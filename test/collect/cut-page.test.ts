import { expect, it } from 'vitest';
import { cutPage } from '../../functions/collect/cut-page.ts';
import { firstBatchCursor } from '../../functions/collect/cursor.ts';
import { openPage } from '../../functions/collect/page.ts';
import { segCg } from '../../functions/feeds/seg-cg.ts';
import { rowsIn } from '../fakes/bodies.ts';

const stamp = { account: 'example', collectedAt: new Date('2026-03-02T12:00:00Z') };
const at = (minute: number) => Date.parse(`2026-03-02T10:0${minute}:00Z`);
const eventAt = (minute: number) => ({ type: 'receipt', processingId: `mail ${minute}`, timestamp: at(minute) });

function pageOf(...lines: readonly string[]) {
  const page = openPage();
  page.add(Buffer.from(lines.join('\n')), '/file', 0);
  return page.close(firstBatchCursor('2026-03-01'), true).events;
}

/** The bodies of a page and what it came to. */
function cutAll(...given: Parameters<typeof cutPage>) {
  const cutting = cutPage(...given);
  const bodies = [];
  for (let next = cutting.next(); ; next = cutting.next()) {
    if (next.done) return { bodies, cut: next.value };
    bodies.push(next.value);
  }
}

it('makes the events of a text and those of a list into the same rows', async () => {
  const events = [eventAt(1), eventAt(2)];
  const ofList = cutAll(segCg, events, stamp);
  const ofText = cutAll(segCg, pageOf(...events.map((event) => JSON.stringify(event))), stamp);
  expect(ofText.cut).toEqual(ofList.cut);
  expect(await rowsIn(segCg.table, ofText.bodies)).toEqual(await rowsIn(segCg.table, ofList.bodies));
});

it('counts rows, finds the newest time wherever it stands, and tells what is no event', () => {
  const lines = [eventAt(1), eventAt(3), eventAt(2)].map((event) => JSON.stringify(event));
  const { bodies, cut } = cutAll(segCg, pageOf(...lines, 'broken'), stamp);
  expect(bodies.map(({ rows }) => rows)).toEqual([3]);
  expect(cut).toEqual({
    rows: 3,
    newestTime: at(3),
    rejected: [{ reason: 'the line is not JSON', source: '/file:4', rawText: 'broken' }],
  });
});

it('makes no body of nothing', () => {
  expect(cutAll(segCg, [], stamp)).toEqual({ bodies: [], cut: { rows: 0, newestTime: undefined, rejected: [] } });
  expect(cutAll(segCg, pageOf('broken'), stamp).bodies).toEqual([]);
});

it.each(['ends', 'is left'])('frees the text when it %s', (how) => {
  const text = pageOf(JSON.stringify(eventAt(1)));
  const { block } = 'block' in text ? text : { block: undefined };
  const cutting = cutPage(segCg, text, stamp);
  cutting.next();
  expect(block?.byteLength).toBeGreaterThan(0);
  if (how === 'ends') cutting.next();
  else cutting.return({ rows: 0, newestTime: undefined, rejected: [] });
  expect(block?.byteLength).toBe(0);
});
