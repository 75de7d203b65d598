import { afterAll, beforeAll, expect, test } from 'vitest';
import { feeds } from '../../functions/feeds/index.ts';
import { mimecastRejected } from '../../functions/tables/mimecast-rejected.ts';
import { ledger } from '../../local/ledger.ts';
import { fillPlainTenant } from '../../local/mimecast/fill-plain-tenant.ts';
import { randomFrom } from '../../local/mimecast/plain/random.ts';
import { addFreshEvents } from './fresh-events.ts';
import { type Moment, killAt, moments } from './moments.ts';
import { type Simulation, startSimulation } from './simulation.ts';

/** `npm run soak` asks for more of them. */
const kills = Number(process.env['KILLS'] ?? 24);
const seed = process.env['SEED'] ?? '1';
const rowsPerPage = 25;
const budgetSeconds = 30;
/** A killed run's lease ends 30 s after its deadline. */
const leaseMs = (budgetSeconds + 31) * 1000;

/** A batch feed's page is a whole listing here. */
const pagedTables = feeds.filter(({ source }) => source.kind !== 'batch').map(({ table }) => table.name);

let simulation: Simulation;

beforeAll(async () => {
  simulation = await startSimulation({ pageCap: rowsPerPage });
  fillPlainTenant(simulation.tenant, { seed, now: simulation.now(), days: 1, perDay: 600 });
});
afterAll(async () => simulation.close());

test(`killed ${kills} times, the app loses nothing and repeats only what no saved cursor covered`, async () => {
  const { tenant, accepted } = simulation;
  const random = randomFrom(`kills ${seed}`);
  const killedAt = new Set<string>();
  for (let attempt = 0, done = 0; done < kills; attempt++) {
    expect(attempt, 'runs that end before they are killed').toBeLessThan(2 * kills);
    const moment = momentOf(attempt, random);
    addFreshEvents(tenant, `${seed} ${attempt}`, simulation.now());
    const app = simulation.start({ RUN_BUDGET_SECONDS: String(budgetSeconds) });
    if (await killAt(moment, app, simulation)) {
      done++;
      killedAt.add(moment.name);
    }
    const uncovered = accepted.endRun();
    for (const table of pagedTables) expect(uncovered.get(table)).toBeLessThanOrEqual(rowsPerPage);
    simulation.advance(leaseMs);
  }
  await simulation.runUntilQuiet();

  const lost = ledger(tenant, accepted.store, simulation.now()).map(({ feed, served, lost }) => ({
    feed,
    served,
    lost,
  }));
  expect(lost).toEqual(lost.map(({ feed, served }) => ({ feed, served, lost: 0 })));
  expect(accepted.forbidden).toEqual([]);
  expect(accepted.repeated).toBeGreaterThan(0);
  expect(accepted.store.count(mimecastRejected.name)).toBe(0);
  expect(killedAt.size).toBe(new Set(moments.map((make) => make(random).name)).size);
}, 3_600_000);

function momentOf(attempt: number, random: ReturnType<typeof randomFrom>): Moment {
  const make = moments[attempt % moments.length];
  if (!make) throw new RangeError('There are no moments.');
  return make(random);
}
