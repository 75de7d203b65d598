import { descendants, type Expression, present, separated, syntax } from '../../kql/kusto.ts';
import { typeName } from '../../kql/types.ts';
import { callsOf } from './calls.ts';
import { isLike } from './like-types.ts';
import { type Problem, problemAt, type Rule } from './problem.ts';

const comparisons = new Set(['==', '!=', '<>', '<', '<=', '>', '>=', '=~', '!~']);

/** Values of unlike types are never equal, which neither the binder nor the engine says. */
export const unlikeComparisons: Rule = (query) => [
  ...descendants(query, syntax.BinaryExpression)
    .filter(({ Operator: operator }) => comparisons.has(operator?.Text ?? ''))
    .flatMap(({ Left: left, Right: right }) => unlike('compares', present(left), [present(right)])),
  ...descendants(query, syntax.InExpression).flatMap(({ Left: left, Right: right }) =>
    unlike('compares', present(left), separated(right?.Expressions ?? null)),
  ),
];

/** The branches of `iff`, whose type would be dynamic. */
export const unlikeBranches: Rule = (query) =>
  callsOf(query, 'iff', 'iif').flatMap(({ given: [, ifTrue, ifFalse] }) =>
    ifTrue && ifFalse ? unlike('has branches of unlike types:', ifTrue, [ifFalse]) : [],
  );

function unlike(what: string, first: Expression, others: readonly Expression[]): readonly Problem[] {
  const own = typeName(first.ResultType);
  const differing = others.map((other) => typeName(other.ResultType)).find((type) => !isLike(own, type));
  return differing === undefined ? [] : [problemAt(first, `${what} ${own} with ${differing}`)];
}
