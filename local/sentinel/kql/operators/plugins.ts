import { arrivalColumn } from '../functions/arrival.ts';
import { argumentsOf, nameOf } from '../expressions/calls.ts';
import { columnAt } from '../expressions/names.ts';
import { type Expression, present, separated, syntax } from '../kusto.ts';
import { refuse } from '../refusal.ts';
import { everything } from '../scope.ts';
import { declaredColumn, type KqlType } from '../types.ts';
import { compareText } from '../values/compare.ts';
import { convert } from '../values/convert.ts';
import { isBag, isList, isMoment, type Row, type Value } from '../values/value.ts';
import { type Named, mapped } from './columns.ts';
import { pivot } from './pivot.ts';
import type { Relation } from './relation.ts';
import type { Step } from './step.ts';

/** `evaluate`: `bag_unpack(…)`, the properties of bags as columns, and `pivot(…)`; other plugins are refused. */
export function evaluatePlugin(node: Kusto.Language.Syntax.EvaluateOperator, step: Step): Relation {
  const call = present(node.FunctionCall);
  if (nameOf(call) === 'pivot' && !node.Schema) return pivot(call, step);
  if (nameOf(call) !== 'bag_unpack') return refuse(`evaluate ${nameOf(call)}()`);
  const [bags, prefix, ...others] = argumentsOf(call);
  if (others.length > 0) return refuse('bag_unpack() with more than a prefix');
  const unpacking: Unpacking = { name: columnName(bags), prefix: prefixOf(prefix) };
  const schema = node.Schema?.Schema;
  const input = step.input(everything);
  return schema ? withSchema(input, schema, unpacking) : withoutSchema(input, unpacking);
}

interface Unpacking {
  readonly name: string;
  readonly prefix: string;
}

function columnName(node: Expression | undefined): string {
  return node instanceof syntax.NameReference
    ? present(node.SimpleName)
    : refuse('bag_unpack() of something that is no column');
}

function prefixOf(node: Expression | undefined): string {
  if (node === undefined) return '';
  return node instanceof syntax.LiteralExpression
    ? present(present(node.Token).ValueText)
    : refuse('bag_unpack() with such a prefix');
}

/** The named columns; with `*` those of the input stay, save the one that is unpacked. */
function withSchema(
  input: Relation,
  schema: Kusto.Language.Syntax.EvaluateRowSchema,
  { name, prefix }: Unpacking,
): Relation {
  const keepsAll = schema.AsteriskToken !== null && schema.AsteriskToken.Width > 0;
  const columns = separated(schema.Columns).map(declaredColumn);
  const old = new Set(input.columns.map((column) => column.name));
  if (columns.some((column) => old.has(column.name) && column.name !== name))
    return refuse('bag_unpack() of a column that is there');
  const bags = columnAt(input.columns, name) ?? refuse(`the column ${name}`);
  const kept = keepsAll ? keptOf(input, name) : [];
  const cells = columns.map((column): Named => [
    column.name,
    { type: column.type, isConstant: false, of: (row) => typed(slot(bags.of(row), column.name, prefix), column.type) },
  ]);
  return mapped(input, ({ rows }) => rows(), [...kept, ...cells]);
}

function keptOf({ columns }: Relation, unpacked: string): Named[] {
  return columns
    .filter(({ name }) => name !== unpacked && name !== arrivalColumn)
    .map(({ name }): Named => [name, columnAt(columns, name) ?? refuse(`the column ${name}`)]);
}

/** The property that fills a column. */
function slot(bag: Value, column: string, prefix: string): Value {
  return isBag(bag) && column.startsWith(prefix) ? (bag.get(column.slice(prefix.length)) ?? null) : null;
}

/** A property as a column of a declared type; a kind that does not go into it is refused. */
function typed(value: Value, type: KqlType): Value {
  if (value === null) return type === 'string' ? '' : null;
  if (type === 'dynamic') return value;
  const isNested = isList(value) || isBag(value);
  const isText = typeof value === 'string';
  if (isNested || (type === 'string' && !isText)) return refuse(`bag_unpack() of such a property to ${type}`);
  return convert(value, 'dynamic', type);
}

/** All properties that occur, sorted by name; a type that differs from row to row makes a dynamic column. */
function withoutSchema(input: Relation, { name, prefix }: Unpacking): Relation {
  const bags = columnAt(input.columns, name) ?? refuse(`the column ${name}`);
  const kept = keptOf(input, name);
  const rows = [...input.rows()];
  const types = new Map<string, KqlType>();
  for (const row of rows) noteTypes(bags.of(row), types);
  const names = [...types.keys()].toSorted(compareText);
  const clash = names.find((key) => kept.some(([own]) => own === prefix + key));
  if (clash !== undefined) return refuse(`bag_unpack() of the property ${clash}, which is a column already`);
  const cells = names.map((key): Named => {
    const type = types.get(key) ?? 'dynamic';
    return [prefix + key, { type, isConstant: false, of: (row: Row) => openCell(bags.of(row), key, type) }];
  });
  return { ...mapped({ ...input, rows: () => rows }, (all) => all.rows(), [...kept, ...cells]), isOpen: true };
}

function noteTypes(bag: Value, types: Map<string, KqlType>): void {
  if (!isBag(bag)) return;
  for (const [key, value] of bag) {
    if (value === null) continue;
    const known = types.get(key);
    const type = typeOf(value);
    types.set(key, known === undefined || known === type ? type : 'dynamic');
  }
}

function typeOf(value: Value): KqlType {
  if (isMoment(value)) return value.is;
  if (typeof value === 'string')
    return /^\d{4}-\d\d-\d\d/.test(value) ? refuse('bag_unpack() of a date without a schema') : 'string';
  if (typeof value === 'boolean') return 'bool';
  if (typeof value === 'bigint') return 'long';
  return typeof value === 'number' ? 'real' : 'dynamic';
}

function openCell(bag: Value, key: string, type: KqlType): Value {
  const value = isBag(bag) ? (bag.get(key) ?? null) : null;
  if (value === null) return type === 'string' ? '' : null;
  return type === 'dynamic' ? value : convert(value, 'dynamic', type);
}
