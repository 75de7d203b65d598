import * as z from 'zod';
import type { ResourceManager } from '../azure-cli/resource-manager.ts';
import { tables } from '../../functions/tables/index.ts';
import { type ColumnType, type Columns, type Table, allColumns } from '../../functions/tables/table.ts';

/** A column as the tables API names it. */
export interface Column {
  readonly name: string;
  readonly type: string;
}

/** One of our tables as the workspace has it; a classic one was made by the Data Collector API of solution 3.0. */
export interface InstalledTable {
  readonly name: string;
  readonly isClassic: boolean;
  readonly plan: string | undefined;
  readonly columns: readonly Column[];
}

/** What is to become of the installed tables. */
export interface TablesPlan {
  /** The columns of each installed table, all of which stay; Bicep adds ours behind them. */
  readonly existingTables: Readonly<Record<string, readonly Column[]>>;
  /** A line for each installed table that gets columns. */
  readonly additions: readonly string[];
  /** Names of the tables that have to be migrated first, one way. */
  readonly classic: readonly string[];
  /** A line for each column that has another type than ours, with what to do. */
  readonly conflicts: readonly string[];
}

const tablesVersion = '2025-07-01';
const columns = z.array(z.object({ name: z.string(), type: z.string() })).nullish();
const installed = z.object({
  name: z.string(),
  properties: z.object({
    plan: z.string().optional(),
    schema: z.object({ tableSubType: z.string().nullish(), columns, standardColumns: columns }),
  }),
});
type Schema = z.infer<typeof installed>['properties']['schema'];

/** Reads those of our tables that the workspace has. @param workspaceId its path */
export async function readTables(workspaceId: string, arm: ResourceManager): Promise<readonly InstalledTable[]> {
  const found = await arm.list(`${workspaceId}/tables`, tablesVersion, installed);
  const ours = new Set<string>(tables.map(({ name }) => name));
  return found
    .filter(({ name }) => ours.has(name))
    .map(({ name, properties: { plan, schema } }) => ({
      name,
      isClassic: schema.tableSubType?.toLowerCase() === 'classic',
      plan,
      columns: ownColumns(schema),
    }));
}

// Of the columns that every table has, TimeGenerated alone is declared like an own one.
function ownColumns({ columns: own, standardColumns }: Schema): readonly Column[] {
  const standard = (standardColumns ?? []).filter(({ name }) => name === 'TimeGenerated');
  return [...standard.filter(({ name }) => !own?.some((column) => column.name === name)), ...(own ?? [])];
}

/** Plans the union of their columns and ours: theirs stay as they are, ours that are missing are added. */
export function planTables(found: readonly InstalledTable[]): TablesPlan {
  const pairs = found.flatMap((theirs) => {
    const ours = tables.find(({ name }) => name === theirs.name);
    return ours ? [{ theirs, ours: columnsOf(ours) }] : [];
  });
  return {
    existingTables: Object.fromEntries(found.map(({ name, columns: theirs }) => [name, theirs])),
    additions: found.flatMap((theirs) => {
      const added = missingColumns(theirs).map(({ name }) => name);
      return added.length > 0
        ? [`${theirs.name} keeps its ${theirs.columns.length} columns and gets ${added.join(', ')}.`]
        : [];
    }),
    classic: found.filter(({ isClassic }) => isClassic).map(({ name }) => name),
    conflicts: pairs.flatMap(({ theirs, ours }) => conflictsOf(theirs, ours)),
  };
}

/** The columns of ours that a table lacks. */
export function missingColumns(theirs: InstalledTable): readonly Column[] {
  const ours = tables.find(({ name }) => name === theirs.name);
  return ours ? columnsOf(ours).filter(({ name }) => !theirs.columns.some((column) => column.name === name)) : [];
}

/** Migrates a classic table, one way: it then takes columns and data collection rules, and keeps its rows and columns. */
export async function migrateTable(workspaceId: string, name: string, arm: ResourceManager): Promise<void> {
  await arm.post(`${workspaceId}/tables/${name}/migrate`, '2022-10-01');
}

function columnsOf(table: Table): readonly Column[] {
  return entriesOf(allColumns(table)).map(([name, type]) => ({ name, type }));
}

function entriesOf(of: Columns): readonly (readonly [string, ColumnType])[] {
  return Object.entries(of);
}

function conflictsOf(theirs: InstalledTable, ours: readonly Column[]): readonly string[] {
  return theirs.columns.flatMap(({ name, type }) => {
    const own = ours.find((column) => column.name === name);
    if (!own || own.type === typeOf(type)) return [];
    return [
      `Column ${name} of ${theirs.name} is ${typeOf(type)} in the workspace and ${own.type} here. Azure cannot change a column's type: ` +
        `delete the column in the workspace (its values are lost; the table's other columns stay), or use another workspace.`,
    ];
  });
}

// The API has answered dateTime and datetime, boolean and bool; the types are the same.
const spellings: Readonly<Record<string, string>> = { datetime: 'dateTime', bool: 'boolean', double: 'real' };

function typeOf(text: string): string {
  const type = text.toLowerCase();
  return spellings[type] ?? type;
}
