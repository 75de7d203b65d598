import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { checkParsers } from '../local/sentinel/content/check-parsers.ts';
import type { ContentFile } from '../local/sentinel/content/parser-file.ts';
import { checkRules } from '../local/sentinel/content/check-rules.ts';
import { checkWorkbooks } from '../local/sentinel/workbook/check-workbooks.ts';

/** The folder that holds `parsers-kql/`, `analytics-rules/` and `workbooks/`: the first argument, or this project. */
const root = process.argv[2] ?? join(import.meta.dirname, '..');

/** The files of a folder that end in `ending`, by name. */
function filesOf(folder: string, ending: string): readonly ContentFile[] {
  if (!existsSync(join(root, folder))) return [];
  const names = readdirSync(join(root, folder)).filter((name) => name.endsWith(ending));
  return names.toSorted().map((name) => {
    const path = `${folder}/${name}`;
    return { path, text: readFileSync(join(root, path), 'utf8') };
  });
}

const parsers = filesOf('parsers-kql', '.kql');
const rules = filesOf('analytics-rules', '.yaml');
const workbooks = filesOf('workbooks', '.json');
const findings = [...checkParsers(parsers), ...checkRules(rules, parsers), ...checkWorkbooks(workbooks, parsers)];
for (const { file, line, column, message } of findings) console.log(`${file}:${line}:${column}: ${message}`);
console.log(
  `${parsers.length} parsers, ${rules.length} rules, ${workbooks.length} workbooks, ${findings.length} findings`,
);
if (findings.length > 0) process.exitCode = 1;
