import { noRow, type Scalar } from '../expressions/expression.ts';
import { namesIn } from '../expressions/names.ts';
import { descendants, type Expression, present, symbols, syntax } from '../kusto.ts';
import { over, type Scope } from '../scope.ts';
import type { Row } from '../values/value.ts';
import { type Relation, withMore } from './relation.ts';
import { onlyParameters, type Step } from './step.ts';
import { usesWindow, windowed } from './windows.ts';

/** `where`: the rows for which a condition is true; null counts as false. */
export function filter(node: Kusto.Language.Syntax.FilterOperator, step: Step): Relation {
  onlyParameters(node.Parameters);
  const condition = present(node.Condition);
  const names = namesIn(condition);
  const columns = names === 'all' ? names : withMore(step.wanted.columns, names);
  const since = usesWindow([condition]) ? undefined : later(step.wanted.since, lowerBound(condition, step.scope));
  const input = step.input({ columns, since });
  const frame = windowed(over(step.scope, input.columns), step.isSerialized);
  const test = frame.scope.compiler.scalar(condition, frame.scope);
  return { ...input, rows: () => holding(frame.rows(input), test) };
}

function* holding(rows: Iterable<Row>, { of }: Scalar): Iterable<Row> {
  for (const row of rows) if (of(row) === true) yield row;
}

/** The later of two bounds. */
function later(a: bigint | undefined, b: bigint | undefined): bigint | undefined {
  if (a === undefined || b === undefined) return a ?? b;
  return a > b ? a : b;
}

/** The time before which no row's TimeGenerated can lie when a condition holds, undefined when it does not tell. */
function lowerBound(node: Expression, scope: Scope): bigint | undefined {
  if (node instanceof syntax.ParenthesizedExpression) return lowerBound(present(node.Expression), scope);
  if (node instanceof syntax.BetweenExpression)
    return node.Operator?.Text === 'between' ? boundOf(node.Left, node.Right?.First ?? null, scope) : undefined;
  if (!(node instanceof syntax.BinaryExpression)) return undefined;
  const [left, right] = [present(node.Left), present(node.Right)];
  const operator = node.Operator?.Text ?? '';
  if (operator === 'and') return later(lowerBound(left, scope), lowerBound(right, scope));
  if (operator === 'or') return isNever(left, scope) ? lowerBound(right, scope) : otherwise(left, right, scope);
  if (operator === '>' || operator === '>=') return boundOf(left, right, scope);
  return operator === '<' || operator === '<=' ? boundOf(right, left, scope) : undefined;
}

function otherwise(left: Expression, right: Expression, scope: Scope): bigint | undefined {
  return isNever(right, scope) ? lowerBound(left, scope) : undefined;
}

/** A condition that does not depend on the row and does not hold. */
function isNever(node: Expression, scope: Scope): boolean {
  const value = constantOf(node, scope);
  return value !== undefined && value.type === 'bool' && value.of(noRow) !== true;
}

function boundOf(left: Expression | null, right: Expression | null, scope: Scope): bigint | undefined {
  if (!(left instanceof syntax.NameReference) || left.SimpleName !== 'TimeGenerated' || right === null)
    return undefined;
  const bound = constantOf(right, scope);
  const value = bound?.type === 'datetime' ? bound.of(noRow) : undefined;
  return typeof value === 'bigint' ? value : undefined;
}

/** An expression that names no column, made ready; undefined for others. */
function constantOf(node: Expression, scope: Scope): Scalar | undefined {
  const names = descendants(node, syntax.NameReference);
  if (names.some(({ ReferencedSymbol: symbol }) => symbol instanceof symbols.ColumnSymbol)) return undefined;
  const made = scope.compiler.scalar(node, { ...scope, columns: [], call: undefined });
  return made.isConstant ? made : undefined;
}
