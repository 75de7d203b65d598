import { descendants, type Expression, items, separated, symbols, syntax } from '../../kql/kusto.ts';
import { typeName } from '../../kql/types.ts';
import { isLike } from './like-types.ts';
import { type Problem, problemAt, type Rule } from './problem.ts';

type Parameter = Kusto.Language.Symbols.Parameter;

/** What is given to saved functions, whose parameters' types the binder does not compare. */
export const unlikeArguments: Rule = (query) =>
  descendants(query, syntax.FunctionCallExpression).flatMap((call) => {
    const called = call.ReferencedSymbol;
    if (!(called instanceof symbols.FunctionSymbol) || call.GetCalledFunctionBody() === null) return [];
    const parameters = items(items(called.Signatures)[0]?.Parameters ?? null);
    const given = separated(call.ArgumentList?.Expressions ?? null);
    return given.flatMap((argument, index) => unlike(argument, parameterOf(argument, index, parameters)));
  });

/** The parameter that an argument is for, by its name or its place. */
function parameterOf(argument: Expression, index: number, parameters: readonly Parameter[]): Parameter | undefined {
  if (!(argument instanceof syntax.SimpleNamedExpression)) return parameters[index];
  return parameters.find(({ Name: name }) => name === argument.Name?.SimpleName);
}

function unlike(argument: Expression, parameter: Parameter | undefined): readonly Problem[] {
  const [wanted] = items(parameter?.DeclaredTypes ?? null).map(typeName);
  if (wanted === undefined || parameter === undefined) return [];
  const given = typeName(argument.ResultType);
  const isOther = wanted === 'dynamic' ? given !== 'dynamic' && given !== 'unknown' : !isLike(wanted, given);
  return isOther ? [problemAt(argument, `gives ${given} for the parameter ${parameter.Name}:${wanted}`)] : [];
}
