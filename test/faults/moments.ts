import { feeds } from '../../functions/feeds/index.ts';
import type { AppProcess } from '../../local/app-process.ts';
import type { Random } from '../../local/mimecast/plain/random.ts';
import type { Seen } from './requests.ts';
import type { Simulation } from './simulation.ts';

/** A moment in a run: the `nth` of the requests that `counts`, with a trouble that holds the run at it where one is needed. */
export interface Moment {
  readonly name: string;
  readonly nth: number;
  counts(seen: Seen): boolean;
  prepare?(simulation: Simulation): void;
}

/** Kinds of moments, one after the other in the life of a page. */
export const moments: readonly ((random: Random) => Moment)[] = [
  (random) => ({
    name: 'a request has reached Mimecast',
    nth: random.int(1, 25),
    counts: ({ at, when }) => at === 'tenant' && when === 'asked',
  }),
  (random) => ({
    name: 'a file has come half',
    nth: random.int(8, 20),
    counts: ({ at, when }) => at === 'checkpoints' && when === 'answered',
    prepare: ({ tenant }) => tenant.trouble({ at: 'files', kind: 'hangMidway', after: random.int(0, 2) }),
  }),
  (random) => {
    const after = random.int(0, 8);
    return {
      name: 'a body has arrived and is not accepted',
      nth: after + 1,
      counts: ({ at, when }) => at === 'ingestion' && when === 'asked',
      prepare: ({ ingestion }) => ingestion.trouble({ kind: 'hang', after }),
    };
  },
  (random) => ({
    name: 'a body has been accepted',
    nth: random.int(1, 12),
    counts: ({ at, when }) => at === 'ingestion' && when === 'answered',
  }),
  (random) => firstSave(random.pick(feeds).name),
  (random) => firstSave(random.pick(['SegCg', 'CloudIntegrated'])),
  (random) => {
    const after = random.int(0, 20);
    return {
      name: 'an entity is written, and the app does not know',
      nth: after + 1,
      counts: ({ at, when, method }) => at === 'checkpoints' && when === 'answered' && method !== 'GET',
      prepare: ({ checkpoints }) => checkpoints.trouble({ kind: 'busyAfterAccept', writes: true, after }),
    };
  },
  (random) => ({
    name: 'a cursor has been saved',
    nth: random.int(1, 20),
    counts: ({ at, when, method }) => at === 'checkpoints' && when === 'answered' && method === 'PUT',
  }),
];

/** When rows are accepted and the first cursor behind them is on its way, where it is held. */
function firstSave(entity: string): Moment {
  return {
    name: 'rows are accepted, and their cursor is not saved',
    nth: 1,
    counts: ({ at, when, method, url }) =>
      at === 'checkpoints' && when === 'asked' && method === 'PUT' && url.includes(`'${entity}'`),
    // The first write takes the lease.
    prepare: ({ checkpoints }) => checkpoints.trouble({ kind: 'hang', writes: true, entity, after: 1 }),
  };
}

/** Kills a process at a moment. @returns whether it came; else the process has ended by itself */
export async function killAt(moment: Moment, app: AppProcess, simulation: Simulation): Promise<boolean> {
  let count = 0;
  moment.prepare?.(simulation);
  const unwatch = simulation.watch((seen) => {
    if (moment.counts(seen) && ++count === moment.nth) app.process.kill('SIGKILL');
  });
  const code = await app.ended;
  unwatch();
  simulation.tenant.calm();
  await Promise.all([simulation.checkpoints.calm(), simulation.ingestion.calm()]);
  return code === null;
}
