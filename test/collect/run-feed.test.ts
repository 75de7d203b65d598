import { describe, expect, it } from 'vitest';
import { ConnectorError, type Fault } from '../../functions/collect/fault.ts';
import type { Logs, Read } from '../../functions/collect/ports.ts';
import { audit } from '../../functions/feeds/audit.ts';
import { mimecastHealth } from '../../functions/tables/mimecast-health.ts';
import { memoryLogs } from '../fakes/memory.ts';
import { runOnce } from '../fakes/run.ts';
import { type Surroundings, numbersFeed, portsOf, surroundings } from './crash-model.ts';
import type { Step } from './fuse.ts';
import { recordedLog } from './recorded-log.ts';

const faults: readonly Fault[] = [
  'throttled',
  'unavailable',
  'expired',
  'denied',
  'malformed',
  'oversized',
  'superseded',
];
const pace = { sizes: [2], slow: 'neither' } as const;

/** A step at which, the given time it comes, a call fails. */
function failing(name: string, error: Error, time = 1): Step {
  let times = 0;
  return async (step) => {
    if (step === name && ++times === time) throw error;
  };
}

interface Extras {
  readonly stop?: AbortSignal;
  readonly runId?: string;
}

async function run(world: Surroundings, step: Step = async () => {}, extras: Extras = {}) {
  const log = recordedLog();
  const outcome = await runOnce(numbersFeed, { ...portsOf(world, step, pace), log, ...extras });
  return { error: outcome.error, health: world.health.at(-1), lines: log.lines };
}

describe('a run of a feed', () => {
  it('has a Health row and a log line that say what it did', async () => {
    const { error, health, lines } = await run(surroundings(['event', 'broken', 'event']), async () => {}, {
      runId: 'the run',
    });
    expect(error).toBeUndefined();
    const said = { EventsRead: 2, RowsSent: 2, RowsSkipped: 0, Rejected: 1, CaughtUp: true, Fault: '', Message: '' };
    expect(health).toMatchObject({ ...said, RunId: 'the run', Connector: 'Test', Feed: 'Numbers', Bytes: 3 });
    expect(lines).toEqual([
      {
        level: 'info',
        message: 'A feed has run.',
        fields: expect.objectContaining({ feed: 'Numbers', runId: 'the run', rowsSent: 2, rejected: 1, fault: '' }),
      },
    ]);
  });

  it('saves no cursor when the page was not written to its end', async () => {
    const world = surroundings(['event', 'event']);
    const ports = portsOf(world, async () => {}, pace);
    const logs: Logs = { write: async () => 0 };
    const { error } = await runOnce(numbersFeed, { ...ports, logs });
    expect(error).toMatchObject({ fault: 'malformed', message: expect.stringContaining('not written to its end') });
    expect(world.saved).toEqual([]);
  });

  it('has a Health row also when it found nothing', async () => {
    const { health } = await run(surroundings([]));
    expect(health).toMatchObject({ EventsRead: 0, RowsSent: 0, CaughtUp: true, Fault: '', Message: '' });
    expect([health?.['LagSeconds'], health?.['NewestEventTime']]).toEqual([undefined, undefined]);
  });

  it('says how far its newest event lies behind, what was skipped, what it waited and what its reader notes', async () => {
    const world = surroundings([]);
    const now = world.clock.now();
    const read: Read = async function* read(_feed, _from, its) {
      its.note('A note.');
      its.throttled(1500);
      const events = [7, 3, 5].map((minutes) => ({ eventTime: new Date(now - minutes * 60_000).toISOString() }));
      yield { events, rejected: [], skipped: 4, next: { kind: 'snapshot', takenAt: '', done: true }, caughtUp: true };
    };
    const logs = memoryLogs();
    await runOnce(audit, { ...portsOf(world, async () => {}, pace), read, logs });
    expect(logs.rows(mimecastHealth.name)).toMatchObject([
      {
        EventsRead: 7,
        RowsSent: 3,
        RowsSkipped: 4,
        ThrottledMs: 1500,
        LagSeconds: 180,
        NewestEventTime: new Date(now - 180_000),
        Message: 'A note.',
      },
    ]);
  });

  it('holds its lease until 30 seconds after its deadline', async () => {
    const world = surroundings(['event']);
    const until: unknown[] = [];
    await run(world, async () => void until.push(world.entity.leaseUntil));
    expect(new Set(until)).toEqual(new Set([undefined, world.clock.now() + 240_000 + 30_000]));
    expect(world.entity.leaseUntil).toBeUndefined();
  });
});

describe.each(faults)('a run that ends %s', (fault) => {
  const error = new ConnectorError(fault, 'What is wrong, and what to do.');

  it.each(['read', 'read, done', 'write Numbers_CL', 'write Mimecast_Rejected_CL', 'save', 'save, done'])(
    'at "%s" says so in Health and the log, keeps what was saved, and gives its lease back',
    async (name) => {
      const world = surroundings(['event', 'broken', 'event', 'broken']);
      const { error: outcome, health, lines } = await run(world, failing(name, error, 2));
      expect(outcome).toBe(error);
      expect(health).toMatchObject({ Fault: fault, Message: error.message, CaughtUp: false, RowsSent: 1, Rejected: 1 });
      expect(lines).toMatchObject([{ level: 'warn', message: 'A feed stopped.', fields: { fault } }]);
      expect(world.entity.leaseUntil).toBeUndefined();
      const next = await run(world);
      expect([next.error, world.saved.at(-1), new Set(world.accepted).size]).toEqual([undefined, 4, 4]);
    },
  );

  it('at the checkpoint store says so in Health, reads nothing and holds nothing', async () => {
    const world = surroundings(['event']);
    const { error: outcome, health } = await run(world, failing('read the lease', error));
    expect(outcome).toBe(error);
    expect(health).toMatchObject({ Fault: fault, Message: error.message, EventsRead: 0, CaughtUp: false });
    expect([world.accepted, world.entity.leaseUntil]).toEqual([[], undefined]);
  });
});

describe('what no adapter has translated', () => {
  it('is a bug, and is shown as malformed without what may be secret in it', async () => {
    const bug = new TypeError('x is undefined in https://x.example/?sig=hidden');
    const { error, health } = await run(surroundings(['event']), failing('write Numbers_CL', bug));
    expect(error?.fault).toBe('malformed');
    expect(health?.['Message']).toBe('Unexpected TypeError: x is undefined in https://x.example/?…');
  });
});

describe('a run at its deadline', () => {
  const atDeadline = (name: string, error?: Error) => {
    const stopping = new AbortController();
    const step: Step = async (each) => {
      if (each !== name) return;
      stopping.abort();
      if (error) throw error;
    };
    return { step, stop: stopping.signal };
  };

  it('writes and saves the page in hand, and has no fault', async () => {
    const world = surroundings(['event', 'event', 'event', 'event', 'event', 'event']);
    const { step, stop } = atDeadline('write Numbers_CL');
    const { error, health } = await run(world, step, { stop });
    expect(error).toBeUndefined();
    expect(world.saved.at(-1)).toBe(world.accepted.length);
    expect(world.accepted.length).toBeGreaterThanOrEqual(2);
    expect(world.accepted.length).toBeLessThan(6);
    expect(health).toMatchObject({
      Fault: '',
      Message: 'Stopped at the deadline; the next run goes on from here.',
      CaughtUp: false,
    });
  });

  it.each([
    ['of a service given up', new ConnectorError('unavailable', 'Given up because the run ended.')],
    ['of an aborted call', new DOMException('This operation was aborted', 'AbortError')],
  ])('has no fault because %s', async (_what, error) => {
    for (const name of ['read', 'write Numbers_CL', 'save']) {
      const { step, stop } = atDeadline(name, error);
      const { error: outcome, health } = await run(surroundings(['event']), step, { stop });
      expect([name, outcome, health?.['Fault']]).toEqual([name, undefined, '']);
    }
  });

  it.each(faults.filter((fault) => fault !== 'unavailable'))('still says that it was %s', async (fault) => {
    const { step, stop } = atDeadline('write Numbers_CL', new ConnectorError(fault, 'Wrong.'));
    const { error, health } = await run(surroundings(['event']), step, { stop });
    expect([error?.fault, health?.['Fault']]).toEqual([fault, fault]);
  });
});
