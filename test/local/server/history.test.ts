import { expect, test } from 'vitest';
import { openHistory } from '../../../local/server/history.ts';

const minuteMs = 60_000;
const hourMs = 60 * minuteMs;
const now = Date.UTC(2026, 0, 15, 12, 30, 30);
const row = (timeGenerated: number, arrival = timeGenerated) => ({ timeGenerated, arrival, row: {} });

test.each([
  ['hour', minuteMs, 60],
  ['day', 30 * minuteMs, 48],
  ['fortnight', 6 * hourMs, 60],
] as const)('the last %s has its bars, the last of which holds now', (span, bucketMs, buckets) => {
  const { starts, ...answer } = openHistory().read('event', span, now);
  expect(answer.bucketMs).toBe(bucketMs);
  expect(starts).toHaveLength(buckets);
  expect(starts.every((start) => start % bucketMs === 0)).toBe(true);
  expect(now - (starts.at(-1) ?? 0)).toBeLessThan(bucketMs);
});

test('rows are counted by their event time and by their arrival', () => {
  const history = openHistory();
  history.land('Audit_CL', [row(now - 2 * hourMs, now), row(now - 2 * hourMs, now), row(now, now)]);
  const last = (kind: 'event' | 'arrival') => {
    const audit = history.read(kind, 'hour', now).series.find(({ table }) => table === 'Audit_CL');
    return audit?.rows.at(-1);
  };
  expect([last('event'), last('arrival')]).toEqual([1, 3]);
});

test('a span holds every row in it and no other', () => {
  const history = openHistory();
  for (let hours = 0; hours < 500; hours++) history.land('Audit_CL', [row(now - hours * hourMs)]);
  const sum = (span: 'hour' | 'day' | 'fortnight') =>
    history.read('event', span, now).series.reduce((total, { rows }) => total + rows.reduce((a, b) => a + b, 0), 0);
  expect([sum('fortnight'), sum('day'), sum('hour')]).toEqual([355, 24, 1]);
  // What is too old for fine bars is forgotten there, and still counted in the coarse ones.
  expect(sum('fortnight')).toBe(355);
});
