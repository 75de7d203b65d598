import { noRow, type Scalar } from '../expressions/expression.ts';
import { nameOf } from '../expressions/calls.ts';
import { descendants, type Expression, remembered, symbols, syntax } from '../kusto.ts';
import type { Scope } from '../scope.ts';

/** Functions that read a row without a reference to a column. */
const readers: ReadonlySet<string> = new Set([
  'column_ifexists',
  'columnifexists',
  'ingestion_time',
  'pack_all',
  'bag_pack_all',
]);

const readsRow = remembered((node: Expression): boolean => {
  if (descendants(node, syntax.StarExpression).length > 0) return true;
  if (descendants(node, syntax.FunctionCallExpression).some((call) => readers.has(nameOf(call)))) return true;
  const names = descendants(node, syntax.NameReference);
  return names.some(({ ReferencedSymbol: symbol }) => symbol instanceof symbols.ColumnSymbol);
});

/** An expression that does not depend on the row, made ready; undefined for others. */
export function constantOf(node: Expression, scope: Scope): Scalar | undefined {
  if (readsRow(node)) return undefined;
  const made = scope.compiler.scalar(node, { ...scope, columns: [], call: undefined });
  return made.isConstant ? made : undefined;
}

/** A condition that does not depend on the row and does not hold. */
export function isNever(node: Expression, scope: Scope): boolean {
  const value = constantOf(node, scope);
  return value !== undefined && value.type === 'bool' && value.of(noRow) !== true;
}
