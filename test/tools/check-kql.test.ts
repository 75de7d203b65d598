import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';

const tool = join(import.meta.dirname, '..', '..', 'tools', 'check-kql.ts');
let folder = '';

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'check-kql-'));
  mkdirSync(join(folder, 'parsers-kql'));
});

afterEach(() => rmSync(folder, { recursive: true }));

/** The exit code and the lines of the tool over a parser with that text. */
function checked(text: string): readonly [number | null, readonly string[]] {
  writeFileSync(join(folder, 'parsers-kql', 'Mail.kql'), text);
  const { status, stdout } = spawnSync(process.execPath, [tool, folder], { encoding: 'utf8' });
  return [status, stdout.trimEnd().split('\n')];
}

test('exits 1 and names file, line and column of what it finds', () => {
  expect(checked('// params: ()\nSeg_Cg_CL\n| where offset == "5"\n| join (Seg_Dlp_CL) on messageId\n')).toEqual([
    1,
    [
      'parsers-kql/Mail.kql:3:9: compares real with string',
      'parsers-kql/Mail.kql:4:3: join without kind=',
      '1 parsers, 0 rules, 0 workbooks, 2 findings',
    ],
  ]);
});

test('exits 0 when there is nothing to find', () => {
  expect(checked('// params: ()\nSeg_Cg_CL | where offset == 5\n')).toEqual([
    0,
    ['1 parsers, 0 rules, 0 workbooks, 0 findings'],
  ]);
});
