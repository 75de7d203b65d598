import { isJsonObject, type Json, parseJson } from '../../../functions/tables/json.ts';

/** What expressions of a workflow can ask for. */
export interface Values {
  readonly triggerBody: Json;
  readonly parameters: ReadonlyMap<string, Json>;
  /** Bodies and outputs of the actions that have run. */
  readonly outputs: ReadonlyMap<string, Json>;
  readonly item?: Json;
}

/** A value with its expressions evaluated: `@f()` is one, `@{f()}` stands inside a text. */
export function evaluate(value: Json, values: Values): Json {
  if (Array.isArray(value)) return value.map((each) => evaluate(each, values));
  if (isJsonObject(value))
    return Object.fromEntries(Object.entries(value).map(([key, each]) => [key, evaluate(each, values)]));
  if (typeof value !== 'string') return value;
  if (/^@(?!\{)/.test(value)) return whole(value.slice(1), values);
  return value.replaceAll(/@\{([^}]*)\}/g, (_match, inner: string) => text(whole(inner, values)));
}

const token = /\s*('(?:[^']|'')*'|[A-Za-z]\w*|\?\[|[()[\],])/y;

function whole(source: string, values: Values): Json {
  const tokens: string[] = [];
  token.lastIndex = 0;
  while (token.lastIndex < source.length) {
    const [, found] = token.exec(source) ?? [];
    if (found === undefined) throw new Error(`cannot be read: ${source}`);
    tokens.push(found);
  }
  const [value, next] = operand(tokens, 0, values);
  if (next < tokens.length) throw new Error(`too much in ${source}`);
  return value;
}

type Part = readonly [value: Json, next: number];

function operand(tokens: readonly string[], at: number, values: Values): Part {
  const first = tokens[at] ?? '';
  if (first.startsWith("'")) return [first.slice(1, -1).replaceAll("''", "'"), at + 1];
  if (tokens[at + 1] !== '(') throw new Error(`"${first}" is no function`);
  const args: Json[] = [];
  let next = at + 2;
  while (tokens[next] !== ')') {
    if (next >= tokens.length) throw new Error('a bracket is not closed');
    if (tokens[next] === ',') next++;
    const [arg, after] = operand(tokens, next, values);
    args.push(arg);
    next = after;
  }
  return access(tokens, [call(first, args, values), next + 1], values);
}

/** `['name']` must be there, `?['name']` need not. */
function access(tokens: readonly string[], [of, next]: Part, values: Values): Part {
  const open = tokens[next];
  if (open !== '[' && open !== '?[') return [of, next];
  const [name, after] = operand(tokens, next + 1, values);
  const value = isJsonObject(of) ? of[text(name)] : undefined;
  if (value === undefined && open === '[') throw new Error(`there is no ${text(name)}`);
  return access(tokens, [value ?? null, after + 1], values);
}

function call(name: string, args: readonly Json[], values: Values): Json {
  const [first = null, second = null] = args;
  switch (name) {
    case 'triggerBody':
      return values.triggerBody;
    case 'parameters':
      return known(values.parameters, text(first));
    case 'outputs':
    case 'body':
      return known(values.outputs, text(first));
    case 'item':
      return values.item ?? null;
    case 'coalesce':
      return args.find((each) => each !== null) ?? null;
    case 'createArray':
      return args;
    case 'concat':
      return args.map(text).join('');
    case 'join':
      return (Array.isArray(first) ? first : []).map(text).join(text(second));
    case 'equals':
      return first === second;
    case 'string':
      return text(first);
    case 'toLower':
      return text(first).toLowerCase();
    case 'json':
      return parseJson(text(first));
    case 'union':
      return { ...(isJsonObject(first) && first), ...(isJsonObject(second) && second) };
    default:
      throw new Error(`the function ${name} is not known`);
  }
}

function known(of: ReadonlyMap<string, Json>, name: string): Json {
  const value = of.get(name);
  if (value === undefined) throw new Error(`nothing is called ${name}`);
  return value;
}

/** Booleans are written with a capital letter, as workflows write them. */
function text(value: Json): string {
  if (value === null) return '';
  if (typeof value === 'boolean') return value ? 'True' : 'False';
  return typeof value === 'object' ? JSON.stringify(value) : String(value);
}
