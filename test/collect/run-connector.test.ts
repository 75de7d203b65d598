import { describe, expect, it } from 'vitest';
import { firstBatchCursor } from '../../functions/collect/cursor.ts';
import { ConnectorError } from '../../functions/collect/fault.ts';
import type { Checkpoints, Logs, Read } from '../../functions/collect/ports.ts';
import { runConnector } from '../../functions/collect/run-connector.ts';
import type { ConnectorRun, World } from '../../functions/collect/run-feed.ts';
import { fakeClock } from '../fakes/clock.ts';
import { cutHere } from '../fakes/bodies.ts';
import { memoryCheckpoints, memoryLogs } from '../fakes/memory.ts';
import { numbersFeed } from './crash-model.ts';
import { recordedLog } from './recorded-log.ts';

const feeds = ['One', 'Two', 'Three'].map((name) => ({ ...numbersFeed, name }));
const next = firstBatchCursor('2026-01-01');
const page = { events: [{ number: 1 }], rejected: [], skipped: 0, next, caughtUp: true };

function signals() {
  const signal = () => new AbortController().signal;
  return { stop: signal(), abort: signal(), abortHealth: signal(), abortRelease: signal() };
}

interface Changes {
  readonly read?: Read;
  readonly checkpoints?: Checkpoints;
  readonly logs?: Logs;
}

/** Runs three feeds. @returns what they left behind and what the invocation threw */
async function runAll(changes: Changes) {
  const clock = fakeClock();
  const logs = memoryLogs();
  const checkpoints = memoryCheckpoints(() => clock.now());
  const log = recordedLog();
  const world: World = { read: readOne, cut: cutHere, logs, checkpoints, account: 'example', log, ...changes };
  const run: ConnectorRun = {
    ...signals(),
    runId: 'the run',
    connector: 'Test',
    appVersion: '1.0.0',
    clock,
    random: () => 0,
    deadline: clock.now() + 240_000,
    startDate: '2026-01-01',
  };
  const thrown: unknown = await runConnector(feeds, world, run).catch((error: unknown) => error);
  const health = logs.rows('Mimecast_Health_CL').toSorted((a, b) => order(a['Feed']) - order(b['Feed']));
  return { thrown, health, rows: logs.rows('Numbers_CL').length, checkpoints, run };
}

function order(feed: unknown): number {
  return feeds.findIndex(({ name }) => name === feed);
}

const readOne: Read = async function* readOne() {
  yield page;
};

/** Reads a page for every feed, and fails for those named, before it or after it. */
function failing(errors: Readonly<Record<string, Error>>, isAfter = false): Read {
  return async function* read(feed) {
    const error = errors[feed.name];
    if (error && !isAfter) throw error;
    yield page;
    if (error) throw error;
  };
}

describe('a run of a connector', () => {
  it('runs all its feeds under one run id, with a Health row for each', async () => {
    const { thrown, health, rows, checkpoints } = await runAll({});
    expect(thrown).toBeUndefined();
    expect(health.map((row) => [row['Feed'], row['RunId'], row['Fault']])).toEqual([
      ['One', 'the run', ''],
      ['Two', 'the run', ''],
      ['Three', 'the run', ''],
    ]);
    expect(rows).toBe(3);
    expect(feeds.map(({ name }) => checkpoints.cursor(name))).toEqual([next, next, next]);
  });

  it('runs its feeds side by side', async () => {
    const started: string[] = [];
    const all = Promise.withResolvers<void>();
    const { thrown } = await runAll({
      read: async function* read(feed) {
        if (started.push(feed.name) === 3) all.resolve();
        await all.promise;
        yield page;
      },
    });
    expect([thrown, started]).toEqual([undefined, ['One', 'Two', 'Three']]);
  });

  it('has nothing stop a feed when another one fails, in whatever way', async () => {
    const broken: Read = () => {
      throw new TypeError('no generator at all');
    };
    const ways: readonly Read[] = [
      failing({ Two: new ConnectorError('malformed', 'A reply is wrong.') }),
      failing({ Two: new TypeError('a bug') }),
      failing({ Two: new ConnectorError('denied', 'Forbidden.', { code: 'app_forbidden' }) }, true),
      (feed, from, run) => (feed.name === 'Two' ? broken(feed, from, run) : readOne(feed, from, run)),
    ];
    for (const read of ways) {
      const { health, checkpoints } = await runAll({ read });
      expect(health.map((row) => row['Fault'] === '')).toEqual([true, false, true]);
      expect([checkpoints.cursor('One'), checkpoints.cursor('Three')]).toEqual([next, next]);
    }
  });

  it('gives each service its own time to end: the Health row more than the rows, the lease’s release the most', async () => {
    const given = new Set<string>();
    const logs = memoryLogs();
    const told = (signal: AbortSignal, run: ConnectorRun) =>
      Object.entries(run).find(([, value]) => value === signal)?.[0] ?? 'another';
    const pending: [string, AbortSignal][] = [];
    const { run } = await runAll({
      logs: {
        async write(table, rows, its) {
          pending.push([table.name, its.abort]);
          return logs.write(table, rows, its);
        },
      },
      checkpoints: {
        async take(_feed, _run, until, signal) {
          pending.push(['take', signal]);
          return {
            checkpoint: undefined,
            keepsakes: { unsentHealth: [] },
            until,
            save: async (_cursor, its) => void pending.push(['save', its]),
            release: async (_keepsakes, its) => void pending.push(['release', its]),
          };
        },
      },
    });
    for (const [what, signal] of pending) given.add(`${what}: ${told(signal, run)}`);
    expect([...given].toSorted()).toEqual([
      'Mimecast_Health_CL: abortHealth',
      'Numbers_CL: abort',
      'release: abortRelease',
      'save: abort',
      'take: abort',
    ]);
  });
});

describe('an invocation', () => {
  it('fails, after all feeds have ended, when feeds ended malformed or denied, and names them and why', async () => {
    const errors = {
      One: new ConnectorError('malformed', 'A reply is wrong.'),
      Three: new ConnectorError('denied', 'Check the client id and secret.'),
    };
    const { thrown, health, rows } = await runAll({ read: failing(errors, true) });
    expect(thrown).toBeInstanceOf(AggregateError);
    expect(thrown).toMatchObject({
      message: 'Test needs attention. One: A reply is wrong. Three: Check the client id and secret.',
      errors: [errors.One, errors.Three],
    });
    expect(health.map((row) => row['Fault'])).toEqual(['malformed', '', 'denied']);
    expect(rows).toBe(3);
  });

  it('fails when a bug was met', async () => {
    const { thrown } = await runAll({ read: failing({ Two: new TypeError('a bug') }) });
    expect(thrown).toMatchObject({ message: 'Test needs attention. Two: Unexpected TypeError: a bug' });
  });

  it.each([
    ['denied', 'AuthorizationFailure', true],
    ['malformed', undefined, true],
    ['unavailable', 'ServerBusy', false],
    ['superseded', undefined, false],
  ] as const)('whose checkpoint store answers %s (%s) fails: %s', async (fault, code, isThrown) => {
    const take = async () => {
      throw new ConnectorError(fault, 'The checkpoint store.', { code });
    };
    const { thrown, health, rows } = await runAll({ checkpoints: { take } });
    expect(thrown instanceof AggregateError).toBe(isThrown);
    expect(health.map((row) => row['Fault'])).toEqual([fault, fault, fault]);
    expect(rows).toBe(0);
  });

  it.each([
    ['a product without licence', new ConnectorError('denied', 'Grant.', { code: 'app_forbidden' })],
    ['a used up quota', new ConnectorError('throttled', 'Too many.')],
    ['an unreachable service', new ConnectorError('unavailable', 'Down.')],
    ['files that could not be read yet', new ConnectorError('expired', 'Tried again.')],
    ['another run', new ConnectorError('superseded', 'Taken over.')],
  ])('does not fail for %s; Health says it', async (_what, error) => {
    const { thrown, health } = await runAll({ read: failing({ One: error }) });
    expect(thrown).toBeUndefined();
    expect(health[0]).toMatchObject({ Fault: error.fault, Message: error.message });
  });
});
