import { descendants, type Expression, type Node, separated, syntax } from '../../kql/kusto.ts';

/** A call of a function, with what it is given. */
export interface Call {
  readonly node: Kusto.Language.Syntax.FunctionCallExpression;
  readonly name: string;
  readonly given: readonly Expression[];
}

/** The calls of functions by name, in the order of the text. */
export function callsOf(query: Node, ...names: readonly string[]): readonly Call[] {
  return descendants(query, syntax.FunctionCallExpression)
    .map((node) => ({
      node,
      name: node.Name?.SimpleName ?? '',
      given: separated(node.ArgumentList?.Expressions ?? null),
    }))
    .filter(({ name }) => names.includes(name));
}
