import { existsSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { tables } from '../functions/tables/index.ts';
import { allColumns } from '../functions/tables/table.ts';

const root = join(import.meta.dirname, '..');

/** The file that Bicep reads the tables from. */
export const tablesFile = new URL('../bicep/tables.json', import.meta.url);

/** The file that names all content to Bicep. */
export const contentFile = new URL('../bicep/content/list.bicep', import.meta.url);

/** What the tables' file says: every table with all its columns, the common ones first, as the tables API spells names and types. */
export function tablesText(): string {
  const schema = tables.map((table) => ({
    name: table.name,
    columns: Object.entries(allColumns(table)).map(([name, type]) => ({ name, type })),
  }));
  return `${JSON.stringify(schema, null, 2)}\n`;
}

/** What the content's file says: a line for every parser, rule, workbook and watchlist. */
export function contentText(): string {
  const parsers = namesIn('parsers-kql', '.kql').map(
    (name) => `{ name: '${name}', text: loadTextContent('../../parsers-kql/${name}.kql') }`,
  );
  const rules = namesIn('analytics-rules', '.yaml').map(
    (name) => `loadYamlContent('../../analytics-rules/${name}.yaml')`,
  );
  const workbooks = namesIn('workbooks', '.json').map(
    (name) => `{ name: '${name}', title: '${titleOf(name)}', data: loadJsonContent('../../workbooks/${name}.json') }`,
  );
  const watchlists = namesIn('watchlists', '.csv').map(
    (name) => `{ name: '${name}', text: loadTextContent('../../watchlists/${name}.csv') }`,
  );
  const head = '// Written by `npm run generate`, since Bicep can load files but not find them.\n';
  return [
    head,
    list('parsers', parsers),
    list('rules', rules),
    list('workbooks', workbooks),
    list('watchlists', watchlists),
  ].join('\n');
}

function namesIn(folder: string, ending: string): readonly string[] {
  if (!existsSync(join(root, folder))) return [];
  const names = readdirSync(join(root, folder)).filter((name) => name.endsWith(ending));
  return names.map((name) => name.slice(0, -ending.length)).toSorted();
}

// The titles that the workbooks have had since 3.0.
function titleOf(workbook: string): string {
  return workbook
    .replaceAll('_', ' ')
    .replace('SEG', 'Secure Email Gateway')
    .replace('TTP', 'Targeted Threat Protection');
}

function list(name: string, lines: readonly string[]): string {
  return `@export()\nvar ${name} = [\n${lines.map((line) => `  ${line}\n`).join('')}]\n`;
}

if (import.meta.main) {
  writeFileSync(tablesFile, tablesText());
  writeFileSync(contentFile, contentText());
}
