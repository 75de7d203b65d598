/// <reference types="@kusto/language-service-next" />
// The scripts set globalThis.Bridge and globalThis.Kusto, in this order; they export nothing.
import '@kusto/language-service-next/bridge.min.js';
import '@kusto/language-service-next/Kusto.Language.Bridge.min.js';

/** Microsoft's parser and binder. */
export const kusto = Kusto.Language;
export const syntax = Kusto.Language.Syntax;
export const symbols = Kusto.Language.Symbols;

/** What queries are bound against: tables and functions of a workspace. */
export type Globals = Kusto.Language.GlobalState;
export type Code = Kusto.Language.KustoCode;
export type Node = Kusto.Language.Syntax.SyntaxNode;
export type Expression = Kusto.Language.Syntax.Expression;
export type QueryOperator = Kusto.Language.Syntax.QueryOperator;
export type NamedParameter = Kusto.Language.Syntax.NamedParameter;
export type TypeSymbol = Kusto.Language.Symbols.TypeSymbol;

interface List<T> {
  readonly Count: number;
  getItem(index: number): T;
}

/** The items of a .NET list as an array. */
export function items<T>(list: List<T> | null): T[] {
  return list === null ? [] : Array.from({ length: list.Count }, (_, index) => list.getItem(index));
}

interface Elements<T> {
  readonly Count: number;
  getItem$1(index: number): T;
}

/** The items of a list in the syntax tree as an array. */
export function elements<T>(list: Elements<T> | null): T[] {
  return list === null ? [] : Array.from({ length: list.Count }, (_, index) => list.getItem$1(index));
}

/** What the binder always supplies though its types say it may be null. @throws Error when it is null */
export function present<T>(value: T | null | undefined): T {
  if (value === null || value === undefined) throw new Error('the parser left out a part of its tree');
  return value;
}

/**
 * The same function, which computes what it gives for an object once. The tree of a query is asked again each time the
 * query runs, and its own methods are slow.
 */
export function remembered<K extends object, V>(compute: (key: K) => V): (key: K) => V {
  const known = new WeakMap<K, { readonly value: V }>();
  return (key) => {
    const found = known.get(key);
    if (found) return found.value;
    const made = { value: compute(key) };
    known.set(key, made);
    return made.value;
  };
}

/** The items of a list that has separators between them. */
export function separated<T>(list: Elements<{ readonly Element$1: T | null }> | null): T[] {
  return elements(list).map((item) => present(item.Element$1));
}

/** The text of a part of a query, without the white space before it. */
export const textOf = remembered((node: Node): string => (node.toString() ?? '').trim());

const allParts = remembered((root: Node): Node[] => items(root.GetDescendantsOrSelf(syntax.SyntaxNode)));

const partsByKind = remembered((_root: Node) => new Map<CallableFunction, Node[]>());

/** The body of the function that an expression calls, bound for this call; null when it calls none that has one. */
export const bodyOf = remembered((call: Expression) => call.GetCalledFunctionBody());

/** Every part of a tree that is of a kind, the root included, in the order of the text. */
export function descendants<T extends Node>(root: Node, kind: CallableFunction & { readonly prototype: T }): T[] {
  const kinds = partsByKind(root);
  const parts = kinds.get(kind) ?? allParts(root).filter((part) => part instanceof kind);
  kinds.set(kind, parts);
  return parts.filter((part): part is T => part instanceof kind);
}
