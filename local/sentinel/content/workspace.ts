import { tables } from '../../../functions/tables/index.ts';
import { allColumns } from '../../../functions/tables/table.ts';
import type { Globals } from '../kql/kusto.ts';
import { kustoSchema, type SchemaFunction, type SchemaTable } from '../kql/language.ts';
import oldColumns from './old-columns.json' with { type: 'json' };
import { securityAlertTable } from './security-alert.ts';
import { securityIncidentTable } from './security-incident.ts';
import { shippedWatchlists, type Watchlist, watchlistFunction, watchlistTable } from './watchlists.ts';

/** The tables that deployment creates, with all their columns. */
export const workspaceTables: readonly SchemaTable[] = tables.map((table) => ({
  name: table.name,
  columns: allColumns(table),
}));

/** What content is bound against: the tables that deployment creates, the parsers as saved functions, alerts, incidents and watchlists. */
export function workspace(parsers: readonly SchemaFunction[], watchlists: readonly Watchlist[] = []): Globals {
  return kustoSchema({
    tables: [...workspaceTables, securityAlertTable, securityIncidentTable, watchlistTable],
    functions: [...parsers, watchlistFunction(watchlists)],
  });
}

/** Every column name that a table or watchlist of ours has, or a table had in solution 3.0 or 3.1. */
export const knownColumns: ReadonlySet<string> = new Set([
  ...workspaceTables.flatMap(({ columns }) => Object.keys(columns)),
  ...Object.values(oldColumns).flatMap((generations) => Object.values(generations).flatMap((of) => Object.keys(of))),
  ...Object.values(shippedWatchlists).flatMap(({ columns }) => columns),
]);
