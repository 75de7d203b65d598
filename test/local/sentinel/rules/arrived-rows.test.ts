import { expect, test } from 'vitest';
import type { JsonObject } from '../../../../functions/tables/json.ts';
import type { SourceRow } from '../../../../local/sentinel/kql/scope.ts';
import { keepRows } from '../../../../local/sentinel/rules/arrived-rows.ts';

const row = (timeGenerated: number, arrival: number, cells: JsonObject = {}): SourceRow => ({
  timeGenerated,
  arrival,
  row: cells,
});
const times = (rows: Iterable<SourceRow>): number[] => [...rows].map(({ timeGenerated }) => timeGenerated);
const isSpam = { column: 'type', texts: new Set(['spam']), isIn: true };

test('rows are read by time, whatever order they came in', () => {
  const kept = keepRows();
  kept.add('Mail_CL', [row(30, 31), row(10, 40)]);
  expect(times(kept.rows('Mail_CL', {}))).toEqual([10, 30]);
  kept.add('Mail_CL', [row(20, 21)]);
  expect(times(kept.rows('Mail_CL', { sinceMs: 20 }))).toEqual([20, 30]);
  expect(times(kept.rows('Mail_CL', { sinceMs: 11, untilMs: 20 }))).toEqual([20]);
  expect(times(kept.rows('Other_CL', {}))).toEqual([]);
});

test('rows are read by what a column holds, nothing being the empty text', () => {
  const kept = keepRows();
  kept.add('Mail_CL', [row(1, 1, { type: 'spam' }), row(2, 2, { type: 'Spam' }), row(3, 3)]);
  expect(times(kept.rows('Mail_CL', { matches: [isSpam] }))).toEqual([1]);
  kept.add('Mail_CL', [row(4, 4, { type: 'spam' })]);
  expect(times(kept.rows('Mail_CL', { matches: [isSpam] }))).toEqual([1, 4]);
  expect(times(kept.rows('Mail_CL', { matches: [{ ...isSpam, ignoresCase: true }] }))).toEqual([1, 2, 4]);
  expect(times(kept.rows('Mail_CL', { matches: [{ ...isSpam, isIn: false }] }))).toEqual([2, 3]);
  expect(times(kept.rows('Mail_CL', { matches: [{ ...isSpam, texts: new Set(['']) }] }))).toEqual([3]);
});

test('what holds of copies alone is used as long as no copy differs in it', () => {
  const kept = keepRows();
  const ofCopies = { ...isSpam, copiesBy: 'EventId' };
  kept.add('Mail_CL', [row(1, 1, { EventId: 'a', type: 'spam', at: 1 }), row(2, 2, { EventId: 'b', type: 'virus' })]);
  kept.add('Mail_CL', [row(3, 3, { EventId: 'a', type: 'spam', at: 3 })]);
  expect(times(kept.rows('Mail_CL', { matches: [ofCopies] }))).toEqual([1, 3]);
  expect(times(kept.rows('Mail_CL', { matches: [{ ...ofCopies, copiesBy: 'messageId' }] }))).toEqual([1, 2, 3]);
  kept.add('Mail_CL', [row(4, 4, { EventId: 'b', type: 'spam' })]);
  expect(times(kept.rows('Mail_CL', { matches: [ofCopies] }))).toEqual([1, 2, 3, 4]);
});

test('arrivals and times are found between two ends, the first left out', () => {
  const kept = keepRows();
  kept.add('Mail_CL', [row(10, 100, { type: 'spam' }), row(20, 200)]);
  const arrived = (after: number, until: number) => kept.hasArrived('Mail_CL', [isSpam], { after, until });
  expect([arrived(99, 100), arrived(100, 300), arrived(0, 99)]).toEqual([true, false, false]);
  const there = (after: number, until: number) => kept.hasTime('Mail_CL', { after, until });
  expect([there(10, 20), there(20, 30), there(9, 10)]).toEqual([true, false, true]);
});
