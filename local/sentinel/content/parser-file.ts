import type { SchemaFunction } from '../kql/language.ts';

/** A parser as its file holds it; `parametersStart` and `bodyStart` are offsets in the file. */
export interface ParserFile extends SchemaFunction {
  readonly parametersStart: number;
  readonly bodyStart: number;
}

const firstLine = /^(\/\/ params: )(\(.*\))[ \t]*\r?\n/;

/** Reads `<function name>.kql`, whose first line is `// params: (…)`; undefined when the first line is another. */
export function readParser(fileName: string, text: string): ParserFile | undefined {
  const [line, start, parameters] = firstLine.exec(text) ?? [];
  if (line === undefined || start === undefined || parameters === undefined) return undefined;
  return {
    name: fileName.replace(/\.kql$/, ''),
    parameters,
    body: text.slice(line.length),
    parametersStart: start.length,
    bodyStart: line.length,
  };
}
