import { compileLiteral } from '../expressions/literals.ts';
import { coerced, type Scalar, valueOf } from '../expressions/expression.ts';
import { type Expression, present, separated, syntax, textOf } from '../kusto.ts';
import { refuse } from '../refusal.ts';
import type { Scope } from '../scope.ts';
import { type Column, columnsOf, declaredColumn } from '../types.ts';
import type { Row, Value } from '../values/value.ts';
import type { Relation } from './relation.ts';

/** `print`: one row. */
export function print(node: Kusto.Language.Syntax.PrintOperator, scope: Scope): Relation {
  const columns = columnsOf(node.ResultType);
  const cells = separated(node.Expressions).map((each) => scope.compiler.scalar(each, { ...scope, columns: [] }));
  return { columns: typed(columns, cells), rows: () => [cells.map((cell) => valueOf(cell))] };
}

/** Columns with the types of the scalars that fill them where the binder does not know them. */
function typed(columns: readonly Column[], cells: readonly Scalar[]): Column[] {
  if (columns.length !== cells.length) return refuse('an expression that makes several columns');
  return columns.map(({ name, type }, index) => ({
    name,
    type: type === 'unknown' ? (cells[index]?.type ?? type) : type,
  }));
}

/** `datatable`: the rows that stand in the query. */
export function datatable(node: Kusto.Language.Syntax.DataTableExpression, scope: Scope): Relation {
  const columns = separated(present(node.Schema).Columns).map(declaredColumn);
  const values = separated(node.Values);
  const rows: Row[] = [];
  for (let at = 0; at < values.length; at += columns.length)
    rows.push(columns.map((column, index) => cell(values[at + index], column, scope)));
  return { columns, rows: () => rows };
}

function cell(node: Expression | undefined, { type }: Column, scope: Scope): Value {
  if (node === undefined) return refuse('a datatable with an incomplete row');
  // The lowest long is no negated literal, as its counterpart would be too big for one.
  if (textOf(node).replace(/\s/g, '') === '-9223372036854775808' && type === 'long') return -(2n ** 63n);
  const scalar = node instanceof syntax.LiteralExpression ? compileLiteral(node) : scope.compiler.scalar(node, scope);
  const value = valueOf(coerced(scalar, type));
  return value === null && type === 'string' ? '' : value;
}

/** `range`: rows from one value to another in steps, in either direction. */
export function range(node: Kusto.Language.Syntax.RangeOperator, scope: Scope): Relation {
  const [column = { name: present(present(node.Name).SimpleName), type: 'unknown' as const }] = columnsOf(
    node.ResultType,
  );
  const read = (part: Expression | null): Scalar => scope.compiler.scalar(present(part), { ...scope, columns: [] });
  const [from, to, step] = [read(node.From), read(node.To), read(node.Step)];
  if ([from, to, step].some(({ type }) => type === 'real' || type === 'dynamic'))
    return refuse('range of real numbers');
  return { columns: [column], rows: () => steps(valueOf(from), valueOf(to), valueOf(step)) };
}

function* steps(from: Value, to: Value, step: Value): Iterable<Row> {
  if (typeof from !== 'bigint' || typeof to !== 'bigint' || typeof step !== 'bigint') return;
  if (step === 0n) refuse('a range with a step of zero');
  for (let at = from; step > 0n ? at <= to : at >= to; at += step) yield [at];
}
