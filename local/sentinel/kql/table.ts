import { argumentsOf, openBody } from './expressions/calls.ts';
import { bodyOf, type Expression, present, symbols, syntax, textOf, type TypeSymbol } from './kusto.ts';
import { keyOfCall } from './kept-calls.ts';
import { compileOperator } from './operators/index.ts';
import { scan } from './operators/scan.ts';
import type { Relation } from './operators/relation.ts';
import { datatable, print, range } from './operators/sources.ts';
import type { Step } from './operators/step.ts';
import { union } from './operators/union.ts';
import { refuse } from './refusal.ts';
import type { Scope, Surroundings, Wanted } from './scope.ts';
import { columnsOf } from './types.ts';

/** Makes a tabular expression ready to run. @throws Refusal for what the engine does not do */
export function compileTable(node: Expression, scope: Scope, wanted: Wanted): Relation {
  if (node instanceof syntax.PipeExpression) return compilePipe(node, scope, wanted);
  if (node instanceof syntax.NameReference) return compileTableName(node, scope, wanted);
  if (node instanceof syntax.ParenthesizedExpression) return compileTable(present(node.Expression), scope, wanted);
  if (node instanceof syntax.FunctionCallExpression) return compileTableCall(node, scope, wanted);
  if (node instanceof syntax.DataTableExpression) return datatable(node, scope);
  if (node instanceof syntax.MaterializeExpression) return compileTable(present(node.Expression), scope, wanted);
  if (node instanceof syntax.PrintOperator) return print(node, scope);
  if (node instanceof syntax.RangeOperator) return range(node, scope);
  if (node instanceof syntax.QueryOperator) return compileFirst(node, scope, wanted);
  return refuse(`the table ${textOf(node).slice(0, 60)}`);
}

function compilePipe(node: Kusto.Language.Syntax.PipeExpression, scope: Scope, wanted: Wanted): Relation {
  const before = present(node.Expression);
  const operator = present(node.Operator);
  const input = (of: Wanted): Relation => compileTable(before, scope, of);
  return compileOperator(operator, stepOf(operator, before, { scope, wanted, input }));
}

function stepOf(operator: Expression, before: Expression | null, rest: Pick<Step, 'scope' | 'wanted' | 'input'>): Step {
  const table = before?.ResultType;
  return {
    ...rest,
    scope: { ...rest.scope, columns: [], call: undefined },
    inputColumns: columnsOf(table ?? null),
    resultColumns: columnsOf(operator.ResultType),
    isSerialized: before instanceof syntax.RangeOperator || hasOrder(table ?? null),
  };
}

/** Whether the binder sees an order in the rows of a table. */
function hasOrder(table: TypeSymbol | null): boolean {
  return table instanceof symbols.TableSymbol && (table.IsSerialized || table.IsSorted);
}

/** An operator without an input before it: `union` begins a query, others read what surrounds them. */
function compileFirst(node: Kusto.Language.Syntax.QueryOperator, scope: Scope, wanted: Wanted): Relation {
  const { contextual } = scope;
  const input = contextual ?? (() => refuse('an operator without an input'));
  const inner = contextual ? { ...scope, contextual: undefined } : scope;
  const step = stepOf(node, null, { scope: inner, wanted, input });
  if (node instanceof syntax.UnionOperator && !contextual) return union(node, scope, step, false);
  const columns = contextual ? contextual({ columns: 'all' }).columns : [];
  return compileOperator(node, { ...step, inputColumns: columns, isSerialized: false });
}

function compileTableName(node: Kusto.Language.Syntax.NameReference, scope: Scope, wanted: Wanted): Relation {
  const name = present(node.SimpleName);
  const binding = scope.names.find(name);
  if (binding?.kind === 'table') return binding.open(wanted);
  if (bodyOf(node) !== null) return compileBody(node, [], scope, wanted);
  const symbol = node.ReferencedSymbol;
  if (!(symbol instanceof symbols.TableSymbol) || binding) return refuse(`the table ${name}`);
  return scan(present(symbol.Name), columnsOf(symbol), wanted, scope.surroundings);
}

function compileTableCall(node: Kusto.Language.Syntax.FunctionCallExpression, scope: Scope, wanted: Wanted): Relation {
  if (bodyOf(node) === null) return refuse(`the table ${textOf(node).slice(0, 60)}`);
  return compileBody(node, argumentsOf(node), scope, wanted);
}

function compileBody(node: Expression, given: readonly Expression[], scope: Scope, wanted: Wanted): Relation {
  const { body, names } = openBody(node, given, scope);
  const inside = { ...scope, names, columns: [], call: undefined, contextual: undefined };
  const { calls } = scope.surroundings;
  const isSmaller = wanted.since !== undefined;
  const key = calls && !isSmaller ? keyOfCall(node, scope.names, names, scope.surroundings) : undefined;
  if (!calls || key === undefined) return compileTable(body, inside, wanted);
  const compute = (of: Wanted, surroundings: Surroundings): Relation => {
    // Its `let`s read tables, too.
    const reopened = openBody(node, given, { ...scope, surroundings });
    return compileTable(body, { ...inside, surroundings, names: reopened.names }, of);
  };
  return calls.open(key, wanted, scope.surroundings, compute);
}
