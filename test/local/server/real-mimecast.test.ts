import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { fillPlainTenant } from '../../../local/mimecast/fill-plain-tenant.ts';
import { startTenant, type Tenant } from '../../../local/mimecast/tenant.ts';
import { totalsOf } from '../../../local/web/totals.ts';
import { type SmallSentinel, startSmallSentinel, startMs, stateFolder } from './small-sentinel.ts';

vi.setConfig({ testTimeout: startMs, hookTimeout: startMs });

let tenant: Tenant;
let forget: () => Promise<void>;
let sentinel: SmallSentinel;
const secret = 'a-secret-of-the-real-application';

/** A Mimecast that this program did not start, as far as it knows. */
beforeAll(async () => {
  tenant = await startTenant({ clientSecret: secret });
  fillPlainTenant(tenant, { seed: 1, now: Date.now(), days: 1, perDay: 200 });
  const [path, remove] = await stateFolder();
  forget = remove;
  const credentials = { MIMECAST_CLIENT_ID: tenant.clientId, MIMECAST_CLIENT_SECRET: secret };
  const realMimecast = { ...credentials, MIMECAST_BASE_URL: tenant.origin, CONNECTORS: 'seg,audit' };
  sentinel = await startSmallSentinel({ path, realMimecast });
  await sentinel.until('Seg has caught up', () =>
    sentinel.runs.some(({ feed, caughtUp }) => feed === 'SegCg' && caughtUp),
  );
});
afterAll(async () => {
  await sentinel.close();
  await tenant.close();
  await forget();
});

test('a real tenant is read, and what it holds is said to be unknown', async () => {
  await expect.poll(() => totalsOf(sentinel.overview()).rows, { timeout: 20_000 }).toBeGreaterThan(100);
  const { served, landed, waiting, lost, repeated } = totalsOf(sentinel.overview());
  expect([served, landed, waiting, lost]).toEqual([null, null, null, null]);
  expect(repeated).toBe(0);
  expect(sentinel.overview().source).toEqual({ kind: 'real', url: tenant.origin });
});

test('its side is left alone: only the switches of this machine are there', async () => {
  expect(sentinel.switches.list().map(({ name }) => name)).toEqual(['refuseRows', 'killHost']);
  expect(await sentinel.switches.set('outage', true)).toBe(false);
});

test('connectors that CONNECTORS leaves out are off', () => {
  const on = sentinel.overview().connectors.filter(({ isOn }) => isOn);
  expect(on.map(({ name }) => name)).toEqual(['Audit', 'Seg']);
});

test('no secret reaches the page', () => {
  expect(JSON.stringify(sentinel.overview())).not.toContain(secret);
  expect(sentinel.lines.join('\n')).not.toContain(secret);
});
