import { describe, expect, test } from 'vitest';
import { keepCalls } from '../../../../local/sentinel/kql/kept-calls.ts';
import { keepTable } from '../../../../local/sentinel/kql/kept-table.ts';
import { kustoSchema } from '../../../../local/sentinel/kql/language.ts';
import type { SourceRow } from '../../../../local/sentinel/kql/scope.ts';
import { ask, now } from './ask.ts';

const nowMs = Date.parse(now);
const hourMs = 3_600_000;
const globals = kustoSchema({
  tables: [{ name: 'Mail_CL', columns: { type: 'string', size: 'long' } }],
  functions: [
    {
      name: 'Mail',
      parameters: '(types:dynamic=dynamic([]))',
      body: 'Mail_CL | where array_length(types) == 0 or type in (types)',
    },
    { name: 'RecentMail', parameters: '()', body: 'Mail() | where TimeGenerated > ago(2h)' },
  ],
});

function row(hoursAgo: number, type: string, size: number): SourceRow {
  const at = nowMs - hoursAgo * hourMs;
  return { timeGenerated: at, arrival: at, row: { type, size } };
}

/** Asks over a table that counts how often a column of it is read. */
function workspaceOf(rows: readonly SourceRow[]) {
  const table = keepTable();
  table.add(rows);
  const calls = keepCalls();
  const read: string[] = [];
  const kept = (name: string) => {
    if (name !== 'Mail_CL') return undefined;
    read.push(name);
    return table;
  };
  const asked = (query: string, at = nowMs) => ask(query, { globals, surroundings: { kept, calls, nowMs: at } });
  return { table, read, asked };
}

const some = [row(1, 'in', 5), row(3, 'out', 7), row(5, 'in', 9)];

describe('what a saved function gave', () => {
  test('is taken again by another query with the same arguments', () => {
    const { asked, read } = workspaceOf(some);
    expect(asked('Mail(dynamic(["in"])) | summarize sum(size)')).toEqual([['14']]);
    const before = read.length;
    expect(asked('let which = dynamic(["in"]); Mail(which) | summarize max(size)')).toEqual([['9']]);
    // Only the length of the table is looked at.
    expect(read.length - before).toBe(1);
  });

  test('is not taken for other arguments, nor where other columns are wanted', () => {
    const { asked } = workspaceOf(some);
    expect(asked('Mail(dynamic(["in"])) | summarize sum(size)')).toEqual([['14']]);
    expect(asked('Mail(dynamic(["out"])) | summarize sum(size)')).toEqual([['7']]);
    expect(asked('Mail(dynamic(["in"])) | distinct type')).toEqual([['in']]);
    expect(asked('Mail(dynamic(["in"])) | project size, type')).toEqual([
      ['5', 'in'],
      ['9', 'in'],
    ]);
    expect(asked('Mail(dynamic(["in"]))')[0]).toHaveLength(7);
  });

  test('is computed anew when rows have landed', () => {
    const { asked, table } = workspaceOf(some);
    expect(asked('Mail | count')).toEqual([['3']]);
    table.add([row(0, 'in', 1)]);
    expect(asked('Mail | count')).toEqual([['4']]);
  });

  test('is computed anew at another time when it depends on the time', () => {
    const { asked } = workspaceOf(some);
    expect(asked('RecentMail | count')).toEqual([['1']]);
    expect(asked('RecentMail | count', nowMs + 10 * hourMs)).toEqual([['0']]);
  });

  test('is not mixed with what a function of the query itself gives', () => {
    const { asked } = workspaceOf(some);
    expect(asked('Mail | count')).toEqual([['3']]);
    expect(asked('let Mail = (types:dynamic) { Mail_CL | where size > 6 }; Mail(dynamic([])) | count')).toEqual([
      ['2'],
    ]);
  });
});
