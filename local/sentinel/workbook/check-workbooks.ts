import { checkQuery, problemsOf } from '../content/check-query.ts';
import type { Finding } from '../content/check-parsers.ts';
import { type ContentFile, parsersOf } from '../content/parser-file.ts';
import { positionAt } from '../content/position.ts';
import { workspace } from '../content/workspace.ts';
import type { Globals } from '../kql/kusto.ts';
import { analyze } from '../kql/language.ts';
import { unknownLooks } from './known-looks.ts';
import { namedColumns } from './named-columns.ts';
import { unreachable } from './reach.ts';
import { readWorkbook } from './read-workbook.ts';
import { sampleValues } from './sample-values.ts';
import { substitute } from './substitute.ts';
import { templateFaults } from './template-faults.ts';
import { allItems, type Item, type QueryItem } from './workbook.ts';

/** What is wrong, beside a text that is to be found in the file. */
interface Fault {
  readonly near: string;
  readonly message: string;
}

/**
 * Checks workbooks: each query with its parameters filled in passes the binder and our own rules, every column that a tile
 * names is in its query's result, nothing is used that is not known here, and Azure-Sentinel's checks pass.
 */
export function checkWorkbooks(files: readonly ContentFile[], parsers: readonly ContentFile[]): readonly Finding[] {
  const globals = workspace(parsersOf(parsers));
  return files.flatMap((file) =>
    faultsOf(file.text, globals).map(({ near, message }) => ({
      file: file.path,
      ...positionAt(file.text, file.text.indexOf(near)),
      message,
    })),
  );
}

function faultsOf(text: string, globals: Globals): readonly Fault[] {
  const { items, notices } = readWorkbook(text);
  const nowhere = [...notices, ...unreachable(items), ...templateFaults(text)];
  return [...nowhere.map((message) => ({ near: '', message })), ...queryFaults(items, globals)];
}

function queryFaults(items: readonly Item[], globals: Globals): readonly Fault[] {
  const values = sampleValues(items);
  const declared = new Set(values.keys());
  const filled = (query: string): string =>
    substitute(query, { values, declared, place: 'query', nowMs: Date.UTC(2026, 0, 1) }).text;
  return allItems(items).flatMap((item) => {
    if (item.type === 3) return faultsOfTile(item, filled(item.content.query), globals);
    const parameters = item.type === 9 ? item.content.parameters : [];
    return parameters.flatMap(({ query, name }) =>
      query === undefined
        ? []
        : said(
            query,
            name,
            checkQuery(filled(query), globals).map(({ message }) => message),
          ),
    );
  });
}

function faultsOfTile(item: QueryItem, query: string, globals: Globals): readonly Fault[] {
  const analysis = analyze(query, globals);
  const problems = problemsOf(analysis).map(({ start, message }) => {
    const { line, column } = positionAt(query, start);
    return `line ${line}, column ${column} of the query: ${message}`;
  });
  const known = new Set(analysis.columns.map(({ name }) => name));
  const missing = namedColumns(item).filter((name) => !known.has(name));
  return said(item.content.query, item.name, [
    ...problems,
    ...missing.map((name) => `the query has no column ${name}`),
    ...unknownLooks(item),
  ]);
}

function said(near: string, name: string, messages: readonly string[]): readonly Fault[] {
  return messages.map((message) => ({ near: JSON.stringify(near), message: `${name}: ${message}` }));
}
