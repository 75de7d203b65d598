import type { Json } from '../tables/json.ts';
import type { Cells, Columns, Row } from '../tables/table.ts';
import { ConnectorError } from './fault.ts';
import { shortenJson, shortenText } from './shorten.ts';

/** Logs Ingestion takes 1 MB a call, measured uncompressed: https://learn.microsoft.com/azure/azure-monitor/fundamentals/service-limits */
export const maxBodyBytes = 1_000_000;
/** A row over this is shortened when Logs Ingestion calls it too large; a smaller one cannot be what is wrong. */
const bigRowBytes = 64_000;
const bracketsBytes = 2;

/** The body of one Logs Ingestion call: rows as a JSON array in UTF-8, and its size in bytes. */
export interface Body {
  readonly json: Buffer;
  readonly text: string;
  readonly bytes: number;
  readonly rows: readonly Row[];
}

/** Cuts rows into bodies of at most `maxBodyBytes`, in order and near full; a row that never fits is shortened. */
export function* bodies(rows: Iterable<Row>): Generator<Body, void, undefined> {
  let open = openBody(maxBodyBytes);
  for (const given of rows) {
    let row = given;
    let text = textOf(row);
    let rowBytes = Buffer.byteLength(text);
    if (rowBytes + bracketsBytes > maxBodyBytes) {
      row = shortenRow(given, maxBodyBytes - bracketsBytes);
      text = textOf(row);
      rowBytes = Buffer.byteLength(text);
    }
    if (open.bytes + rowBytes + 1 > maxBodyBytes) {
      if (open.rows.length > 0) yield closeBody(open);
      open = openBody(Math.max(maxBodyBytes, rowBytes + bracketsBytes));
    }
    open.json.write(text, open.bytes);
    open.bytes += rowBytes;
    open.json[open.bytes++] = comma;
    open.rows.push(row);
  }
  if (open.rows.length > 0) yield closeBody(open);
}

/** A body while it is filled; behind every row stands a comma. */
interface OpenBody {
  readonly json: Buffer;
  readonly rows: Row[];
  bytes: number;
}

const comma = 0x2c;
const openingBracket = 0x5b;
const closingBracket = 0x5d;

function openBody(capacity: number): OpenBody {
  const json = Buffer.allocUnsafeSlow(capacity);
  json[0] = openingBracket;
  return { json, rows: [], bytes: 1 };
}

function closeBody({ json, rows, bytes }: OpenBody): Body {
  json[bytes - 1] = closingBracket;
  const written = json.subarray(0, bytes);
  return {
    json: written,
    get text() {
      return written.toString();
    },
    bytes,
    rows,
  };
}

// JSON.stringify takes longer for the two Dates of a row than for all its other cells.
function textOf(row: Row): string {
  const { TimeGenerated, EventTime } = row;
  const generated = TimeGenerated?.toISOString();
  const happened = EventTime === TimeGenerated ? generated : EventTime?.toISOString();
  return JSON.stringify({ ...row, TimeGenerated: generated, EventTime: happened });
}

/**
 * What to send instead of a body that was too large (413): its two halves, or its only row shortened to half.
 * @throws ConnectorError `unavailable` when a single row is too small for that to be the reason
 */
export function halve(body: Body): readonly Body[] {
  const [row] = body.rows;
  if (row && body.rows.length === 1) return [shortened(row, body.bytes)];
  const middle = Math.ceil(body.rows.length / 2);
  return [...bodies(body.rows.slice(0, middle)), ...bodies(body.rows.slice(middle))];
}

function shortened(row: Row, bytes: number): Body {
  const [half] = bytes > bigRowBytes ? bodies([shortenRow(row, Math.floor(bytes / 2))]) : [];
  if (half && half.bytes < bytes) return half;
  const message = `Logs Ingestion called a single row of ${bytes} bytes too large (413).`;
  throw new ConnectorError('unavailable', message, { code: 'row_too_large' });
}

/** Shortens the longest cells of a row, the longest first, until its JSON fits; `Truncated` names them. */
function shortenRow(row: Row, limitBytes: number): Row {
  const cells: Cells<Columns> = { ...row };
  const truncated = new Set(row.Truncated ? row.Truncated.split(', ') : []);
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
  return { ...row, ...cells, Truncated: [...truncated].join(', ') };
}

function isShortenable(column: string, cell: Cells<Columns>[string]): boolean {
  if (column === 'EventId' || column === 'Truncated') return false;
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
