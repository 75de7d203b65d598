import { expect, test } from 'vitest';
import type { Clock } from '../../functions/collect/ports.ts';
import { connectors } from '../../functions/connectors.ts';
import { keepSchedule, nextTime, type Timer } from '../../local/schedule.ts';

const noon = Date.UTC(2026, 0, 15, 12);
const iso = (ms: number) => new Date(ms).toISOString().slice(11, 23);

test.each([
  ['0 */5 * * * *', '2026-01-15T12:00:00Z', '2026-01-15T12:05:00.000Z'],
  ['0 */5 * * * *', '2026-01-15T12:04:59.999Z', '2026-01-15T12:05:00.000Z'],
  ['50 15 */6 * * *', '2026-01-15T18:16:00Z', '2026-01-16T00:15:50.000Z'],
  ['0 10/20 * * * *', '2026-01-15T12:11:00Z', '2026-01-15T12:30:00.000Z'],
  ['0 0 3 * February Monday', '2026-01-15T12:00:00Z', '2026-02-02T03:00:00.000Z'],
  // In NCRONTAB both the day and the weekday must fit: the first 13th that is a Friday.
  ['0 0 0 13 * 5', '2026-03-14T00:00:00Z', '2026-11-13T00:00:00.000Z'],
])('%s fires after %s next at %s', (schedule, after, next) => {
  expect(new Date(nextTime(schedule, Date.parse(after))).toISOString()).toBe(next);
});

test('every connector has a schedule that fires within six hours', () => {
  for (const { schedule } of connectors) expect(nextTime(schedule, noon) - noon).toBeLessThanOrEqual(6 * 3_600_000);
});

/** A schedule on a clock that is moved by hand; a firing lasts until it is ended. */
function stage(timers: readonly Timer[]) {
  let now = noon;
  const waits = new Set<{ readonly until: number; readonly done: () => void }>();
  const clock: Clock = {
    now: () => now,
    wait: (ms, signal) =>
      new Promise((resolve, reject) => {
        const wait = { until: now + ms, done: resolve };
        waits.add(wait);
        signal.addEventListener('abort', () => reject(signal.reason), { once: true });
      }),
  };
  const ends = new Map<string, () => void>();
  const fired: string[] = [];
  const due = new Map<string, number>();
  const stop = new AbortController();
  const settle = () => new Promise<void>((resolve) => setImmediate(resolve));
  const schedule = keepSchedule(timers, {
    clock,
    signal: stop.signal,
    fire(name, isPastDue) {
      fired.push(`${iso(now)} ${name}${isPastDue ? ' past due' : ''}`);
      return new Promise((resolve) => ends.set(name, resolve));
    },
    onDue: (name, at) => void due.set(name, at),
  });
  return {
    schedule,
    fired,
    due,
    stop,
    advance: async (ms: number) => {
      now += ms;
      for (const wait of waits) {
        if (wait.until > now) continue;
        waits.delete(wait);
        wait.done();
      }
      await settle();
    },
    end: async (name: string) => {
      ends.get(name)?.();
      await settle();
    },
  };
}

const every5 = { name: 'Seg', schedule: '0 */5 * * * *' };
const every10 = { name: 'Audit', schedule: '40 */10 * * * *' };

test('all timers fire once at the start, then each at its time', async () => {
  const { fired, due, advance, end } = stage([every5, every10]);
  expect(fired).toEqual(['12:00:00.000 Seg', '12:00:00.000 Audit']);
  await end('Seg');
  await end('Audit');
  expect(iso(due.get('Audit') ?? 0)).toBe('12:00:40.000');
  for (let second = 0; second < 300; second += 10) await advance(10_000);
  expect(fired.slice(2)).toEqual(['12:00:40.000 Audit', '12:05:00.000 Seg']);
});

test('a timer does not fire while it runs, and once past due right after', async () => {
  const { fired, advance, end } = stage([every5]);
  await advance(11 * 60_000);
  expect(fired).toHaveLength(1);
  await end('Seg');
  expect(fired.slice(1)).toEqual(['12:11:00.000 Seg past due']);
  await end('Seg');
  await advance(239_000);
  expect(fired).toHaveLength(2);
  await advance(1000);
  expect(fired.slice(2)).toEqual(['12:15:00.000 Seg']);
});

test('a machine that slept fires once, past due, within a minute of waking', async () => {
  const { fired, advance, end } = stage([every5]);
  await end('Seg');
  await advance(3 * 3_600_000);
  expect(fired.slice(1)).toEqual(['15:00:00.000 Seg past due']);
});

test('the first firing is past due when an earlier process should have fired', () => {
  const { fired } = stage([
    { ...every5, due: noon - 60_000 },
    { ...every10, due: noon + 60_000 },
  ]);
  expect(fired).toEqual(['12:00:00.000 Seg past due', '12:00:00.000 Audit']);
});

test('a timer can be fired out of turn; while it runs, right after', async () => {
  const { schedule, fired, advance, end } = stage([every5]);
  await end('Seg');
  await advance(1000);
  schedule.fireNow('Seg');
  await advance(0);
  schedule.fireNow('Seg');
  schedule.fireNow('Seg');
  await advance(1000);
  expect(fired.slice(1)).toEqual(['12:00:01.000 Seg']);
  await end('Seg');
  expect(fired.slice(2)).toEqual(['12:00:02.000 Seg']);
  await end('Seg');
  await advance(1000);
  expect(fired).toHaveLength(3);
  schedule.fireNow('Nobody');
});

test('a stopped schedule fires no more', async () => {
  const { schedule, fired, stop, advance, end } = stage([every5]);
  await end('Seg');
  stop.abort();
  await advance(600_000);
  schedule.fireNow('Seg');
  await advance(0);
  expect(fired).toHaveLength(1);
});
