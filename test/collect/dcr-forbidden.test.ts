import { describe, expect, it } from 'vitest';
import { ConnectorError } from '../../functions/collect/fault.ts';
import { runOnce } from '../fakes/run.ts';
import { type Surroundings, numbersFeed, portsOf, surroundings } from './crash-model.ts';

const minuteMs = 60_000;
const forbidden = new ConnectorError('unavailable', 'The rule refused the identity.', { code: 'dcr_forbidden' });
const unreachable = new ConnectorError('unavailable', 'Mimecast could not be reached.');

/** Runs `minutes` after the last run; the named steps fail. @returns the fault and what Health says */
async function runAfter(minutes: number, world: Surroundings, failures: Readonly<Record<string, Error>>) {
  world.clock.advance(minutes * minuteMs);
  const step = async (name: string) => {
    const failure = failures[name];
    if (failure) throw failure;
  };
  const ports = portsOf(world, step, { sizes: [1], slow: 'neither' });
  const { error } = await runOnce(numbersFeed, ports);
  return { fault: error?.fault, health: world.health.at(-1) };
}

const refused = { 'write Numbers_CL': forbidden };

describe('the 403 of a data collection rule', () => {
  it('is unavailable for 30 minutes after the first in an unbroken row, then denied, with what to grant', async () => {
    const world = surroundings(['event']);
    const faults: unknown[] = [];
    for (let runs = 0; runs <= 7; runs++) faults.push((await runAfter(5, world, refused)).fault);
    expect(faults).toEqual([...Array.from({ length: 7 }, () => 'unavailable'), 'denied']);
    expect(world.health.at(-1)).toMatchObject({ Fault: 'denied' });
    expect(world.health.at(-1)?.['Message']).toContain('Monitoring Metrics Publisher');
  });

  it('begins a new row once rows were accepted', async () => {
    const world = surroundings(['event', 'event']);
    await runAfter(0, world, refused);
    expect((await runAfter(20, world, { 'write Numbers_CL': forbidden })).fault).toBe('unavailable');
    expect((await runAfter(5, world, {})).fault).toBeUndefined();
    expect(world.entity.keepsakes.forbiddenSince).toBeUndefined();
  });

  it('begins a new row also when it comes after rows that the same run got accepted', async () => {
    const world = surroundings(['event', 'event']);
    await runAfter(0, world, refused);
    world.clock.advance(60 * minuteMs);
    let writes = 0;
    const step = async (name: string) => {
      if (name === 'write Numbers_CL' && ++writes === 2) throw forbidden;
    };
    const ports = portsOf(world, step, { sizes: [1], slow: 'neither' });
    const { error } = await runOnce(numbersFeed, ports);
    expect(error?.fault).toBe('unavailable');
    expect(world.entity.keepsakes.forbiddenSince).toBe(world.clock.now());
  });

  it('keeps its row through runs that do not come to write, which are not called denied for it', async () => {
    const world = surroundings(['event']);
    await runAfter(0, world, refused);
    const since = world.clock.now();
    expect((await runAfter(20, world, { read: unreachable })).fault).toBe('unavailable');
    expect((await runAfter(20, world, { read: unreachable })).fault).toBe('unavailable');
    expect(world.entity.keepsakes.forbiddenSince).toBe(since);
    expect((await runAfter(1, world, refused)).fault).toBe('denied');
  });

  it('counts when it is the Rejected table’s', async () => {
    const world = surroundings(['event', 'broken']);
    const failures = { 'write Mimecast_Rejected_CL': forbidden };
    expect((await runAfter(0, world, { ...failures })).fault).toBe('unavailable');
    expect((await runAfter(31, world, failures)).fault).toBe('denied');
  });

  it('ends when the role works: the rows come, and the run has no fault', async () => {
    const world = surroundings(['event']);
    await runAfter(0, world, refused);
    expect((await runAfter(40, world, refused)).fault).toBe('denied');
    expect(await runAfter(5, world, {})).toMatchObject({ fault: undefined, health: { Fault: '', RowsSent: 1 } });
    expect(world.entity.keepsakes.forbiddenSince).toBeUndefined();
  });
});
