import type { SchemaFunction } from '../kql/language.ts';

/** A file of content: its path inside the project and its text. */
export interface ContentFile {
  readonly path: string;
  readonly text: string;
}

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

/** The parsers of files called `<function name>.kql`; those without a line of parameters are left out. */
export function parsersOf(files: readonly ContentFile[]): readonly ParserFile[] {
  return files.flatMap(({ path, text }) => readParser(path.split('/').at(-1) ?? path, text) ?? []);
}
