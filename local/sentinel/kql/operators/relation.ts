import { refuse } from '../refusal.ts';
import type { Column } from '../types.ts';
import type { Row } from '../values/value.ts';

/** A table or the result of an operator: its columns, and rows that can be read any number of times. */
export interface Relation {
  readonly columns: readonly Column[];
  /** It has columns that the binder could not foresee. */
  readonly isOpen?: boolean | undefined;
  /** Its rows are the same objects in the next evaluation, as far as the same rows come of the same tables. */
  readonly isKept?: boolean | undefined;
  readonly rows: () => Iterable<Row>;
}

/** A relation whose columns the binder knows. @throws Refusal when it may have others */
export function closed(relation: Relation): Relation {
  return relation.isOpen ? refuse('this operator behind bag_unpack() without a schema') : relation;
}

/** Names of the columns that whoever reads a relation wants, or all of them. */
export type Demand = ReadonlySet<string> | 'all';

/** Whether a column is wanted. */
export function wants(demand: Demand, name: string): boolean {
  return demand === 'all' || demand.has(name);
}

/** What is wanted and, beside it, some more. */
export function withMore(demand: Demand, names: Iterable<string>): Demand {
  return demand === 'all' ? demand : new Set([...demand, ...names]);
}

/** What is wanted save some names. */
export function without(demand: Demand, names: Iterable<string>): Demand {
  const gone = new Set(names);
  return demand === 'all' ? demand : new Set([...demand].filter((name) => !gone.has(name)));
}
