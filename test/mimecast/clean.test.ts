import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { feeds } from '../../functions/feeds/index.ts';
import { axiosHttp } from '../../functions/mimecast/http.ts';
import { mimecastClient } from '../../functions/mimecast/client.ts';
import { mimecastRead } from '../../functions/mimecast/read.ts';
import { fillPlainTenant } from '../../local/mimecast/fill-plain-tenant.ts';
import { identityOfEvent, identityOfRow } from '../../local/mimecast/identity.ts';
import { type Tenant, startTenant } from '../../local/mimecast/tenant.ts';
import { tenantName } from '../fakes/feed-name.ts';
import { fakeClock } from '../fakes/clock.ts';
import { memoryCheckpoints, memoryLogs } from '../fakes/memory.ts';
import { runOnce } from '../fakes/run.ts';

const clock = fakeClock();
let tenant: Tenant;
beforeAll(async () => {
  tenant = await startTenant({ clock });
  fillPlainTenant(tenant, { seed: 1, now: clock.now(), days: 5, perDay: 300 });
  clock.advance(3600_000);
});
afterAll(() => tenant.close());

describe.each(feeds)('$name', (feed) => {
  test('lands every event exactly once, and a second quiet run sends none', async () => {
    const logs = memoryLogs();
    const checkpoints = memoryCheckpoints(() => clock.now());
    const secrets = {
      get: async () => ({ clientId: tenant.clientId, clientSecret: tenant.clientSecret }),
      expire() {},
    };
    const read = mimecastRead(mimecastClient(tenant.origin, axiosHttp(5000), secrets, clock));
    const outcome = await runOnce(feed, { read, logs, checkpoints, clock });
    expect(outcome.error).toBeUndefined();
    const name = tenantName(feed);
    const rows = logs.rows(feed.table.name).map((row) => JSON.parse(JSON.stringify(row)));
    const got = rows.map((row) => identityOfRow(name, row)).toSorted();
    expect(got).toEqual(
      tenant
        .events(name)
        .map(({ event }) => identityOfEvent(name, event))
        .toSorted(),
    );
    const before = logs.rows(feed.table.name).length;
    await runOnce(feed, { read, logs, checkpoints, clock });
    expect(logs.rows(feed.table.name).length).toBe(before);
  });
});
