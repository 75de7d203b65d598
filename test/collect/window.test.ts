import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type WindowCursor, overlapMs } from '../../functions/collect/cursor.ts';
import { keptMs, nextWindow, sentMemory } from '../../functions/collect/window.ts';

const minuteMs = 60_000;
const hourMs = 60 * minuteMs;
const dayMs = 24 * hourMs;
const start = Date.UTC(2026, 2, 1, 10, 30, 15, 250);

describe('nextWindow', () => {
  it('asks for whole seconds, at most a day, from 20 minutes before what was read, to a minute before now', () => {
    const untilBeforeNow = fc.oneof(fc.integer({ min: 0, max: 2 * hourMs }), fc.integer({ min: 0, max: 90 * dayMs }));
    fc.assert(
      fc.property(fc.integer({ min: start, max: start + dayMs }), untilBeforeNow, (now, agoMs) => {
        const until = now - agoMs;
        const { window, lost } = nextWindow(until, now);
        if (!window) throw new Error('no window');
        expect([window.from % 1000, window.to % 1000]).toEqual([0, 0]);
        expect(window.to).toBeGreaterThan(window.from);
        expect(window.to - window.from).toBeLessThanOrEqual(dayMs);
        expect(window.to).toBeLessThanOrEqual(now - minuteMs);
        expect(window.isLast).toBe(window.to > now - minuteMs - 1000);
        const oldest = Math.floor((now - keptMs) / 1000) * 1000;
        expect(lost).toEqual(until < oldest ? { from: until, to: oldest } : undefined);
        expect(window.from).toBe(Math.max(oldest, Math.floor(Math.min(until, window.to) / 1000 - 20 * 60) * 1000));
      }),
      { seed: 1, numRuns: 500 },
    );
  });

  it('leaves no gap from one window to the next, and is caught up after a window a day', () => {
    const waits = fc.array(fc.oneof(fc.nat(30 * minuteMs), fc.nat(3 * dayMs)), { minLength: 1, maxLength: 12 });
    fc.assert(
      fc.property(fc.nat(20 * dayMs), waits, (behindMs, pauses) => {
        let now = start;
        let until = now - behindMs;
        for (const pauseMs of pauses) {
          now += pauseMs;
          for (let windows = 0; ; windows++) {
            const { window } = nextWindow(until, now);
            if (!window) throw new Error('no window');
            expect(window.from).toBeLessThanOrEqual(Math.min(until, now - minuteMs) - overlapMs);
            until = window.to;
            if (window.isLast) break;
            expect(windows).toBeLessThan(25);
          }
        }
      }),
      { seed: 2, numRuns: 100 },
    );
  });

  it('tells which span Mimecast no longer keeps', () => {
    const until = start - keptMs - 3 * dayMs;
    const { window, lost } = nextWindow(until, start);
    const oldest = Math.floor((start - keptMs) / 1000) * 1000;
    expect(lost).toEqual({ from: until, to: oldest });
    expect(window).toEqual({ from: oldest, to: oldest + dayMs, isLast: false });
  });

  it('goes on at once after a clock that ran ahead, instead of waiting until that time comes', () => {
    const { window, lost } = nextWindow(start + 5 * dayMs, start);
    const settled = Math.floor((start - minuteMs) / 1000) * 1000;
    expect(window).toEqual({ from: settled - overlapMs, to: settled, isLast: true });
    expect(lost).toBeUndefined();
  });
});

type Ids = Pick<WindowCursor, 'recent' | 'seen'>;
const noIds: Ids = { recent: new Uint8Array(), seen: new Uint8Array() };

function idOf(name: number | string): string {
  const bytes = Buffer.alloc(16);
  if (typeof name === 'number') bytes.writeDoubleBE(name);
  else bytes.write(name, 'latin1');
  return bytes.toString('base64url');
}

/** Ids as they come back from a checkpoint: bytes in a memory of their own. */
function saved({ recent, seen }: Ids): Ids {
  return { recent: new Uint8Array(recent), seen: new Uint8Array(seen) };
}

describe('sentMemory', () => {
  it('knows an event that the window shows again, in the same run and in the next one', () => {
    const memory = sentMemory(noIds, start);
    expect([memory.meet(idOf(1), start - 1), memory.meet(idOf(1), start - 1)]).toEqual([false, true]);
    const resumed = sentMemory(saved(memory.ids()), start);
    expect([resumed.meet(idOf(1), start - 1), resumed.meet(idOf(2), start - 1)]).toEqual([true, false]);
  });

  it('carries the younger events of a whole window into the next, and no others', () => {
    const memory = sentMemory(noIds, start);
    memory.meet(idOf('old'), start - overlapMs - 1);
    memory.meet(idOf('fresh'), start - overlapMs);
    memory.meet(idOf('young'), start - 1);
    memory.meet(idOf('no time'), undefined);
    const ids = saved(memory.wholeIds());
    expect([ids.recent.length, ids.seen.length]).toEqual([3 * 8, 0]);
    const next = sentMemory(ids, start + hourMs);
    const shown = ['old', 'fresh', 'young', 'no time'].map((name) => next.meet(idOf(name), start));
    expect(shown).toEqual([false, true, true, true]);
  });

  it('keeps an event without time for as long as each window shows it', () => {
    let ids = noIds;
    for (let window = 0; window < 5; window++) {
      const memory = sentMemory(ids, start + window * hourMs);
      expect(memory.meet(idOf('no time'), undefined)).toBe(window > 0);
      ids = saved(memory.wholeIds());
    }
    const unseen = sentMemory(ids, start + 6 * hourMs);
    expect(sentMemory(saved(unseen.wholeIds()), start + 7 * hourMs).meet(idOf('no time'), undefined)).toBe(false);
  });

  it('forgets nothing while a window stays open over many runs', () => {
    let ids = saved({ recent: Buffer.from(idOf('before'), 'base64url').subarray(0, 8), seen: new Uint8Array() });
    for (let page = 0; page < 5; page++) {
      const memory = sentMemory(ids, start);
      expect(memory.meet(idOf(page), start - page)).toBe(false);
      ids = saved(memory.ids());
    }
    const memory = sentMemory(ids, start);
    const names = ['before', 0, 1, 2, 3, 4];
    expect(names.map((name) => memory.meet(idOf(name), start - 1))).toEqual(names.map(() => true));
  });

  it('keeps the first 8 bytes of each id, the oldest event first', () => {
    const memory = sentMemory(noIds, start);
    const agesMs = [3, 9, 1, 7];
    for (const ageMs of agesMs) memory.meet(idOf(ageMs), start - ageMs);
    memory.meet(idOf('no time'), undefined);
    const expected = [9, 7, 3, 1, 'no time'].map((name) => Buffer.from(idOf(name), 'base64url').subarray(0, 8));
    expect(Buffer.from(memory.ids().seen)).toEqual(Buffer.concat(expected));
    expect(Buffer.from(memory.wholeIds().recent)).toEqual(Buffer.concat(expected));
  });

  it('holds 700 KB of ids and drops the oldest, so that they are sent twice rather than lost', () => {
    const ids = Array.from({ length: 90_000 }, (_, number) => idOf(number));
    const memory = sentMemory({ recent: Buffer.alloc(8 * 1000, 'r'), seen: new Uint8Array() }, start);
    for (const [number, id] of ids.entries()) memory.meet(id, start - 90_000 + number);
    const open = memory.ids();
    expect([open.recent.length, open.seen.length]).toEqual([0, 700_000]);
    const next = sentMemory(saved(memory.wholeIds()), start + 1);
    const sentTwice = ids.filter((id) => !next.meet(id, start - hourMs));
    expect(sentTwice).toEqual(ids.slice(0, 2500));
  });

  it('gives what was sent before the window the room that the window leaves', () => {
    const recent = Buffer.from(Array.from({ length: 87_500 }, (_, number) => `b${number}`.padEnd(8)).join(''));
    const memory = sentMemory({ recent, seen: new Uint8Array() }, start);
    for (let number = 0; number < 100; number++) memory.meet(idOf(number), start);
    const { recent: kept, seen } = memory.ids();
    expect([kept.length + seen.length, seen.length]).toEqual([700_000, 800]);
    expect(Buffer.from(kept).equals(recent.subarray(800))).toBe(true);
  });
});

/** An event of a log: when it happened and how much later the log shows it. */
interface Late {
  readonly time: number;
  readonly delayMs: number;
}

function isShown({ time, delayMs }: Late, from: number, to: number, now: number): boolean {
  const second = Math.floor(time / 1000) * 1000;
  return second >= from && second <= to && time + delayMs <= now;
}

describe('windows and their memory', () => {
  it('send every event that shows up within 15 minutes exactly once, however the runs fall', () => {
    const late = fc.record({
      time: fc.integer({ min: start, max: start + 6 * hourMs }),
      delayMs: fc.nat(15 * minuteMs),
    });
    const pause = fc.oneof(fc.nat(minuteMs), fc.nat(12 * minuteMs), fc.nat(3 * hourMs));
    const runs = fc.array(fc.record({ pauseMs: pause, pageSize: fc.integer({ min: 1, max: 5 }) }), { maxLength: 30 });
    fc.assert(
      fc.property(fc.array(late, { maxLength: 40 }), runs, (events, schedule) => {
        const sent: number[] = [];
        let now = start;
        let until = start;
        let ids = noIds;
        for (const { pauseMs, pageSize } of [...schedule, { pauseMs: 8 * hourMs, pageSize: 3 }]) {
          now += pauseMs;
          const { window } = nextWindow(until, now);
          if (!window) throw new Error('no window');
          const shown = events.flatMap((event, name) => (isShown(event, window.from, window.to, now) ? [name] : []));
          // Each page is another run's: the memory goes through the cursor in between.
          for (let at = 0; at < shown.length; at += pageSize) {
            const memory = sentMemory(saved(ids), window.to);
            const page = shown.slice(at, at + pageSize);
            sent.push(...page.filter((name) => !memory.meet(idOf(name), events[name]?.time)));
            ids = memory.ids();
          }
          ids = sentMemory(saved(ids), window.to).wholeIds();
          until = window.to;
        }
        expect(sent.toSorted((a, b) => a - b)).toEqual(events.map((_, name) => name));
      }),
      { seed: 4, numRuns: 300 },
    );
  });
});
