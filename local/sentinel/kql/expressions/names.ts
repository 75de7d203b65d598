import { bodyOf, descendants, type Expression, type Node, present, remembered, syntax } from '../kusto.ts';
import { refuse } from '../refusal.ts';
import type { Demand } from '../operators/relation.ts';
import type { Scope } from '../scope.ts';
import type { Column } from '../types.ts';
import { arrivalColumn } from '../functions/arrival.ts';
import { argumentsOf, nameOf, openBody } from './calls.ts';
import type { Scalar } from './expression.ts';

/** The cells of a column. */
export function columnAt(columns: readonly Column[], name: string): Scalar | undefined {
  const index = columns.findIndex((column) => column.name === name);
  const column = columns[index];
  if (column === undefined) return undefined;
  const missing = column.type === 'string' ? '' : null;
  return { type: column.type, isConstant: false, of: (row) => row[index] ?? missing };
}

/** A name: a column, else what `let` or a parameter defines. */
export function compileName(node: Kusto.Language.Syntax.NameReference, scope: Scope): Scalar {
  const name = present(node.SimpleName);
  const column = columnAt(scope.columns, name);
  if (column) return column;
  const binding = scope.names.find(name);
  if (binding?.kind === 'scalar') return binding.scalar;
  if (bodyOf(node) === null) return refuse(`the name ${name} at this place`);
  const { body, names } = openBody(node, [], scope);
  return scope.compiler.scalar(body, { ...scope, names, columns: [], call: undefined });
}

/** The columns that an expression may read: every name in it, or all where it says `*`. */
export function namesIn(...nodes: readonly (Node | null)[]): Demand {
  const names = new Set<string>();
  for (const node of nodes) {
    const found = node === null ? [] : readNames(node);
    if (found === 'all') return 'all';
    for (const name of found) names.add(name);
  }
  return names;
}

const hungry: ReadonlySet<string> = new Set(['pack_all', 'bag_pack_all']);

const readNames = remembered((node: Node): 'all' | string[] => {
  if (descendants(node, syntax.StarExpression).length > 0) return 'all';
  const calls = descendants(node, syntax.FunctionCallExpression);
  if (calls.some((call) => hungry.has(nameOf(call)))) return 'all';
  const references = descendants(node, syntax.NameReference).map(({ SimpleName: name }) => name ?? '');
  return [...references, ...calls.flatMap((call) => namedByText(call))];
});

/** `column_ifexists("name", …)` names a column by a text; `ingestion_time()` reads a hidden one. */
function namedByText(call: Kusto.Language.Syntax.FunctionCallExpression): string[] {
  const name = nameOf(call);
  if (name === 'ingestion_time') return [arrivalColumn];
  if (name !== 'column_ifexists' && name !== 'columnifexists') return [];
  return [literalText(argumentsOf(call)[0])];
}

/** The text of a string literal. */
function literalText(node: Expression | undefined): string {
  if (!(node instanceof syntax.LiteralExpression)) return refuse('a column name that is not a literal');
  return present(present(node.Token).ValueText);
}
