import { describe, expect, it } from 'vitest';
import { ConnectorError } from '../../functions/collect/fault.ts';
import { runOnce } from '../fakes/run.ts';
import { type Surroundings, numbersFeed, portsOf, surroundings } from './crash-model.ts';
import type { Step } from './fuse.ts';
import { recordedLog } from './recorded-log.ts';

const down = new ConnectorError('unavailable', 'Logs Ingestion is down.');
const quiet: Step = async () => {};
const healthFails: Step = async (name) => {
  if (name === 'write Mimecast_Health_CL') throw down;
};

async function run(world: Surroundings, runId: string, step: Step = quiet) {
  const log = recordedLog();
  const ports = portsOf(world, step, { sizes: [1], slow: 'neither' });
  const { error } = await runOnce(numbersFeed, { ...ports, runId, log });
  return { error, lines: log.lines };
}

function runIds({ health }: Surroundings): unknown[] {
  return health.map((row) => row['RunId']);
}

function keptRunIds({ entity }: Surroundings): unknown[] {
  return entity.keepsakes.unsentHealth.map((json) => JSON.parse(json).RunId);
}

describe('a Health row that cannot be written', () => {
  it('is told in an error line, does not make the run fail, and is sent before the next run’s', async () => {
    const world = surroundings(['event']);
    const { error, lines } = await run(world, 'run 1', healthFails);
    expect(error).toBeUndefined();
    expect(lines.filter(({ level }) => level === 'error')).toEqual([
      {
        level: 'error',
        message: 'The Health row could not be written.',
        fields: { feed: 'Numbers', runId: 'run 1', fault: '', message: '', why: 'Logs Ingestion is down.' },
      },
    ]);
    expect(keptRunIds(world)).toEqual(['run 1']);
    await run(world, 'run 2');
    expect(runIds(world)).toEqual(['run 1', 'run 2']);
    expect(world.health[0]).toMatchObject({ RowsSent: 1, CaughtUp: true, Started: expect.any(Date), Message: '' });
    expect(keptRunIds(world)).toEqual([]);
    await run(world, 'run 3');
    expect(runIds(world)).toEqual(['run 1', 'run 2', 'run 3']);
  });

  it('is kept also when the run itself failed', async () => {
    const world = surroundings(['event']);
    await run(world, 'run 1', async (name) => {
      if (name.startsWith('write')) throw down;
    });
    await run(world, 'run 2');
    expect(world.health).toMatchObject([
      { RunId: 'run 1', Fault: 'unavailable', Message: 'Logs Ingestion is down.', RowsSent: 0 },
      { RunId: 'run 2', Fault: '', RowsSent: 1 },
    ]);
  });

  it('is one of at most 50, of which the newest are kept', async () => {
    const world = surroundings([]);
    for (let number = 1; number <= 53; number++) await run(world, `run ${number}`, healthFails);
    expect(keptRunIds(world)).toEqual(Array.from({ length: 50 }, (_, index) => `run ${index + 4}`));
    await run(world, 'last');
    expect(world.health).toHaveLength(51);
    expect(keptRunIds(world)).toEqual([]);
  });

  it('is not kept by a run that another one has superseded: its error line is enough', async () => {
    const world = surroundings(['event']);
    await run(world, 'run 1', healthFails);
    const { error, lines } = await run(world, 'run 2', async (name) => {
      if (name === 'write Numbers_CL' || name === 'save') throw new ConnectorError('superseded', 'Another run.');
      await healthFails(name);
    });
    expect(error?.fault).toBe('superseded');
    expect(lines.some(({ level, fields }) => level === 'error' && fields?.['runId'] === 'run 2')).toBe(true);
    expect(keptRunIds(world)).toEqual(['run 1']);
  });

  it('cannot be kept without a lease, and is told all the same', async () => {
    const world = surroundings(['event']);
    const { lines } = await run(world, 'run 1', async (name) => {
      if (name === 'read the lease') throw down;
      await healthFails(name);
    });
    expect(lines.map(({ level }) => level)).toEqual(['warn', 'error']);
    expect(keptRunIds(world)).toEqual([]);
  });

  it('is left out when its text in the checkpoint is broken; the others are sent', async () => {
    const world = surroundings([]);
    await run(world, 'run 1', healthFails);
    const { unsentHealth } = world.entity.keepsakes;
    world.entity.keepsakes = { unsentHealth: ['', '{"RunId":', ...unsentHealth, 'null'] };
    const { error } = await run(world, 'run 2');
    expect(error).toBeUndefined();
    expect(runIds(world)).toEqual(['run 1', 'run 2']);
    expect(world.entity.leaseUntil).toBeUndefined();
  });
});

describe('a lease that cannot be released', () => {
  it('is told in a warning and changes nothing of how the run ended', async () => {
    const world = surroundings(['event']);
    const { error, lines } = await run(world, 'run 1', async (name) => {
      if (name === 'release') throw down;
    });
    expect(error).toBeUndefined();
    expect(lines.at(-1)).toEqual({
      level: 'warn',
      message: 'The lease could not be released; it ends by itself.',
      fields: { feed: 'Numbers', why: 'Logs Ingestion is down.' },
    });
    expect(world.entity.leaseUntil).toBe(world.clock.now() + 270_000);
  });
});
