import { isJsonObject, type Json, type JsonObject } from '../../../functions/tables/json.ts';
import { type Expression, isExpression, parseExpression } from './expression.ts';
import { functions, plain } from './functions.ts';

/** What expressions of a template may name, and what they have named so far. */
export interface Scope {
  readonly parameters: JsonObject;
  readonly variables: JsonObject;
  readonly used: Set<string>;
}

/** A template's scope: each parameter has its default or `sample`. */
export function scopeOf(template: JsonObject, sample: JsonObject): Scope {
  const declared = isJsonObject(template['parameters']) ? template['parameters'] : {};
  const variables = isJsonObject(template['variables']) ? template['variables'] : {};
  const parameters = Object.fromEntries(
    Object.entries(declared).map(([name, of]): [string, Json] => [
      name,
      sample[name] ?? (isJsonObject(of) ? of['defaultValue'] : undefined) ?? 'sample',
    ]),
  );
  return { parameters, variables, used: new Set() };
}

/** A value with its expressions evaluated, as a deployment does it once; a doubled bracket is halved. @throws Error for what Azure would refuse */
export function evaluate(value: Json, scope: Scope): Json {
  if (typeof value === 'string') {
    if (isExpression(value)) return result(parseExpression(value), scope);
    return value.startsWith('[[') ? value.slice(1) : value;
  }
  if (Array.isArray(value)) return value.map((each) => evaluate(each, scope));
  if (!isJsonObject(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([key, each]) => [key, evaluate(each, scope)]));
}

function result(expression: Expression, scope: Scope): Json {
  switch (expression.kind) {
    case 'literal':
      return expression.value;
    case 'call':
      return call(
        expression.name,
        expression.args.map((arg) => result(arg, scope)),
        scope,
      );
    case 'field':
      return part(result(expression.of, scope), expression.name);
    case 'item':
      return part(result(expression.of, scope), plain(result(expression.at, scope)));
  }
}

function call(name: string, args: readonly Json[], scope: Scope): Json {
  const key = name.toLowerCase();
  if (key === 'parameters' || key === 'variables') return named(key, plain(args[0]), scope);
  const known = functions.get(key);
  if (!known) throw new Error(`the function ${name} is not known`);
  return known(...args);
}

function named(kind: 'parameters' | 'variables', name: string, scope: Scope): Json {
  const value = scope[kind][name];
  if (value === undefined) throw new Error(`${kind}('${name}') is not declared`);
  scope.used.add(`${kind}('${name}')`);
  return evaluate(value, scope);
}

function part(of: Json, name: string): Json {
  const value = isJsonObject(of) ? of[name] : Array.isArray(of) ? of[Number(name)] : undefined;
  if (value === undefined) throw new Error(`there is no ${name}`);
  return value;
}
