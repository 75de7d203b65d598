import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { isJsonObject, type Json, type JsonObject } from '../../../functions/tables/json.ts';
import { callBuiltIn, type Place } from './built-in.ts';
import { evaluate, loopNames, type Names, truth } from './evaluate.ts';
import { type Argument, functions, objectOf, textOf } from './functions.ts';
import { parseFile } from './statements.ts';
import type { Declaration, Expression } from './syntax.ts';

/** What Azure knows and a template asks for. Ids are paths. */
export interface Azure {
  readonly cloud: Place['cloud'];
  /** What a resource has beside what the template says. */
  readonly runtime: (type: string, id: string) => JsonObject;
}

/** A resource as a deployment would send it. */
export interface Resource {
  readonly type: string;
  readonly id: string;
  readonly body: JsonObject;
}

/** What a template comes to. */
export interface Deployment {
  readonly resources: readonly Resource[];
  readonly outputs: JsonObject;
}

type Named = { readonly body: Expression; readonly names: Names } | undefined;

/**
 * Works out what a Bicep file would deploy, as the compiler and Azure Resource Manager would.
 * @param group id of the resource group
 * @throws Error when a parameter is missing or unknown, or an expression has no value
 */
export function deployTemplate(path: string, parameters: JsonObject, group: string, azure: Azure): Deployment {
  const { declarations, names, resources } = open(path, parameters, group, azure);
  for (const { kind, name } of declarations) if (kind === 'resource' || kind === 'module') names.valueOf(name);
  const outputs = declarations.flatMap(({ kind, name, value }) =>
    kind === 'output' && value ? [[name, evaluate(value, names)] as const] : [],
  );
  return { resources, outputs: Object.fromEntries(outputs) };
}

// Tests work out many deployments of the same files.
const parsed = new Map<string, readonly Declaration[]>();

/** A file whose names have their values when they are asked for; the resources are those asked for so far. */
function open(path: string, parameters: JsonObject, group: string, azure: Azure) {
  const declarations = parsed.get(path) ?? parseFile(readFileSync(path, 'utf8'));
  parsed.set(path, declarations);
  const known = new Set(declarations.filter(({ kind }) => kind === 'param').map(({ name }) => name));
  const unknown = Object.keys(parameters).filter((name) => !known.has(name));
  if (unknown.length > 0) throw new RangeError(`${path} has no parameter ${unknown.join()}`);

  const values = new Map<string, Json>();
  const resources: Resource[] = [];
  const names: Names = {
    valueOf: (name) => {
      const before = values.get(name);
      if (before !== undefined) return before;
      const declaration = declarations.find((each) => each.name === name || each.names?.includes(name) === true);
      if (!declaration) throw new ReferenceError(`${name} is not declared in ${path}`);
      const value = valueOf(declaration, name);
      values.set(name, value);
      return value;
    },
    call: (name, args) => {
      const own = declarations.find((each) => each.kind === 'func' && each.name === name);
      return own?.value ? callOwn(own, own.value, args) : callBuiltIn(name, args, { path, group, cloud: azure.cloud });
    },
  };

  function callOwn({ names: parameterNames = [] }: Declaration, body: Expression, args: readonly Argument[]): Json {
    const given = (name: string): Json => {
      const value = args[parameterNames.indexOf(name)];
      return value === undefined || typeof value === 'function' ? names.valueOf(name) : value;
    };
    return evaluate(body, { ...names, valueOf: given });
  }

  function valueOf(declaration: Declaration, name: string): Json {
    const { kind, value, target = '' } = declaration;
    if (kind === 'param' && parameters[name] !== undefined) return parameters[name];
    if (kind === 'import') return open(join(dirname(path), target), {}, group, azure).names.valueOf(name);
    if (!value) throw new RangeError(`${path} lacks the parameter ${name}`);
    if (kind !== 'resource' && kind !== 'module') return evaluate(value, names);
    const found = instances(value, names).map((instance) => (instance ? declare(declaration, instance) : null));
    return value.kind === 'for' ? found : (found[0] ?? null);
  }

  function declare(
    { kind, target = '', isExisting = false }: Declaration,
    { body, names: own }: NonNullable<Named>,
    parent?: Resource,
  ): Json {
    const said = objectOf(evaluate(body, own));
    if (kind === 'module') {
      const inside = isJsonObject(said['scope']) ? textOf(said['scope']['id']) : group;
      const deployed = deployTemplate(join(dirname(path), target), objectOf(said['params'] ?? {}), inside, azure);
      resources.push(...deployed.resources);
      return { outputs: deployed.outputs };
    }
    const resource = resourceOf(target, said, group, parent);
    if (!isExisting) resources.push(resource);
    for (const child of body.kind === 'object' ? body.children : []) {
      const siblings = { ...own, valueOf: (name: string) => (isSibling(body, name) ? '' : own.valueOf(name)) };
      for (const instance of child.value ? instances(child.value, siblings) : []) {
        if (instance) declare(child, instance, resource);
      }
    }
    const merged = functions['union']?.(said, azure.runtime(resource.type, resource.id)) ?? null;
    return { ...objectOf(merged), id: resource.id, name: textOf(said['name']) };
  }

  return { declarations, names, resources };
}

function isSibling(body: Expression, name: string): boolean {
  return body.kind === 'object' && body.children.some((child) => child.name === name);
}

/** A body and its names, for each turn of a loop; undefined where a condition says no. */
function instances(value: Expression, names: Names): readonly Named[] {
  if (value.kind === 'for') return loopNames(value, names).flatMap((each) => instances(value.body, each));
  if (value.kind !== 'if') return [{ body: value, names }];
  return truth(evaluate(value.test, names)) ? [{ body: value.body, names }] : [undefined];
}

function resourceOf(target: string, body: JsonObject, group: string, nested?: Resource): Resource {
  const [said = ''] = target.split('@');
  const name = textOf(body['name']);
  if (nested) return { type: `${nested.type}/${said}`, id: `${nested.id}/${said}/${name}`, body };
  if (isJsonObject(body['parent'])) {
    return { type: said, id: `${textOf(body['parent']['id'])}/${said.split('/').at(-1) ?? ''}/${name}`, body };
  }
  const scope = isJsonObject(body['scope']) ? textOf(body['scope']['id']) : group;
  return { type: said, id: `${scope}/providers/${said}/${name}`, body };
}
