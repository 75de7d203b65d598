import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { totalsOf } from '../../../local/web/totals.ts';
import { type SmallSentinel, startSmallSentinel, startMs, stateFolder } from './small-sentinel.ts';

vi.setConfig({ testTimeout: startMs, hookTimeout: startMs });

let path: string;
let forget: () => Promise<void>;
let sentinel: SmallSentinel;

beforeAll(async () => {
  [path, forget] = await stateFolder();
  sentinel = await startSmallSentinel({ path });
  await sentinel.settled();
});
afterAll(async () => {
  await sentinel.close();
  await forget();
});

const totals = () => totalsOf(sentinel.overview());

test('everything that was served lands, and the page says so', () => {
  const { served, landed, lost, repeated } = totals();
  expect(served).toBeGreaterThan(600);
  expect([landed, lost, repeated]).toEqual([served, 0, 0]);
  const { tables, connectors, host } = sentinel.overview();
  expect(host).toMatchObject({ state: 'running', restarts: 0 });
  expect(connectors.every(({ nextAt }) => nextAt !== undefined && nextAt > Date.now() - 1000)).toBe(true);
  expect(tables.find(({ name }) => name === 'Seg_Cg_CL')?.rows).toBe(390);
  expect(sentinel.runs.map(({ feed }) => feed)).toContain('SegCg');
});

test('broken lines go to Rejected, and the ledger counts them', async () => {
  const before = totals();
  await sentinel.switches.set('brokenLines', true);
  await sentinel.until('three rejected lines', () => totals().rejected === before.rejected + 3);
  await sentinel.settled();
  expect(totals().lost).toBe(0);
  expect(sentinel.reader.list({ table: 'Mimecast_Rejected_CL', search: 'onerror', limit: 10 })).toHaveLength(2);
});

test('while Sentinel refuses rows a feed says why, though no Health row can; afterwards the Health row lands', async () => {
  await sentinel.switches.set('brokenLines', true);
  await sentinel.switches.set('refuseRows', true);
  const condition = () => sentinel.overview().connectors.find(({ name }) => name === 'Seg')?.feeds[0];
  await sentinel.until('a feed waits', () => condition()?.level === 'waits');
  expect(condition()).toMatchObject({ says: 'A service did not answer.', lastRun: { fault: 'unavailable' } });
  await sentinel.until('no run is left', () =>
    sentinel.overview().connectors.every(({ runningSince }) => runningSince === undefined),
  );
  await sentinel.switches.set('refuseRows', false);
  await sentinel.settled();
  expect(
    sentinel.reader.list({ table: 'Mimecast_Health_CL', search: 'unavailable', limit: 10 }).length,
  ).toBeGreaterThan(0);
  expect(totals().lost).toBe(0);
});

test('stopped and started again it goes on where it was', async () => {
  await sentinel.settled();
  const rows = () => Object.fromEntries(sentinel.overview().tables.map((table) => [table.name, table.rows]));
  const { Mimecast_Health_CL: _, ...before } = rows();
  const servedBefore = totals().served ?? 0;
  await sentinel.close();

  sentinel = await startSmallSentinel({ path });
  const { Mimecast_Health_CL: __, ...found } = rows();
  expect(found).toEqual(before);
  expect(totals().served).toBeGreaterThanOrEqual(servedBefore);
  await sentinel.until('all connectors have run', () =>
    sentinel.overview().connectors.every(({ feeds }) => feeds.every(({ lastRun }) => lastRun !== undefined)),
  );
  await sentinel.settled();
  const { served, landed, waiting, rejected, lost, repeated } = totals();
  expect([lost, repeated]).toEqual([0, 0]);
  expect((landed ?? 0) + (waiting ?? 0) + rejected).toBe(served);
});
