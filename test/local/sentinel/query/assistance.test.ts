import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { parsersOf } from '../../../../local/sentinel/content/parser-file.ts';
import { workspace } from '../../../../local/sentinel/content/workspace.ts';
import { type Assistance, assist } from '../../../../local/sentinel/query/assistance.ts';
import { sourcesOf } from '../../../../local/sentinel/query/sources.ts';
import { analyze } from '../../../../local/sentinel/kql/language.ts';
import { examples } from '../../../../local/web/kql/examples.ts';

const folder = join(import.meta.dirname, '..', '..', '..', '..', 'parsers-kql');
const shipped = readdirSync(folder).map((path) => ({ path, text: readFileSync(join(folder, path), 'utf8') }));
const body = 'Audit_CL | project TimeGenerated, EventTime, ["Audit Type"] = auditType, User = user';
const small = workspace(
  parsersOf([{ path: 'Logons.kql', text: `// params: (since:datetime=datetime(null))\n${body}\n` }]),
);

/** What is said of a query whose caret stands at `^`. */
function at(text: string): Assistance {
  return assist({ writing: text.replace('^', ''), caret: text.indexOf('^') }, small);
}

function labels(text: string): readonly string[] {
  return at(text).completions.map(({ label }) => label);
}

describe('at the caret', () => {
  test('a parser, a table, an operator, a column, an aggregate and a chart are offered', () => {
    expect(at('Log^').completions[0]).toMatchObject({ label: 'Logons', kind: 'parser' });
    expect(labels('Seg^')).toEqual(expect.arrayContaining(['Seg_Cg_CL', 'Seg_Dlp_CL']));
    expect(labels('Logons | summ^')[0]).toBe('summarize');
    expect(labels('Logons | where Us^')[0]).toBe('User');
    expect(labels('Logons | summarize dco^')[0]).toMatch(/^dcount\(/);
    expect(labels('Logons | render time^')).toContain('timechart');
  });

  test('what begins with the typed letters stands before what has them inside', () => {
    const found = labels('Logons | where Time^');
    expect(found[0]).toBe('TimeGenerated');
    expect(found.slice(1)).toContain('EventTime');
    expect(found.indexOf('EventTime')).toBeGreaterThan(found.indexOf('timespan()'));
  });

  test('a column with a space is written as a query needs it, in the place of what was typed', () => {
    const { completions, start, length } = at('Logons | where Audi^ == 1');
    expect([start, length]).toEqual([15, 4]);
    expect(completions[0]).toMatchObject({ label: 'Audit Type', kind: 'column', before: "['Audit Type']" });
  });

  test('nothing that a query lost is offered', () => {
    expect(labels('Logons | project User | where Event^')).not.toContain('EventTime');
  });
});

describe('what is wrong', () => {
  test('has a line and a column counted from 1', () => {
    expect(at('Logons\n| where Unheard == 1\n| project Nothing^').faults).toMatchObject([
      { line: 2, column: 9, isError: true },
      { line: 3, column: 11, isError: true, length: 7, message: expect.stringContaining('KS142') },
    ]);
  });

  test('is nothing in a sound query, nor where nothing is written', () => {
    expect([at('Logons | take 1^').faults, at('  ^').faults]).toEqual([[], []]);
  });

  test('of an example is nothing', () => {
    const globals = workspace(parsersOf(shipped));
    for (const { query } of examples) expect([query, analyze(query, globals).diagnostics]).toEqual([query, []]);
  });
});

test('the sources are the parsers and the tables, with their columns', () => {
  const sources = sourcesOf(small);
  expect(sources[0]).toMatchObject({ name: 'Logons', kind: 'parser' });
  expect(sources[0]?.columns.map(({ name }) => name)).toEqual(['TimeGenerated', 'EventTime', 'Audit Type', 'User']);
  const tables = sources.filter(({ kind }) => kind === 'table').map(({ name }) => name);
  expect(tables).toEqual(expect.arrayContaining(['Audit_CL', 'SecurityAlert', 'Watchlist']));
});
