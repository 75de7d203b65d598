import type { Globals } from '../kql/kusto.ts';
import { type Analysis, analyze } from '../kql/language.ts';
import { unknownOldColumns } from './lint/absent-columns.ts';
import { unlikeArguments } from './lint/called-functions.ts';
import { joinsWithoutKind, unpackedWithoutSchema } from './lint/open-results.ts';
import type { Problem, Rule } from './lint/problem.ts';
import { slowContains } from './lint/slow-contains.ts';
import { unlikeBranches, unlikeComparisons } from './lint/unlike-types.ts';
import { unsortedWindows } from './lint/unsorted-windows.ts';

const rules: readonly Rule[] = [
  unlikeComparisons,
  unlikeBranches,
  unlikeArguments,
  unsortedWindows,
  unpackedWithoutSchema,
  joinsWithoutKind,
  slowContains,
  unknownOldColumns,
];

/** What Microsoft's binder and our own rules find wrong with a query, in the order of its text. */
export function checkQuery(text: string, globals: Globals): readonly Problem[] {
  return problemsOf(analyze(text, globals));
}

/** The same of a query that is bound already. */
export function problemsOf({ diagnostics, syntax: query }: Analysis): readonly Problem[] {
  const bound = diagnostics
    .filter(({ severity }) => severity === 'Error' || severity === 'Warning')
    .map(({ start, code, message }) => ({ start, message: `${message} (${code})` }));
  return [...bound, ...rules.flatMap((rule) => rule(query))].toSorted((a, b) => a.start - b.start);
}
