import type { Json } from '../../../../functions/tables/json.ts';
import { arrivalColumn } from '../functions/arrival.ts';
import type { KeptTable } from '../kept-table.ts';
import type { Hint, Match, SourceRow, Surroundings, Wanted } from '../scope.ts';
import type { Column, KqlType } from '../types.ts';
import { convert } from '../values/convert.ts';
import { msOfTicks, ticksOfMs } from '../values/ticks.ts';
import type { Row, Value } from '../values/value.ts';
import { keeping } from '../memory.ts';
import { type Relation, wants } from './relation.ts';

/** A table of the workspace: the wanted columns of its rows. */
export function scan(
  table: string,
  all: readonly Column[],
  { columns: demand, since, matches = [] }: Wanted,
  surroundings: Surroundings,
): Relation {
  const known: readonly Column[] = [...all, { name: arrivalColumn, type: 'datetime' }];
  const columns = known.filter(({ name }) => wants(demand, name));
  const { kept, range } = surroundings;
  const sinceMs = since === undefined ? undefined : msOfTicks(since);
  const span: Span = {
    matches,
    fromMs: Math.max(sinceMs ?? -Infinity, range?.fromMs ?? -Infinity),
    toMs: range?.toMs ?? Infinity,
  };
  return {
    columns,
    isKept: surroundings.memory !== undefined,
    rows() {
      const rows = kept?.(table);
      return rows
        ? keptRows(rows, table, columns, span, surroundings)
        : storedRows(table, columns, { ...span, sinceMs }, surroundings);
    },
  };
}

interface Span extends Pick<Hint, 'matches'> {
  readonly fromMs: number;
  readonly toMs: number;
}

function* storedRows(
  table: string,
  columns: readonly Column[],
  { sinceMs, matches, fromMs, toMs }: Span & { readonly sinceMs: number | undefined },
  { rows, range, memory }: Surroundings,
): Iterable<Row> {
  const cells = columns.map((column) => cellOf(table, column));
  const known = memory?.of(table, columns.map(({ name, type }) => `${name}:${type}`).join());
  const rowOf = keeping(known, (source: SourceRow): Row => cells.map((cell) => cell(source)));
  const isOutside = ({ timeGenerated }: SourceRow): boolean =>
    range !== undefined && (timeGenerated < fromMs || timeGenerated > toMs);
  for (const source of rows(table, { sinceMs, matches })) {
    if (!isOutside(source)) yield rowOf(source);
  }
}

const rowsAtATime = 4096;

function* keptRows(
  rows: KeptTable,
  table: string,
  columns: readonly Column[],
  { matches = [], fromMs, toMs }: Span,
  { onProgress }: Surroundings,
): Iterable<Row> {
  const { length, times } = rows;
  const tests = matches.filter(isPlain).map((match) => keptTest(rows, table, match));
  const cells = columns.map((column) => keptCells(rows, table, column));
  for (let index = 0; index < length; index++) {
    if (index % rowsAtATime === 0) onProgress?.();
    const time = times[index] ?? 0;
    if (time < fromMs || time > toMs || !tests.every((holds) => holds(index))) continue;
    const row: Value[] = [];
    for (const column of cells) row.push(column[index] ?? null);
    yield row;
  }
}

/** Whether a match holds wherever rows come from. */
function isPlain({ ignoresCase, copiesBy }: Match): boolean {
  return ignoresCase !== true && copiesBy === undefined;
}

function keptTest(rows: KeptTable, table: string, { column, texts, isIn }: Match): (index: number) => boolean {
  const cells = keptCells(rows, table, { name: column, type: 'string' });
  return (index) => {
    const cell = cells[index];
    return typeof cell !== 'string' || texts.has(cell) === isIn;
  };
}

function keptCells(rows: KeptTable, table: string, { name, type }: Column): readonly Value[] {
  const { times, arrivals } = rows;
  if (name === 'TimeGenerated') return rows.computed(name, (index) => ticksOfMs(times[index] ?? 0));
  if (name === arrivalColumn) return rows.computed(name, (index) => ticksOfMs(arrivals[index] ?? 0));
  const missing = missingCell(table, { name, type });
  return rows.decoded(`${name}:${type}`, name, (cell) => (cell === undefined ? missing : cellValue(cell, type)));
}

/** What a row has where it has no cell. */
function missingCell(table: string, { name, type }: Column): Value {
  return name === 'Type' ? table : type === 'string' ? '' : null;
}

function cellOf(table: string, { name, type }: Column): (source: SourceRow) => Value {
  if (name === 'TimeGenerated') return ({ timeGenerated }) => ticksOfMs(timeGenerated);
  if (name === arrivalColumn) return ({ arrival }) => ticksOfMs(arrival);
  const missing = missingCell(table, { name, type });
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
