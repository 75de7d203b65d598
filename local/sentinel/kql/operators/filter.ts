import { noRow, type Scalar } from '../expressions/expression.ts';
import { namesIn } from '../expressions/names.ts';
import { type Expression, present, syntax } from '../kusto.ts';
import { over, type Scope, type Wanted } from '../scope.ts';
import type { Row } from '../values/value.ts';
import { constantOf, isNever } from './constants.ts';
import { isInNothing, matchesOf } from './matches.ts';
import { type Relation, withMore } from './relation.ts';
import { onlyParameters, type Step } from './step.ts';
import { usesWindow, windowed } from './windows.ts';

/** `where`: the rows for which a condition is true; null counts as false. */
export function filter(node: Kusto.Language.Syntax.FilterOperator, step: Step): Relation {
  onlyParameters(node.Parameters);
  const condition = present(node.Condition);
  const names = namesIn(condition);
  const columns = names === 'all' ? names : withMore(step.wanted.columns, names);
  const input = step.input({ columns, ...(usesWindow([condition]) ? {} : needed(condition, step)) });
  const frame = windowed(over(step.scope, input.columns), step.isSerialized);
  const test = frame.scope.compiler.scalar(condition, frame.scope);
  const holdsNever = (): boolean =>
    conjuncts(condition).some((each) => isNever(each, step.scope) || isInNothing(each, step.scope));
  return { ...input, rows: () => (holdsNever() ? [] : holding(frame.rows(input), test)) };
}

/** The rows that are needed, of those that the reader needs. */
function needed(condition: Expression, { wanted, scope, inputColumns: columns }: Step): Omit<Wanted, 'columns'> {
  return {
    since: later(wanted.since, lowerBound(condition, scope)),
    matches: [...(wanted.matches ?? []), ...matchesOf(condition, { scope, columns })],
  };
}

/** The conditions that must all hold. */
function conjuncts(node: Expression): readonly Expression[] {
  if (node instanceof syntax.ParenthesizedExpression) return conjuncts(present(node.Expression));
  const isBoth = node instanceof syntax.BinaryExpression && node.Operator?.Text === 'and';
  return isBoth ? [...conjuncts(present(node.Left)), ...conjuncts(present(node.Right))] : [node];
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

function boundOf(left: Expression | null, right: Expression | null, scope: Scope): bigint | undefined {
  if (!(left instanceof syntax.NameReference) || left.SimpleName !== 'TimeGenerated' || right === null)
    return undefined;
  const bound = constantOf(right, scope);
  const value = bound?.type === 'datetime' ? bound.of(noRow) : undefined;
  return typeof value === 'bigint' ? value : undefined;
}
