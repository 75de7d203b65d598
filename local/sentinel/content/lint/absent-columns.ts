import { syntax, textOf } from '../../kql/kusto.ts';
import { knownColumns } from '../workspace.ts';
import { callsOf } from './calls.ts';
import { problemAt, type Rule } from './problem.ts';

/** A misspelt name in `column_ifexists` gives its default for ever, and nothing says so. */
export const unknownOldColumns: Rule = (query) =>
  callsOf(query, 'column_ifexists', 'columnifexists').flatMap(({ given: [name] }) => {
    if (!(name instanceof syntax.LiteralExpression)) return [];
    const column = textOf(name).replace(/^@?(['"])(.*)\1$/, '$2');
    return knownColumns.has(column) ? [] : [problemAt(name, `no table has or had a column ${column}`)];
  });
