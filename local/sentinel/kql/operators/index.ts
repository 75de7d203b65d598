import { openBody, argumentsOf } from '../expressions/calls.ts';
import { type Expression, present, type QueryOperator, remembered, separated, syntax, textOf } from '../kusto.ts';
import { refuse } from '../refusal.ts';
import { extend, keep, project, rename } from './columns.ts';
import { apply, expand } from './expand.ts';
import { filter } from './filter.ts';
import { join, lookup } from './join.ts';
import { parsePairs } from './parse-pairs.ts';
import { parse } from './parse.ts';
import { count, distinct, getSchema } from './plain.ts';
import { evaluatePlugin } from './plugins.ts';
import type { Relation } from './relation.ts';
import { makeSeries } from './series.ts';
import { sort, take, top } from './sort.ts';
import type { Step } from './step.ts';
import { summarize } from './summarize.ts';
import { union } from './union.ts';

type Made = Kusto.Language.Syntax.ExtendOperator | Kusto.Language.Syntax.ProjectOperator;

const expressionsOf = remembered((node: Made): readonly Expression[] => separated(node.Expressions));

/** What an operator makes of the relation before it. @throws Refusal for operators the engine does not do */
export function compileOperator(node: QueryOperator, step: Step): Relation {
  if (node instanceof syntax.FilterOperator) return filter(node, step);
  if (node instanceof syntax.ExtendOperator) return extend(expressionsOf(node), step);
  if (node instanceof syntax.ProjectOperator) return project(expressionsOf(node), step);
  if (node instanceof syntax.SummarizeOperator) return summarize(node, step);
  if (node instanceof syntax.SortOperator) return sort(node, step);
  if (node instanceof syntax.TopOperator) return top(node, step);
  if (node instanceof syntax.TakeOperator) return take(node, step);
  if (node instanceof syntax.DistinctOperator) return distinct(separated(node.Expressions), step);
  if (node instanceof syntax.CountOperator) return count(step);
  return compileShaping(node, step) ?? compileCombining(node, step) ?? compilePassing(node, step);
}

/** Operators that change the columns. */
function compileShaping(node: QueryOperator, step: Step): Relation | undefined {
  if (node instanceof syntax.ProjectRenameOperator) return rename(node, step);
  if (node instanceof syntax.ProjectAwayOperator) return keep(step);
  if (node instanceof syntax.ProjectKeepOperator) return keep(step);
  if (node instanceof syntax.ProjectReorderOperator) return keep(step);
  if (node instanceof syntax.ParseOperator) return parse(node, step, false);
  if (node instanceof syntax.ParseWhereOperator) return parse(node, step, true);
  if (node instanceof syntax.ParseKvOperator) return parsePairs(node, step);
  if (node instanceof syntax.MakeSeriesOperator) return makeSeries(node, step);
  if (node instanceof syntax.EvaluateOperator) return evaluatePlugin(node, step);
  return node instanceof syntax.GetSchemaOperator ? getSchema(step) : undefined;
}

/** Operators that multiply rows or bring in other tables. */
function compileCombining(node: QueryOperator, step: Step): Relation | undefined {
  if (node instanceof syntax.JoinOperator) return join(node, step);
  if (node instanceof syntax.LookupOperator) return lookup(node, step);
  if (node instanceof syntax.UnionOperator) return union(node, step.scope, step, true);
  if (node instanceof syntax.MvExpandOperator) return expand(node, step);
  if (node instanceof syntax.MvApplyOperator) return apply(node, step);
  return node instanceof syntax.InvokeOperator ? invoke(node, step) : undefined;
}

/** Operators that leave the rows as they are. */
function compilePassing(node: QueryOperator, step: Step): Relation {
  if (node instanceof syntax.SerializeOperator) return serialize(node, step);
  if (node instanceof syntax.AsOperator || node instanceof syntax.RenderOperator) return step.input(step.wanted);
  return refuse(`the operator ${textOf(node).split(/\s/)[0] ?? ''}`);
}

function serialize(node: Kusto.Language.Syntax.SerializeOperator, step: Step): Relation {
  const expressions = separated(node.Expressions);
  return extend(expressions, { ...step, isSerialized: true, wanted: { columns: step.wanted.columns } });
}

/** `invoke`: a function whose first parameter is the relation before it. */
function invoke(node: Kusto.Language.Syntax.InvokeOperator, { scope, input, wanted }: Step): Relation {
  const call = node.Function;
  if (!(call instanceof syntax.FunctionCallExpression)) return refuse('such an invoke');
  const { body, names } = openBody(call, argumentsOf(call), scope, { kind: 'table', open: input });
  return scope.compiler.table(present(body), { ...scope, names }, wanted);
}
