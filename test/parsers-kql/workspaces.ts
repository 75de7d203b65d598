import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { isJsonObject, type JsonObject, parseJson } from '../../functions/tables/json.ts';
import { type ContentFile, parsersOf } from '../../local/sentinel/content/parser-file.ts';
import oldColumns from '../../local/sentinel/content/old-columns.json' with { type: 'json' };
import { workspaceTables } from '../../local/sentinel/content/workspace.ts';
import { evaluate } from '../../local/sentinel/kql/evaluate.ts';
import { type Analysis, analyze, kustoSchema, type SchemaTable } from '../../local/sentinel/kql/language.ts';
import type { SourceRow } from '../../local/sentinel/kql/scope.ts';
import columns31 from '../tables/columns-3.1.json' with { type: 'json' };

const folder = join(import.meta.dirname, '..', '..', 'parsers-kql');

/** The parsers as their files hold them. */
export const parserFiles: readonly ContentFile[] = readdirSync(folder).map((name) => ({
  path: `parsers-kql/${name}`,
  text: readFileSync(join(folder, name), 'utf8'),
}));

export const parsers = parsersOf(parserFiles);

type Columns = SchemaTable['columns'];

const spelling = { string: 'string', real: 'real', dynamic: 'dynamic', datetime: 'dateTime', bool: 'boolean' } as const;

/** A type of the column lists, as the tables API spells it. */
function columnType(name: string): Columns[string] {
  const [, type] = Object.entries(spelling).find((pair) => pair.includes(name)) ?? [];
  if (type === undefined) throw new Error(`no column type is called ${name}`);
  return type;
}

function typed(columns: Readonly<Record<string, string>>): Columns {
  return Object.fromEntries(Object.entries(columns).map(([name, type]) => [name, columnType(type)]));
}

const ours = workspaceTables;
const of30 = Object.entries(oldColumns).map(([name, generations]) => ({ name, columns: typed(generations['3.0']) }));
const of31 = Object.entries(columns31).map(([name, columns]) => ({ name, columns: typed(columns) }));

/** One table of each name with the columns of all. */
function merged(tables: readonly SchemaTable[]): readonly SchemaTable[] {
  const names = [...new Set(tables.map(({ name }) => name))];
  return names.map((name) => ({
    name,
    columns: Object.assign({}, ...tables.filter((table) => table.name === name).map(({ columns }) => columns)),
  }));
}

/** The tables a workspace may have: of one generation, of all, or none. */
export const generations = {
  '3.0': of30,
  '3.1': of31,
  ours,
  mixed: merged([...of30, ...of31, ...ours]),
  none: [],
} as const satisfies Record<string, readonly SchemaTable[]>;

export type Generation = keyof typeof generations;

const globals = new Map(
  Object.entries(generations).map(([name, tables]) => [name, kustoSchema({ tables, functions: parsers })]),
);

/** Binds a query over the tables of a generation and the parsers. */
export function bound(query: string, generation: Generation): Analysis {
  const schema = globals.get(generation);
  if (!schema) throw new Error(`no generation ${generation}`);
  return analyze(query, schema);
}

/** A row to be found in a table: its cells, when it arrived, and what became of its TimeGenerated. */
export interface Arrived {
  readonly table: string;
  readonly cells: JsonObject;
  readonly arrival: string;
  readonly timeGenerated?: string;
}

const now = '2026-03-10T12:00:00Z';

/** The rows of the answer to a query over these rows, as JSON by column name; times are ISO 8601. */
export function answer(query: string, generation: Generation, given: readonly Arrived[]): readonly JsonObject[] {
  const rows = (table: string): SourceRow[] =>
    given
      .filter((row) => row.table === table)
      .map(({ cells, arrival, timeGenerated }) => ({
        row: cells,
        arrival: Date.parse(arrival),
        timeGenerated: Date.parse(timeGenerated ?? arrival),
      }));
  const packed = evaluate(bound(`${query} | project Row = tostring(pack_all())`, generation), {
    rows,
    nowMs: Date.parse(now),
  });
  return packed.rows.map(([row]) => {
    const read = typeof row === 'string' ? parseJson(row) : undefined;
    if (!isJsonObject(read)) throw new Error('a row is packed as an object');
    return read;
  });
}
