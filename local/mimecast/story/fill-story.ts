import { randomFrom } from '../plain/random.ts';
import { startOfDay } from '../times.ts';
import { arrivalsOf } from './arrivals.ts';
import type { Attack } from './attack.ts';
import { fillAwareness } from './awareness.ts';
import { dayMs, hourMs, slotMs } from './calendar.ts';
import { type Chapter, chaptersOf } from './chapters.ts';
import { type Outbox, outboxTo, type Receiver } from './outbox.ts';
import { plannedAttacks, surprise } from './schedule.ts';
import { trafficIn } from './traffic.ts';
import { type World, worldOf } from './world.ts';

export type { Chapter } from './chapters.ts';

/** How a story is told: `users` people (40 or more) over the `days` before `now` (epoch ms); `quiet`: without attacks. */
export interface StoryOptions {
  readonly seed: number;
  readonly now: number;
  readonly days: number;
  readonly users: number;
  readonly quiet: boolean;
}

/** A story that has been told to a tenant, and can go on. */
export interface Story {
  /** What an analyst should find, the oldest first; those that come with `live` behind them. */
  readonly chapters: readonly Chapter[];
  /**
   * Adds what happens from a time until before another (epoch ms): ordinary traffic, and an attack now and then. The same
   * spans always bring the same, however they are cut; nothing is added twice. To be called with a span when it has passed.
   */
  live(from: number, to: number): void;
}

// The batch API shows 7 days; a day of reserve keeps what is listed from ending at midnight.
const listedDays = 6;

/** Fills all eleven feeds: every event added can be read at `now`, batch files older than Mimecast lists arrive on the oldest day it does. */
export function fillStory(tenant: Receiver, options: StoryOptions): Story {
  const { seed, now, days, users, quiet } = options;
  const start = now - days * dayMs;
  const world = worldOf(seed, users);
  const listedFrom = startOfDay(now) - listedDays * dayMs;
  const outbox = outboxTo(tenant, listedFrom);
  const attacks = quiet ? [] : plannedAttacks(world, now);
  const chapters = attacks.flatMap((attack) => attackFrom(outbox, attack, start));
  chapters.sort((a, b) => a.from - b.from);
  fillAwareness(tenant, world, { now, start });

  for (let slot = slotBefore(start); slot < now; slot += slotMs) {
    takeTraffic(outbox, world, slot, { from: start, to: now });
    const end = slot + slotMs;
    if (end <= now && end % fileEvery(end, { now, listedFrom }) === 0) outbox.send(end);
  }
  outbox.sendSingles(now);

  let told = now;
  return {
    chapters,
    live(from, to) {
      const span = { from: Math.max(from, told), to };
      if (span.from >= to) return;
      told = to;
      for (let slot = slotBefore(span.from); slot < to; slot += slotMs) {
        takeTraffic(outbox, world, slot, span);
        const next = quiet ? undefined : surprise(world, slot);
        if (next && isIn(next.at, span)) {
          const prefix = `${new Date(next.at).toISOString().slice(0, 16)}-`;
          takeAttack(outbox, next.attack);
          chapters.push(...chaptersOf(next.attack, prefix));
        }
        outbox.send(Math.min(slot + slotMs, to));
      }
    },
  };
}

interface Span {
  readonly from: number;
  readonly to: number;
}

function takeTraffic(outbox: Outbox, world: World, slot: number, span: Span): void {
  const late = randomFrom(`${world.seed} late ${slot}`);
  for (const { at, records } of trafficIn(world, slot)) {
    const arriving = arrivalsOf(records, late);
    if (isIn(at, span)) outbox.take(arriving);
  }
}

// A story of fewer days leaves out the attacks before them.
function attackFrom(outbox: Outbox, attack: Attack, start: number): readonly Chapter[] {
  const chapters = chaptersOf(attack);
  if (chapters.some(({ from }) => from < start)) return [];
  takeAttack(outbox, attack);
  return chapters;
}

function takeAttack(outbox: Outbox, { scenes }: Attack): void {
  for (const { id, records } of scenes) outbox.take(arrivalsOf(records, randomFrom(`late ${id} ${records[0]?.time}`)));
}

/** A file a type every quarter of an hour on the last day, every hour before, fewer where all arrive on one day anyway. */
function fileEvery(end: number, { now, listedFrom }: { now: number; listedFrom: number }): number {
  if (end > now - dayMs) return slotMs;
  return end >= listedFrom ? hourMs : 3 * hourMs;
}

function isIn(time: number, { from, to }: Span): boolean {
  return time >= from && time < to;
}

function slotBefore(time: number): number {
  return Math.floor(time / slotMs) * slotMs;
}
