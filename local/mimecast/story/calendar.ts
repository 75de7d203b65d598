import { startOfDay } from '../times.ts';

export const minuteMs = 60_000;
export const hourMs = 60 * minuteMs;
export const dayMs = 24 * hourMs;
/** Time runs in quarters of an hour; each is made by itself, so that a story can go on from any of them. */
export const slotMs = 15 * minuteMs;
const slotsPerHour = hourMs / slotMs;

/** How busy each hour (UTC) of a working day is, beside the others. */
const workingHours = [
  0.1, 0.1, 0.1, 0.1, 0.2, 0.5, 1.5, 4, 9, 12, 12, 11, 7, 9, 11, 10, 8, 5, 2, 1.2, 0.8, 0.5, 0.3, 0.2,
];
const busiest = workingHours.reduce((sum, weight) => sum + weight, 0);
const weekendShare = 0.07;
const weekendNoise = { from: 8, to: 22 };

/** Whether people work on the day of a time (epoch ms): Monday to Friday, in UTC. */
function isWorkingDay(time: number): boolean {
  const weekday = new Date(time).getUTCDay();
  return weekday !== 0 && weekday !== 6;
}

/** Which share of a working day's work falls into the slot that starts at a time (epoch ms). */
export function workIn(slot: number): number {
  const hour = new Date(slot).getUTCHours();
  if (isWorkingDay(slot)) return (workingHours[hour] ?? 0) / busiest / slotsPerHour;
  const isAwake = hour >= weekendNoise.from && hour < weekendNoise.to;
  const hours = weekendNoise.to - weekendNoise.from;
  return isAwake ? weekendShare / hours / slotsPerHour : 0;
}

/** Which share of a day's automatic mail falls into a slot: most of it between 5 and 20 o'clock, less on weekends. */
export function bulkIn(slot: number): number {
  const hour = new Date(slot).getUTCHours();
  const share = hour >= 5 && hour < 20 ? 0.9 / 15 : 0.1 / 9;
  return (share / slotsPerHour) * (isWorkingDay(slot) ? 1 : 0.4);
}

/** Which share of a day's unwanted mail falls into a slot: it never rests. */
export function unwantedIn(slot: number): number {
  return ((isWorkingDay(slot) ? 1 : 0.7) * slotMs) / dayMs;
}

/** The start of the n-th working day before the day of a time; the first is the one before it (all epoch ms, UTC). */
export function workingDayBefore(time: number, n: number): number {
  let day = startOfDay(time);
  for (let left = n; left > 0; left -= isWorkingDay(day) ? 1 : 0) day -= dayMs;
  return day;
}

/** The number of a working day since the epoch, for what comes round every few of them. */
export function workingDayNumber(time: number): number {
  const days = Math.floor(time / dayMs) + 3;
  return Math.floor(days / 7) * 5 + Math.min(days % 7, 5);
}
