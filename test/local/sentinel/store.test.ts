import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { type StoredRow, openStore } from '../../../local/sentinel/store.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'store-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

const noon = Date.UTC(2026, 10, 21, 12);
const rowOf = (n: number): StoredRow => ({
  timeGenerated: noon + n,
  arrival: noon + 60_000,
  row: { n, text: 'é "quoted"', list: [1, { a: null }] },
});
const listOf = (count: number): StoredRow[] => Array.from({ length: count }, (_, n) => rowOf(n));

test('gives rows back as they were, in the order they came', () => {
  const store = openStore(':memory:');
  store.insert('A_CL', [rowOf(2), rowOf(1)]);
  store.insert('A_CL', [rowOf(3)]);
  expect([...store.rows('A_CL')]).toEqual([rowOf(2), rowOf(1), rowOf(3)]);
  store.close();
});

test('keeps tables apart, also those whose names differ in case alone', () => {
  const store = openStore(':memory:');
  store.insert('B_CL', listOf(2));
  store.insert('a_CL', listOf(3));
  store.insert('A_CL', listOf(1));
  expect(store.tables()).toEqual(['A_CL', 'B_CL', 'a_CL']);
  expect(['A_CL', 'B_CL', 'a_CL', 'C_CL'].map((table) => store.count(table))).toEqual([1, 2, 3, 0]);
  expect([...store.rows('C_CL')]).toEqual([]);
  store.close();
});

test('inserts all rows of a call or none', () => {
  const store = openStore(':memory:');
  const unreadable = { ...rowOf(1), arrival: Number.NaN };
  expect(() => store.insert('A_CL', [rowOf(0), unreadable])).toThrow(/NOT NULL/);
  expect([store.count('A_CL'), store.tables()]).toEqual([0, []]);
  store.insert('A_CL', [rowOf(0)]);
  expect(store.count('A_CL')).toBe(1);
  store.close();
});

test('is read twice at a time, and while it grows, as it was when reading began', () => {
  const store = openStore(':memory:');
  store.insert('A_CL', listOf(3));
  const pairs: number[] = [];
  for (const outer of store.rows('A_CL')) {
    for (const inner of store.rows('A_CL')) pairs.push(inner.timeGenerated - outer.timeGenerated);
    if (pairs.length < 50) store.insert('A_CL', [rowOf(9)]);
  }
  expect(pairs.length).toBe(3 + 4 + 5);
  store.close();
});

test('a file outlives the process that wrote it, even a killed one', () => {
  const path = join(folder, 'rows.db');
  const module = JSON.stringify(fileURLToPath(new URL('../../../local/sentinel/store.ts', import.meta.url)));
  const program = `
    const { openStore } = await import(${module});
    openStore(${JSON.stringify(path)}).insert('A_CL', [{ timeGenerated: 1, arrival: 2, row: { kept: true } }]);
    process.kill(process.pid, 'SIGKILL');`;
  const { signal } = spawnSync(process.execPath, ['--input-type=module', '--eval', program]);
  expect(signal).toBe('SIGKILL');
  const store = openStore(path);
  expect([...store.rows('A_CL')]).toEqual([{ timeGenerated: 1, arrival: 2, row: { kept: true } }]);
  store.insert('A_CL', [rowOf(1)]);
  expect(store.count('A_CL')).toBe(2);
  store.close();
});

test('takes 50,000 rows in a few seconds', () => {
  const store = openStore(join(folder, 'rows.db'));
  const rows = listOf(1000).map((stored) => ({ ...stored, row: { ...stored.row, filler: 'x'.repeat(800) } }));
  const startedAt = performance.now();
  for (let call = 0; call < 50; call++) store.insert('A_CL', rows);
  // Alone on a machine it takes less than a second; the limit only catches a lost transaction.
  expect(performance.now() - startedAt).toBeLessThan(5000);
  expect(store.count('A_CL')).toBe(50_000);
  store.close();
});
