import { type Json, isJsonObject, parseJson } from '../tables/json.ts';
import type { Cells, Columns, Row } from '../tables/table.ts';
import { ConnectorError } from './fault.ts';
import { shortenJson, shortenText } from './shorten.ts';

/** Logs Ingestion takes 1 MB a call, measured uncompressed: https://learn.microsoft.com/azure/azure-monitor/fundamentals/service-limits */
export const maxBodyBytes = 1_000_000;
/** A row over this is shortened when Logs Ingestion calls it too large; a smaller one cannot be what is wrong. */
const bigRowBytes = 64_000;
const bracketsBytes = 2;

/**
 * The body of one Logs Ingestion call: a JSON array of rows in UTF-8, its size in bytes and how many rows it has.
 * The rows themselves are not kept: what waits for an answer outlives V8's young generation, bytes do not burden it.
 */
export interface Body {
  readonly json: Uint8Array<ArrayBuffer>;
  readonly bytes: number;
  readonly rows: number;
}

/** Cuts rows into bodies of at most `maxBodyBytes`, in order and near full; a row that never fits is shortened. */
export function* bodies(rows: Iterable<Row>): Generator<Body, void, undefined> {
  yield* cut(rows, sentCells);
}

// JSON.stringify takes longer for the two Dates of a row than for all its other cells.
function sentCells(row: Row): Cells<Columns> {
  const { TimeGenerated, EventTime } = row;
  const generated = TimeGenerated?.toISOString();
  const happened = EventTime === TimeGenerated ? generated : EventTime?.toISOString();
  return { ...row, TimeGenerated: generated, EventTime: happened };
}

function* cut<T>(rows: Iterable<T>, cellsOf: (row: T) => Cells<Columns>): Generator<Body, void, undefined> {
  let open = openBody(maxBodyBytes);
  for (const row of rows) {
    const text = fittingText(cellsOf(row));
    const bytes = Buffer.byteLength(text);
    if (open.bytes + bytes + 1 > maxBodyBytes) {
      if (open.rows > 0) yield closeBody(open);
      open = openBody(Math.max(maxBodyBytes, bytes + bracketsBytes));
    }
    open.json.write(text, open.bytes);
    open.bytes += bytes;
    open.json[open.bytes++] = comma;
    open.rows++;
  }
  if (open.rows > 0) yield closeBody(open);
}

function fittingText(cells: Cells<Columns>): string {
  const text = JSON.stringify(cells);
  const limitBytes = maxBodyBytes - bracketsBytes;
  return Buffer.byteLength(text) <= limitBytes ? text : JSON.stringify(shortenRow(cells, limitBytes));
}

/** A body while it is filled; behind every row stands a comma. */
interface OpenBody {
  readonly json: Buffer<ArrayBuffer>;
  rows: number;
  bytes: number;
}

const comma = 0x2c;
const openingBracket = 0x5b;
const closingBracket = 0x5d;

function openBody(capacity: number): OpenBody {
  const json = Buffer.allocUnsafeSlow(capacity);
  json[0] = openingBracket;
  return { json, rows: 0, bytes: 1 };
}

function closeBody({ json, rows, bytes }: OpenBody): Body {
  json[bytes - 1] = closingBracket;
  return { json: json.subarray(0, bytes), bytes, rows };
}

/**
 * What to send instead of a body that was too large (413): its two halves, or its only row shortened to half.
 * @throws ConnectorError `unavailable` when a single row is too small for that to be the reason
 */
export function halve({ json, bytes }: Body): readonly Body[] {
  const rows = rowsIn(json);
  const [row] = rows;
  if (row && rows.length === 1) return [shortened(row, bytes)];
  const middle = Math.ceil(rows.length / 2);
  return [rows.slice(0, middle), rows.slice(middle)].flatMap((half) => [...cut(half, (cells) => cells)]);
}

function rowsIn(json: Uint8Array): readonly Cells<Columns>[] {
  const rows = parseJson(new TextDecoder().decode(json));
  return Array.isArray(rows) ? rows.filter(isJsonObject) : [];
}

function shortened(row: Cells<Columns>, bytes: number): Body {
  const [half] = bytes > bigRowBytes ? cut([row], (cells) => shortenRow(cells, Math.floor(bytes / 2))) : [];
  if (half && half.bytes < bytes) return half;
  const message = `Logs Ingestion called a single row of ${bytes} bytes too large (413).`;
  throw new ConnectorError('unavailable', message, { code: 'row_too_large' });
}

/** Shortens the longest cells of a row, the longest first, until its JSON fits; `Truncated` names them. */
function shortenRow(row: Cells<Columns>, limitBytes: number): Cells<Columns> {
  const cells = { ...row };
  const before = row['Truncated'];
  const truncated = new Set(typeof before === 'string' && before !== '' ? before.split(', ') : []);
  const sizes = new Map<string, number>();
  for (const column in cells) if (isShortenable(column, cells[column])) sizes.set(column, jsonBytes(cells[column]));
  let overBytes = jsonBytes(cells) - limitBytes;
  while (overBytes > 0) {
    const [column, size] = longest(sizes);
    // At most half is cut at once, so that several long cells share the loss.
    const cell = shortenCell(cells[column], size, Math.max(size - overBytes, Math.floor(size / 2)));
    if (cell === undefined) break;
    const cellBytes = jsonBytes(cell);
    overBytes += cellBytes - size;
    if (!truncated.has(column)) overBytes += jsonBytes({ Truncated: `, ${column}` });
    truncated.add(column);
    cells[column] = cell;
    sizes.set(column, cellBytes);
  }
  return { ...cells, Truncated: [...truncated].join(', ') };
}

const neverShortened = new Set(['EventId', 'Truncated', 'TimeGenerated', 'EventTime']);

function isShortenable(column: string, cell: Cells<Columns>[string]): boolean {
  if (neverShortened.has(column)) return false;
  return typeof cell === 'string' || (typeof cell === 'object' && cell !== null && !(cell instanceof Date));
}

function longest(sizes: ReadonlyMap<string, number>): [string, number] {
  let found: [string, number] = ['', 0];
  for (const entry of sizes) if (entry[1] > found[1]) found = entry;
  return found;
}

/** @returns the cell at about `targetBytes` of its `size`; undefined when nothing is left to cut */
function shortenCell(cell: Cells<Columns>[string], size: number, targetBytes: number): Json | undefined {
  if (typeof cell === 'string') {
    const units = Math.floor((cell.length * targetBytes) / size);
    return cell === '' ? undefined : shortenText(cell, units, Infinity);
  }
  if (typeof cell !== 'object' || cell === null || cell instanceof Date || size <= bracketsBytes) return undefined;
  return shortenJson(cell, targetBytes, targetBytes);
}

function jsonBytes(value: unknown): number {
  return Buffer.byteLength(JSON.stringify(value) ?? '');
}
