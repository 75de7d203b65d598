import { afterEach, expect, test } from 'vitest';
import { openLedger } from '../../local/ledger.ts';
import { startTenant, type Tenant } from '../../local/mimecast/tenant.ts';
import { fillStory } from '../../local/mimecast/story/fill-story.ts';
import { type LifeExtra, startTenantLife } from '../../local/tenant-life.ts';

const minuteMs = 60_000;
const start = Date.UTC(2026, 0, 15, 12);
const tenants: Tenant[] = [];
afterEach(async () => {
  await Promise.all(tenants.splice(0).map((tenant) => tenant.close()));
});

/** A tenant whose life begins, with what was added to it out of turn before. */
async function begin(extras: readonly LifeExtra[] = []) {
  const tenant = await startTenant({ clock: { now: () => start } });
  tenants.push(tenant);
  const files: string[] = [];
  const saved: LifeExtra[] = [];
  const ledger = openLedger();
  const life = startTenantLife({
    tenant: {
      ...tenant,
      addFile(feed, file) {
        const name = tenant.addFile(feed, file);
        files.push(`${name} ${JSON.stringify(file.events ?? file.lines).length}`);
        return name;
      },
    },
    ledger,
    fill: fillStory,
    filling: { seed: 7, now: start, days: 1, users: 40, quiet: false },
    extras,
    onExtra: (extra) => saved.push(extra),
  });
  return { tenant, life, files, saved, ledger };
}

test('a tenant that is stopped and started has the same files, whenever that was', async () => {
  const straight = await begin();
  straight.life.liveUntil(start + 180 * minuteMs);
  const often = await begin();
  for (let minute = 0; minute <= 180; minute += 7) often.life.liveUntil(start + minute * minuteMs + 12_345);
  often.life.liveUntil(start + 180 * minuteMs);
  expect(straight.files.length).toBeGreaterThan(100);
  expect(often.files).toEqual(straight.files);
});

test('what was added out of turn comes again at its place', async () => {
  const first = await begin();
  first.life.liveUntil(start + 10 * minuteMs);
  const [dead] = first.life.add('deadFile', start + 10 * minuteMs);
  first.life.liveUntil(start + 30 * minuteMs);
  first.life.add('brokenLines', start + 30 * minuteMs);
  first.life.add('backlog', start + 30 * minuteMs);
  first.life.liveUntil(start + 60 * minuteMs);
  expect(first.saved.map(({ kind }) => kind)).toEqual(['deadFile', 'brokenLines', 'backlog']);

  const second = await begin(first.saved);
  second.life.liveUntil(start + 60 * minuteMs);
  expect(second.files).toEqual(first.files);
  expect(second.files.some((file) => file.startsWith(`${dead} `))).toBe(true);
});

test('life goes on a minute ahead, so that a listing that was shown does not change', async () => {
  const { life, tenant, ledger } = await begin();
  life.liveUntil(start + 60 * minuteMs);
  const latest = Math.max(...tenant.events('SegCg').map(({ availableAt }) => availableAt));
  expect(latest).toBeGreaterThan(start + 60 * minuteMs);
  const served = () => ledger.lines(start + 60 * minuteMs).find(({ feed }) => feed === 'SegCg')?.served;
  const before = served();
  life.liveUntil(start + 61 * minuteMs);
  expect(served()).toBe(before);
});
