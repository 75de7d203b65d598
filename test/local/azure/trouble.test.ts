import { expect, test } from 'vitest';
import { type Trouble, refusalOf, troubles } from '../../../local/azure/trouble.ts';

type Filtered = Trouble<{ readonly table?: string }>;

/** The kinds that strike `count` requests, `-` where none does. */
function struck(list: readonly Filtered[], count: number): string[] {
  const active = troubles<Filtered>();
  for (const trouble of list) active.add(trouble);
  return Array.from({ length: count }, () => active.strike(() => true)?.kind ?? '-');
}

test('strikes each request until calm when no occasion is given', () => {
  const active = troubles<Filtered>();
  active.add({ kind: 'hang' });
  expect([active.strike(() => true)?.kind, active.strike(() => true)?.kind]).toEqual(['hang', 'hang']);
  active.clear();
  expect(active.strike(() => true)).toBeUndefined();
});

test('lets `after` requests pass, then strikes `times` times', () => {
  expect(struck([{ kind: 'hang', after: 2, times: 1 }], 5)).toEqual(['-', '-', 'hang', '-', '-']);
});

test('strikes every nth request after the first ones', () => {
  const kinds = struck([{ kind: 'partial', every: 3, after: 1, times: 2 }], 9);
  expect(kinds).toEqual(['-', '-', '-', 'partial', '-', '-', 'partial', '-', '-']);
});

test('a later trouble begins when an earlier one is spent', () => {
  const list: Filtered[] = [
    { kind: 'throttled', times: 2 },
    { kind: 'status500', after: 1, times: 1 },
  ];
  expect(struck(list, 5)).toEqual(['throttled', 'throttled', '-', 'status500', '-']);
});

test('counts only the requests that it concerns', () => {
  const active = troubles<Filtered>();
  active.add({ kind: 'hang', table: 'A_CL', after: 1, times: 1 });
  const strike = (table: string): string => active.strike((trouble) => trouble.table === table)?.kind ?? '-';
  expect(['B_CL', 'A_CL', 'B_CL', 'A_CL', 'A_CL'].map(strike)).toEqual(['-', '-', '-', 'hang', '-']);
});

test.each([
  [{ kind: 'unauthorized' }, 401],
  [{ kind: 'forbidden' }, 403],
  [{ kind: 'tooLarge' }, 413],
  [{ kind: 'throttled' }, 429],
  [{ kind: 'status500' }, 500],
  [{ kind: 'status502' }, 502],
  [{ kind: 'status503' }, 503],
  [{ kind: 'status504' }, 504],
  [{ kind: 'busyAfterAccept' }, 503],
  [{ kind: 'partial', every: 2 }, 500],
  [{ kind: 'partial', every: 2, status: 400 }, 400],
  [{ kind: 'hang' }, undefined],
] as const)('%o answers %s', (trouble, status) => {
  expect(refusalOf(trouble)?.status).toBe(status);
});
