import type { Json } from '../../../../functions/tables/json.ts';
import { arrivalColumn } from '../functions/arrival.ts';
import type { SourceRow, Surroundings, Wanted } from '../scope.ts';
import type { Column, KqlType } from '../types.ts';
import { convert } from '../values/convert.ts';
import { msOfTicks, ticksOfMs } from '../values/ticks.ts';
import type { Row, Value } from '../values/value.ts';
import { type Relation, wants } from './relation.ts';

/** The cell of a stored row. */
type Cell = (source: SourceRow) => Value;

/** A table of the workspace: the wanted columns of its rows. */
export function scan(
  table: string,
  all: readonly Column[],
  { columns: demand, since }: Wanted,
  { rows }: Surroundings,
): Relation {
  const known: readonly Column[] = [...all, { name: arrivalColumn, type: 'datetime' }];
  const columns = known.filter(({ name }) => wants(demand, name));
  const cells = columns.map((column) => cellOf(table, column));
  const sinceMs = since === undefined ? undefined : msOfTicks(since);
  return {
    columns,
    *rows() {
      for (const source of rows(table, { sinceMs })) yield cells.map((cell) => cell(source)) satisfies Row;
    },
  };
}

function cellOf(table: string, { name, type }: Column): Cell {
  if (name === 'TimeGenerated') return ({ timeGenerated }) => ticksOfMs(timeGenerated);
  if (name === arrivalColumn) return ({ arrival }) => ticksOfMs(arrival);
  const missing = name === 'Type' ? table : type === 'string' ? '' : null;
  return ({ row }) => {
    const value = row[name];
    return value === undefined || value === null ? missing : cellValue(value, type);
  };
}

/** ISO text as the endpoint writes it, at the speed of the platform's own parser. */
function datetimeCell(text: string): Value {
  const ms = text.length === 24 && text.endsWith('Z') ? Date.parse(text) : Number.NaN;
  return Number.isNaN(ms) ? convert(text, 'string', 'datetime') : ticksOfMs(ms);
}

/** A value of JSON as a cell of a column; the endpoint has already seen to it that it fits. */
function cellValue(value: Json, type: KqlType): Value {
  if (typeof value === 'string' && type === 'datetime') return datetimeCell(value);
  if (typeof value === 'string')
    return type === 'string' || type === 'dynamic' ? value : convert(value, 'string', type);
  if (type === 'dynamic') return dynamicCell(value);
  if (typeof value === 'number') return type === 'real' ? value : convert(value, 'real', type);
  return typeof value === 'boolean' ? convert(value, 'bool', type) : convert(JSON.stringify(value), 'string', type);
}

/** A value of JSON as a dynamic value: whole numbers become long. */
function dynamicCell(value: Json): Value {
  if (typeof value === 'number') return Number.isSafeInteger(value) ? BigInt(value) : value;
  if (value === null || typeof value !== 'object') return value;
  if (isArray(value)) return value.map(dynamicCell);
  return new Map(Object.entries(value).map(([key, inner]) => [key, dynamicCell(inner)]));
}

function isArray(value: Json): value is readonly Json[] {
  return Array.isArray(value);
}
