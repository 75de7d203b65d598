import type { Json } from '../../../../functions/tables/json.ts';
import { isJsonObject, parseJson } from '../../../../functions/tables/json.ts';
import type { Answer } from '../../../../local/sentinel/kql/evaluate.ts';
import type { KqlType } from '../../../../local/sentinel/kql/types.ts';
import { jsonText, toText } from '../../../../local/sentinel/kql/values/text.ts';
import type { Value } from '../../../../local/sentinel/kql/values/value.ts';
import type { Expected } from './cases.ts';

/** Whether an answer is the expected one. */
export function isRight(answer: Answer, expected: Expected): boolean {
  if (expected.kind === 'none') return true;
  if (expected.kind === 'table') return isRightTable(answer, expected);
  if (expected.kind === 'rows') return JSON.stringify(textRows(answer, nullText)) === JSON.stringify(expected.rows);
  const lines = textRows(answer, 'null').map((cells) => cells.join(','));
  const found = expected.isLastLine ? (lines.at(-1) ?? '') : lines.join(expected.separator);
  return expected.isWhole ? found === expected.text.replaceAll('<null>', 'null') : found.includes(expected.text);
}

const nullText = '(null)';

function textRows({ columns, rows }: Answer, missing: string): string[][] {
  return rows.map((row) => columns.map(({ type }, index) => plainText(row[index] ?? null, type, missing)));
}

/** How that project prints cells: reals without `.0`, datetimes in two forms of its own. */
function plainText(value: Value, type: KqlType, missing: string): string {
  if (value === null) return missing;
  if (typeof value === 'number' && type === 'real') return String(value);
  const text = type === 'dynamic' ? dynamicText(value, missing) : toText(value, type);
  if (type !== 'datetime') return text;
  return missing === nullText ? text.replace('Z', '') : text.replace('T', ' ').replace('.0000000', '');
}

function dynamicText(value: Value, missing: string): string {
  return typeof value === 'string' && missing !== nullText ? value : jsonText(value);
}

type Table = Extract<Expected, { readonly kind: 'table' }>;

/** All rows are there, in any order unless it is set; a case may hold the first rows alone. */
function isRightTable(answer: Answer, { names, count, rows, isOrdered, areSets }: Table): boolean {
  const { columns } = answer;
  const areNamed =
    columns.length === names.length && columns.every(({ name }, index) => isSameName(name, names[index] ?? ''));
  if (!areNamed || answer.rows.length !== count) return false;
  const shape = (cell: Json): Json => (areSets ? asSet(cell) : cell);
  const found = answer.rows.map((row) => columns.map(({ type }, index) => shape(cellOf(row[index] ?? null, type))));
  const wanted = rows.map((row) => row.map(shape));
  if (isOrdered) return wanted.every((row, index) => isSame(found[index] ?? [], row));
  const left = [...found];
  return wanted.every((row) => {
    const at = left.findIndex((other) => isSame(other, row));
    if (at >= 0) left.splice(at, 1);
    return at >= 0;
  });
}

/** The real engine puts a random identifier into the names of some columns. */
function isSameName(name: string, wanted: string): boolean {
  return name === wanted || wanted.includes('___obj_');
}

/** A cell as the cases write it. */
function cellOf(value: Value, type: KqlType): Json {
  if (type === 'string') return { str: typeof value === 'string' ? value : '' };
  if (value === null) return null;
  if (type === 'real') return typeof value === 'number' ? { real: String(value) } : null;
  if (type !== 'dynamic') return toText(value, type);
  return { dyn: parseJson(jsonText(value).replace(/(?<=[[:,]|^)(NaN|-?inf)(?=[\],}]|$)/g, '"$1"')) };
}

/** The elements of arrays in one order, where theirs means nothing. */
function asSet(value: Json): Json {
  if (isList(value)) return value.map(asSet).toSorted((a, b) => (JSON.stringify(a) < JSON.stringify(b) ? -1 : 1));
  if (!isJsonObject(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, asSet(inner)]));
}

function isList(value: Json): value is readonly Json[] {
  return Array.isArray(value);
}

/** Numbers agree to twelve digits. */
function isSame(a: Json, b: Json): boolean {
  if (isReal(a) && typeof b === 'string') return isSameNumber(Number(a.real), Number(b));
  if (typeof a === 'number' && typeof b === 'number') return isSameNumber(a, b);
  if (isList(a) && isList(b)) return a.length === b.length && a.every((item, index) => isSame(item, b[index] ?? null));
  if (!isJsonObject(a) || !isJsonObject(b)) return a === b;
  const keys = Object.keys(a);
  return keys.length === Object.keys(b).length && keys.every((key) => isSame(a[key] ?? null, b[key] ?? null));
}

function isReal(value: Json): value is { readonly real: string } {
  return isJsonObject(value) && typeof value['real'] === 'string';
}

function isSameNumber(a: number, b: number): boolean {
  return Object.is(a, b) || a === b || Math.abs(a - b) <= 1e-12 * Math.abs(b);
}
