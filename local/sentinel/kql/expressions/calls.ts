import { functions } from '../functions/index.ts';
import {
  bodyOf,
  type Expression,
  items,
  type Node,
  present,
  remembered,
  separated,
  symbols,
  syntax,
} from '../kusto.ts';
import { refuse } from '../refusal.ts';
import { type Binding, everything, type Names, noNames, type Scope, withName } from '../scope.ts';
import { resultType, typeName } from '../types.ts';
import { coerced, type Scalar } from './expression.ts';

type Call = Kusto.Language.Syntax.FunctionCallExpression;

/** A call of a built-in or of a user's scalar function. */
export function compileCall(call: Call, scope: Scope): Scalar {
  const special = scope.call?.(call, scope);
  if (special) return special;
  if (bodyOf(call) !== null) return compileUserCall(call, argumentsOf(call), scope);
  const name = nameOf(call);
  const make = Object.hasOwn(functions, name) ? functions[name] : undefined;
  if (make === undefined) return refuse(`the function ${name}()`);
  const type = resultType(call);
  const scalars = argumentsOf(call).map((argument) => scope.compiler.scalar(argument, scope));
  return make(scalars, { type, name, columns: scope.columns, surroundings: scope.surroundings });
}

export const nameOf = remembered((call: Call): string => present(present(call.Name).SimpleName));

export const argumentsOf = remembered((call: Call): readonly Expression[] =>
  separated(present(call.ArgumentList).Expressions),
);

function compileUserCall(call: Call, given: readonly Expression[], scope: Scope): Scalar {
  const { body, names } = openBody(call, given, scope);
  return scope.compiler.scalar(body, { ...scope, names, columns: [], call: undefined });
}

/** The body of a called function: its expression, and the names in force there. */
export interface OpenBody {
  readonly body: Expression;
  readonly names: Names;
}

/**
 * The body of a function that is called: a call, or the bare name of a function without parameters.
 * @param first the value of the first parameter where an operator supplies it, as `invoke` does
 */
export function openBody(call: Expression, given: readonly Expression[], scope: Scope, first?: Binding): OpenBody {
  const body = bodyOf(call);
  if (!(body instanceof syntax.FunctionBody)) return refuse('a function without a body');
  const names = withParameters(call, given, scope, first);
  return { body: present(body.Expression), names: withLets(statementsOf(body), { ...scope, names }) };
}

function statementsOf(body: Kusto.Language.Syntax.FunctionBody): Node[] {
  return separated(body.Statements);
}

function withParameters(call: Expression, given: readonly Expression[], scope: Scope, first?: Binding): Names {
  const symbol = call.ReferencedSymbol;
  if (!(symbol instanceof symbols.FunctionSymbol)) return refuse('the call of something that is no function');
  const defined = scope.names.find(present(symbol.Name));
  const outer = defined?.kind === 'function' ? defined.names : noNames;
  const parameters = items(present(items(symbol.Signatures)[0]).Parameters);
  return parameters.reduce((names, parameter, index) => {
    const binding = index === 0 && first ? first : bindParameter(parameter, index - (first ? 1 : 0), given, scope);
    return withName(names, present(parameter.Name), binding);
  }, outer);
}

type Parameter = Kusto.Language.Symbols.Parameter;

function bindParameter(parameter: Parameter, place: number, given: readonly Expression[], scope: Scope): Binding {
  const named = given.find((argument) => parameterName(argument) === parameter.Name);
  const positional = given[place];
  const argument = named ?? (positional && parameterName(positional) === undefined ? positional : undefined);
  if (argument) return bindArgument(parameter, argument, scope);
  if (parameter.DefaultValue === null) return refuse(`a call without the parameter ${parameter.Name}`);
  return bindArgument(parameter, parameter.DefaultValue, { ...scope, names: noNames, columns: [] });
}

/** The name of a parameter given as `name = value`. */
function parameterName(argument: Expression): string | undefined {
  return argument instanceof syntax.SimpleNamedExpression ? (argument.Name?.SimpleName ?? undefined) : undefined;
}

function bindArgument(parameter: Parameter, argument: Expression, scope: Scope): Binding {
  const value = argument instanceof syntax.SimpleNamedExpression ? present(argument.Expression) : argument;
  if (parameter.IsTabular) return { kind: 'table', open: (wanted) => scope.compiler.table(value, scope, wanted) };
  const declared = typeName(items(parameter.DeclaredTypes)[0] ?? null);
  return { kind: 'scalar', scalar: coerced(scope.compiler.scalar(value, scope), declared) };
}

/** The names in force after statements: those of `let`. */
export function withLets(statements: readonly Node[], scope: Scope): Names {
  return statements.reduce((names, statement) => {
    if (statement instanceof syntax.LetStatement) return withLet(statement, { ...scope, names });
    if (statement instanceof syntax.ExpressionStatement) return names;
    return refuse(`the statement ${statement.toString() ?? ''}`);
  }, scope.names);
}

function withLet(statement: Kusto.Language.Syntax.LetStatement, scope: Scope): Names {
  const name = present(present(statement.Name).SimpleName);
  return withName(
    scope.names,
    name,
    bindLet(present(statement.Expression), { ...scope, columns: [], call: undefined }),
  );
}

function bindLet(expression: Expression, scope: Scope): Binding {
  if (expression instanceof syntax.FunctionDeclaration) return { kind: 'function', names: scope.names };
  if (expression instanceof syntax.MaterializeExpression) return materialized(present(expression.Expression), scope);
  if (expression.ResultType instanceof symbols.TableSymbol)
    return { kind: 'table', open: (wanted) => scope.compiler.table(expression, scope, wanted) };
  return { kind: 'scalar', scalar: scope.compiler.scalar(expression, scope) };
}

/** Computed once, whatever its readers want of it. */
function materialized(expression: Expression, scope: Scope): Binding {
  let known: ReturnType<typeof scope.compiler.table> | undefined;
  const open = (): NonNullable<typeof known> => {
    const relation = scope.compiler.table(expression, scope, everything);
    const rows = [...relation.rows()];
    return { ...relation, rows: () => rows };
  };
  return { kind: 'table', open: () => (known ??= open()) };
}
