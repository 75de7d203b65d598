import { tables } from '../../../functions/tables/index.ts';
import { allColumns } from '../../../functions/tables/table.ts';
import type { Globals } from '../kql/kusto.ts';
import { kustoSchema, type SchemaFunction, type SchemaTable } from '../kql/language.ts';
import oldColumns from './old-columns.json' with { type: 'json' };

/** The tables that deployment creates, with all their columns. */
export const workspaceTables: readonly SchemaTable[] = tables.map((table) => ({
  name: table.name,
  columns: allColumns(table),
}));

/** What content is bound against: the tables that deployment creates, and the parsers as saved functions. */
export function workspace(parsers: readonly SchemaFunction[]): Globals {
  return kustoSchema({ tables: workspaceTables, functions: parsers });
}

/** Every column name that a table of ours has, or had in solution 3.0 or 3.1. */
export const knownColumns: ReadonlySet<string> = new Set([
  ...workspaceTables.flatMap(({ columns }) => Object.keys(columns)),
  ...Object.values(oldColumns).flatMap((generations) => Object.values(generations).flatMap((of) => Object.keys(of))),
]);
