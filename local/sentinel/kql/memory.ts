import { nameOf } from './expressions/calls.ts';
import { bodyOf, descendants, type Node, remembered, symbols, syntax } from './kusto.ts';
import type { Row } from './values/value.ts';
import { windowFunctions } from './window-functions.ts';

/**
 * What operators made of rows, kept from one evaluation of a query to the next. It holds what depends on a row alone, so
 * the rows must be the same objects each time.
 */
export interface Memory {
  /** What was made of rows at a place; `variant` tells what else decided it, such as which columns were wanted. */
  of(place: object | string, variant: string): Map<object, Row>;
  /** How many rows it holds. */
  size(): number;
  forget(): void;
}

/** Starts with nothing. */
export function createMemory(): Memory {
  const places = new Map<object | string, Map<string, Map<object, Row>>>();
  return {
    of(place, variant) {
      const variants = places.get(place) ?? new Map<string, Map<object, Row>>();
      places.set(place, variants);
      const rows = variants.get(variant) ?? new Map<object, Row>();
      variants.set(variant, rows);
      return rows;
    },
    size() {
      const all = [...places.values()].flatMap((variants) => [...variants.values()]);
      return all.reduce((sum, rows) => sum + rows.size, 0);
    },
    forget: () => places.clear(),
  };
}

/** What is kept for an input, else what is made of it, which is kept then. */
export function keeping<K extends object>(
  known: Map<object, Row> | undefined,
  make: (input: K) => Row,
): (input: K) => Row {
  if (known === undefined) return make;
  return (input) => {
    const found = known.get(input);
    if (found) return found;
    const made = make(input);
    known.set(input, made);
    return made;
  };
}

/** Functions that may give another value the next time, or for another row before it. */
const varying: ReadonlySet<string> = new Set([
  'now',
  'ago',
  'rand',
  'new_guid',
  'geo_info_from_ip_address',
  'toscalar',
  ...windowFunctions,
]);

/** Whether an expression depends on nothing but the columns of its row: no time, no `let`, no parameter, no table. */
export const isOfRowAlone = remembered((node: Node): boolean => {
  if (descendants(node, syntax.ToScalarExpression).length > 0) return false;
  if (descendants(node, syntax.StarExpression).length > 0) return false;
  const calls = descendants(node, syntax.FunctionCallExpression);
  if (calls.some((call) => varying.has(nameOf(call)) || bodyOf(call) !== null)) return false;
  const names = calls.map(({ Name: name }) => name);
  return descendants(node, syntax.NameReference).every(
    (reference) => names.includes(reference) || reference.ReferencedSymbol instanceof symbols.ColumnSymbol,
  );
});
