import { parse } from 'yaml';
import { isJsonObject, type Json, type JsonObject, parseJson } from '../../functions/tables/json.ts';
import { type PackageFiles, solutionFolder } from '../package-files.ts';

/** Looks a package through; says what is wrong, file and reason. */
export type Check = (files: PackageFiles) => readonly string[];

/** A file's path and what it holds. */
export type Read<T> = readonly [path: string, content: T];

/** The texts of the files whose path ends so. */
export function textFiles(files: PackageFiles, ending: RegExp): readonly Read<string>[] {
  return [...files].flatMap(([path, bytes]) =>
    ending.test(path) ? [[path, new TextDecoder().decode(bytes)] as const] : [],
  );
}

/** The JSON objects in files whose path is like that; those that are none, the syntax check names. */
export function jsonFiles(files: PackageFiles, like: RegExp): readonly Read<JsonObject>[] {
  return objects(textFiles(files, like), parseJson);
}

/** The same of YAML files. */
export function yamlFiles(files: PackageFiles, like: RegExp): readonly Read<JsonObject>[] {
  return objects(textFiles(files, like), parse);
}

function objects(texts: readonly Read<string>[], read: (text: string) => Json): readonly Read<JsonObject>[] {
  return texts.flatMap(([path, text]) => {
    const value = attempt(() => read(text));
    return isJsonObject(value) ? [[path, value] as const] : [];
  });
}

function attempt(read: () => Json): Json | undefined {
  try {
    return read();
  } catch {
    return undefined;
  }
}

/** The objects of a list; nothing when it is none. */
export function list(value: Json | undefined): readonly JsonObject[] {
  return Array.isArray(value) ? value.filter(isJsonObject) : [];
}

/** An object's field that is an object; an empty one when it is not there. */
export function field(of: Json | undefined, ...names: readonly string[]): JsonObject {
  let value: Json | undefined = of;
  for (const name of names) value = isJsonObject(value) ? value[name] : undefined;
  return isJsonObject(value) ? value : {};
}

/** A text of an object; empty when it is not there. */
export function text(of: JsonObject, name: string): string {
  const value = of[name];
  return typeof value === 'string' ? value : '';
}

/** The package's main template, and where it stands. */
export function mainTemplateOf(files: PackageFiles): readonly Read<JsonObject>[] {
  return jsonFiles(files, new RegExp(`^${solutionFolder}/Package/mainTemplate\\.json$`));
}

/** Whether a resource is of the type whose last name that is. */
export function isOfType(resource: JsonObject, last: string): boolean {
  return text(resource, 'type').endsWith(`/${last}`);
}

/** The texts of a list; nothing when it is none. */
export function strings(value: Json | undefined): readonly string[] {
  return Array.isArray(value) ? value.filter((each) => typeof each === 'string') : [];
}

/** Those faults that are there. */
export function faultsIn(wrong: Readonly<Record<string, boolean>>): readonly string[] {
  return Object.entries(wrong).flatMap(([fault, is]) => (is ? [fault] : []));
}

/** The same with the path of the file they are in. */
export function faultsAt(path: string, wrong: Readonly<Record<string, boolean>>): readonly string[] {
  return faultsIn(wrong).map((fault) => `${path}: ${fault}`);
}
