import type { Globals } from '../kql/kusto.ts';
import { checkQuery } from './check-query.ts';
import type { Problem } from './lint/problem.ts';
import { type ContentFile, type ParserFile, parsersOf } from './parser-file.ts';
import { type Position, positionAt } from './position.ts';
import { workspace } from './workspace.ts';

/** What is wrong in a file, and where. */
export interface Finding extends Position {
  readonly file: string;
  readonly message: string;
}

/** Binds each parser against the workspace's tables and the other parsers. */
export function checkParsers(files: readonly ContentFile[]): readonly Finding[] {
  const globals = workspace(parsersOf(files));
  return files.flatMap((file) => {
    const [parser] = parsersOf([file]);
    const problems = parser
      ? problemsOf(parser, globals)
      : [{ start: 0, message: 'the first line is no `// params: (…)`' }];
    return problems.map(({ start, message }) => ({ file: file.path, ...positionAt(file.text, start), message }));
  });
}

/** The problems of a parser at offsets in its file. */
function problemsOf(
  { parameters, parametersStart, body, bodyStart }: ParserFile,
  globals: Globals,
): readonly Problem[] {
  const declare = 'declare query_parameters';
  const head = /^\(\s*\)$/.test(parameters) ? '' : `${declare}${parameters};\n`;
  return checkQuery(`${head}${body}`, globals).map(({ start, message }) => ({
    start:
      start < head.length ? Math.max(start - declare.length, 0) + parametersStart : start - head.length + bodyStart,
    message,
  }));
}
