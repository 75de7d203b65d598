import { join } from 'node:path';
import { existsSync, readFileSync } from 'node:fs';
import { parse } from 'yaml';
import { z } from 'zod';
import { allColumns, type Columns } from '../../functions/tables/table.ts';
import { tables } from '../../functions/tables/index.ts';
import type { Json } from '../../functions/tables/json.ts';
import { createLanding } from '../../local/sentinel/landing.ts';
import type { ArrivedRows } from '../../local/sentinel/rules/arrived-rows.ts';

const time = z.iso.datetime();

const row = z
  .looseObject({
    at: time,
    arrived: time.optional(),
    repeat: z.strictObject({ times: z.int().positive(), everySeconds: z.int().nonnegative() }).optional(),
  })
  .catchall(z.json());

const example = z.strictObject({
  name: z.string(),
  rows: z.record(z.string(), z.array(row)),
  watchlists: z.record(z.string(), z.array(z.record(z.string(), z.string()))).default({}),
  alerts: z.array(
    z.strictObject({
      name: z.string(),
      severity: z.string(),
      entities: z.record(z.string(), z.array(z.string())),
      details: z.record(z.string(), z.array(z.string())).optional(),
    }),
  ),
});

/** What a rule makes of some rows. */
export type Example = z.output<typeof example>;

/** The examples of the rule in `analytics-rules/<file>`; none when there is no such file here. */
export function examplesOf(file: string): readonly Example[] {
  const path = join(import.meta.dirname, file);
  return existsSync(path) ? z.array(example).parse(parse(readFileSync(path, 'utf8'), { merge: true })) : [];
}

/** A row of an example: its table and cells, when it happened and arrived, epoch milliseconds. */
export interface Arriving {
  readonly table: string;
  readonly at: number;
  readonly arrival: number;
  readonly cells: Readonly<Record<string, Json>>;
}

const usualDelayMs = 2 * 60_000;

/** The rows of an example as the connector would send them. */
export function arriving({ rows }: Example): readonly Arriving[] {
  return Object.entries(rows).flatMap(([table, list]) =>
    list.flatMap(repeated).map(({ at, arrived, cells }, index) => ({
      table,
      at: Date.parse(at),
      arrival: arrived === undefined ? Date.parse(at) + usualDelayMs : Date.parse(arrived),
      cells: { TimeGenerated: at, EventTime: at, EventId: `${table} ${index}`, Account: 'mimecast', ...cells },
    })),
  );
}

/** A row as often as it says, each time later than the one before; `{n}` in its texts becomes its number from 1 on. */
function repeated({ at, arrived, repeat = { times: 1, everySeconds: 0 }, ...cells }: z.output<typeof row>) {
  return Array.from({ length: repeat.times }, (_, index) => ({
    at: new Date(Date.parse(at) + index * repeat.everySeconds * 1000).toISOString(),
    arrived,
    cells: Object.fromEntries(
      Object.entries(cells).map(([column, cell]) => [
        column,
        typeof cell === 'string' ? cell.replaceAll('{n}', String(index + 1)) : cell,
      ]),
    ),
  }));
}

const columns = new Map<string, Columns>(tables.map((table) => [table.name, allColumns(table)]));

/** Lands rows as the Logs Ingestion endpoint does. @throws Error when a cell has no column, or does not fit it */
export function land(arrived: ArrivedRows, rows: readonly Arriving[]): void {
  const landing = createLanding({ columns: (table) => columns.get(table) ?? {} });
  for (const { table, arrival, cells } of rows) arrived.add(table, landing.land(table, [cells], arrival));
  const [loss] = landing.losses();
  if (loss) throw new Error(`an example has a cell that ${loss.table} cannot hold: ${loss.column} (${loss.kind})`);
}
