import { tables } from '../../functions/tables/index.ts';
import { allColumns, type ColumnType, type Table } from '../../functions/tables/table.ts';
import oldColumns from '../../local/sentinel/content/old-columns.json' with { type: 'json' };
import { jsonText } from '../json-text.ts';

const spelling = new Map<string, string>(
  Object.entries({
    string: 'string',
    real: 'real',
    long: 'long',
    boolean: 'bool',
    dateTime: 'datetime',
    dynamic: 'dynamic',
  } satisfies Record<ColumnType, string>),
);

/** Columns that Azure adds to every table. https://learn.microsoft.com/azure/azure-monitor/logs/log-standard-columns */
const standardColumns = { TenantId: 'string', SourceSystem: 'string', Type: 'string', _ResourceId: 'string' };
const older = new Map<string, Readonly<Record<string, Readonly<Record<string, string>>>>>(Object.entries(oldColumns));

/** The table schemas that the KQL tests of Azure-Sentinel bind queries against, by path in that repository. */
export function customTables(): ReadonlyMap<string, string> {
  const folder = '.script/tests/KqlvalidationsTests/CustomTables';
  return new Map(tables.map((table) => [`${folder}/${table.name}.json`, jsonText(schema(table))]));
}

/** A table with the columns it has or had: installed ones of solution 3.0 and 3.1 keep theirs. */
function schema(table: Table): object {
  const old = Object.values(older.get(table.name) ?? {}).flatMap((columns) => Object.entries(columns));
  const columns = new Map([...Object.entries(standardColumns), ...old, ...Object.entries(allColumns(table))]);
  return {
    Name: table.name,
    Properties: [...columns].map(([Name, type]) => ({ Name, Type: spelling.get(type) ?? type })),
  };
}
