import { writeFileSync } from 'node:fs';
import { tables } from '../functions/tables/index.ts';
import { allColumns } from '../functions/tables/table.ts';

/** The file that Bicep reads the tables from. */
export const tablesFile = new URL('../bicep/tables.json', import.meta.url);

/** What it says: every table with all its columns, the common ones first, as the tables API spells names and types. */
export function tablesText(): string {
  const schema = tables.map((table) => ({
    name: table.name,
    columns: Object.entries(allColumns(table)).map(([name, type]) => ({ name, type })),
  }));
  return `${JSON.stringify(schema, null, 2)}\n`;
}

if (import.meta.main) writeFileSync(tablesFile, tablesText());
