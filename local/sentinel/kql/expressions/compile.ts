import { arrivalColumn } from '../functions/arrival.ts';
import { type Expression, present, separated, syntax, textOf } from '../kusto.ts';
import { refuse } from '../refusal.ts';
import type { Scope } from '../scope.ts';
import { columnsOf, resultType } from '../types.ts';
import { arithmetic, negation } from './arithmetic.ts';
import { compileCall } from './calls.ts';
import { comparison, isComparison } from './comparison.ts';
import { constant, type Scalar } from './expression.ts';
import { compileCompoundString, compileDynamic, compileLiteral } from './literals.ts';
import { conjunction, disjunction } from './logic.ts';
import { between, type Listed, listedTexts, membership } from './membership.ts';
import { compileName } from './names.ts';
import { member, property } from './path.ts';
import { hasOperation, textOperation } from './text-operators.ts';

/** Makes a scalar expression ready to run. @throws Refusal for what the engine does not do */
export function compileScalar(node: Expression, scope: Scope): Scalar {
  if (node instanceof syntax.NameReference) return compileName(node, scope);
  if (node instanceof syntax.LiteralExpression) return compileLiteral(node);
  if (node instanceof syntax.FunctionCallExpression) return compileCall(node, scope);
  if (node instanceof syntax.BinaryExpression) return compileBinary(node, scope);
  if (node instanceof syntax.ParenthesizedExpression) return compileScalar(present(node.Expression), scope);
  if (node instanceof syntax.SimpleNamedExpression) return compileScalar(present(node.Expression), scope);
  if (node instanceof syntax.PrefixUnaryExpression) return compileUnary(node, scope);
  if (node instanceof syntax.PathExpression) return compilePath(node, scope);
  if (node instanceof syntax.ElementExpression) return compileElement(node, scope);
  return compileRarer(node, scope);
}

function compileRarer(node: Expression, scope: Scope): Scalar {
  if (node instanceof syntax.InExpression) return compileIn(node, scope);
  if (node instanceof syntax.HasAnyExpression || node instanceof syntax.HasAllExpression)
    return compileHas(node, scope);
  if (node instanceof syntax.BetweenExpression) return compileBetween(node, scope);
  if (node instanceof syntax.DynamicExpression) return compileDynamic(node);
  if (node instanceof syntax.CompoundStringLiteralExpression) return compileCompoundString(node);
  if (node instanceof syntax.ToScalarExpression) return compileToScalar(node, scope);
  if (node instanceof syntax.TypeOfLiteralExpression)
    return constant(
      'string',
      textOf(node)
        .replace(/^typeof\s*\(|\)$/gi, '')
        .trim(),
    );
  return refuse(`the expression ${textOf(node)}`);
}

function operatorOf(node: { readonly Operator: Kusto.Language.Syntax.SyntaxToken | null }): string {
  return present(present(node.Operator).Text).toLowerCase().replace(/\s+/g, ' ');
}

function compileBinary(node: Kusto.Language.Syntax.BinaryExpression, scope: Scope): Scalar {
  const operator = operatorOf(node);
  if (node.Left instanceof syntax.StarExpression) return anyColumn(operator, present(node.Right), scope);
  const left = compileScalar(present(node.Left), scope);
  const right = compileScalar(present(node.Right), scope);
  if (operator === 'and') return conjunction(left, right);
  if (operator === 'or') return disjunction(left, right);
  if (isComparison(operator)) return comparison(operator, left, right);
  return textOperation(operator, left, right) ?? arithmetic(operator, left, right, resultType(node));
}

/** `* has "x"`: true when it holds for any column of text. */
function anyColumn(operator: string, right: Expression, scope: Scope): Scalar {
  const sought = compileScalar(right, scope);
  const tests = scope.columns.flatMap(({ name, type }, index) => {
    if (name === arrivalColumn) return [];
    if (type !== 'string') return refuse(`* ${operator} over a column of type ${type}`);
    return [textOperation(operator, { type, isConstant: false, of: (row) => row[index] ?? '' }, sought)];
  });
  return tests.map((test) => test ?? refuse(`* ${operator}`)).reduce(disjunction, constant('bool', false));
}

function compileUnary(node: Kusto.Language.Syntax.PrefixUnaryExpression, scope: Scope): Scalar {
  const operand = compileScalar(present(node.Expression), scope);
  const operator = operatorOf(node);
  if (operator === '+') return operand;
  return operator === '-' ? negation(operand) : refuse(`the operator ${operator}`);
}

function compilePath(node: Kusto.Language.Syntax.PathExpression, scope: Scope): Scalar {
  const of = compileScalar(present(node.Expression), scope);
  const selector = node.Selector;
  if (selector instanceof syntax.NameReference) return property(of, present(selector.SimpleName));
  return refuse(`the path ${textOf(node)}`);
}

function compileElement(node: Kusto.Language.Syntax.ElementExpression, scope: Scope): Scalar {
  const { Selector: selector } = node;
  if (!(selector instanceof syntax.BracketedExpression)) return refuse(`the path ${textOf(node)}`);
  return member(compileScalar(present(node.Expression), scope), compileScalar(present(selector.Expression), scope));
}

function listed(list: Kusto.Language.Syntax.ExpressionList | null, scope: Scope): Listed[] {
  return separated(present(list).Expressions).map((item) => {
    if (columnsOf(item.ResultType).length === 0) return { scalar: compileScalar(item, scope) };
    const first = columnsOf(item.ResultType)[0]?.name ?? '';
    return { table: () => scope.compiler.table(item, { ...scope, columns: [] }, { columns: new Set([first]) }), first };
  });
}

function compileIn(node: Kusto.Language.Syntax.InExpression, scope: Scope): Scalar {
  return membership(operatorOf(node), compileScalar(present(node.Left), scope), listed(node.Right, scope));
}

function compileHas(
  node: Kusto.Language.Syntax.HasAnyExpression | Kusto.Language.Syntax.HasAllExpression,
  scope: Scope,
): Scalar {
  const left = compileScalar(present(node.Left), scope);
  return hasOperation(operatorOf(node), left, listedTexts(listed(node.Right, scope)));
}

function compileBetween(node: Kusto.Language.Syntax.BetweenExpression, scope: Scope): Scalar {
  const value = compileScalar(present(node.Left), scope);
  const ends = present(node.Right);
  const first = compileScalar(present(ends.First), scope);
  const second = compileScalar(present(ends.Second), scope);
  const isSpan = value.type === 'datetime' && second.type === 'timespan';
  return between(operatorOf(node), value, first, isSpan ? arithmetic('+', first, second, 'datetime') : second);
}

/** The first cell of a table that does not depend on the row. */
function compileToScalar(node: Kusto.Language.Syntax.ToScalarExpression, scope: Scope): Scalar {
  const inner = present(node.Expression);
  const [first] = columnsOf(inner.ResultType);
  if (first === undefined) return compileScalar(inner, scope);
  let known: { readonly value: ReturnType<Scalar['of']> } | undefined;
  const read = (): ReturnType<Scalar['of']> => {
    const table = scope.compiler.table(inner, { ...scope, columns: [] }, { columns: new Set([first.name]) });
    const index = table.columns.findIndex(({ name }) => name === first.name);
    for (const row of table.rows()) return row[index] ?? null;
    return first.type === 'string' ? '' : null;
  };
  return { type: first.type, isConstant: true, of: () => (known ??= { value: read() }).value };
}
