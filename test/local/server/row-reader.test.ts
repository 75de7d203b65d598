import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { openStore } from '../../../local/sentinel/store.ts';
import { openRowReader } from '../../../local/server/row-reader.ts';

const folder = mkdtempSync(join(tmpdir(), 'rows-'));
const path = join(folder, 'rows.db');
const store = openStore(path);
const subjects = ['plain', '100% sure_', 'say "hi" \\ back', '<img src=x onerror=1>', 'ÄÖ \u202Eשלום', 'PLAIN too'];
const rows = subjects.map((subject, n) => ({ timeGenerated: 1000 + (n % 3), arrival: n, row: { subject, n } }));
store.insert('Seg_Cg_CL', rows);
store.insert('Audit_CL', rows);
const reader = openRowReader(path);
afterAll(() => {
  reader.close();
  store.close();
  rmSync(folder, { recursive: true });
});

const found = (search: string) => reader.list({ table: 'Seg_Cg_CL', search, limit: 10 }).map(({ row }) => row['n']);

test('rows come with the newest first, and go on behind the last one shown', () => {
  expect(found('')).toEqual([5, 2, 4, 1, 3, 0]);
  const first = reader.list({ table: 'Seg_Cg_CL', search: '', limit: 4 });
  const rest = reader.list({ table: 'Seg_Cg_CL', search: '', limit: 4, after: first.at(-1) });
  expect([...first, ...rest].map(({ row }) => row['n'])).toEqual([5, 2, 4, 1, 3, 0]);
});

test.each([
  ['plain', [5, 0]],
  ['100%', [1]],
  ['sure_', [1]],
  ['%', [1]],
  ['"hi" \\', [2]],
  ['<img src=x', [3]],
  ['\u202Eשלום', [4]],
  ['nobody', []],
])('the search for %j takes every character for itself', (search, expected) => {
  expect(found(search)).toEqual(expected);
});

test('one row is found in its own table alone', () => {
  const [row] = reader.list({ table: 'Audit_CL', search: 'plain', limit: 1 });
  const id = row?.id ?? 0;
  expect(reader.one('Audit_CL', id)).toEqual(row);
  expect(reader.one('Seg_Cg_CL', id)).toBeUndefined();
});
