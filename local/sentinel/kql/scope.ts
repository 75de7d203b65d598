import type { JsonObject } from '../../../functions/tables/json.ts';
import type { Scalar } from './expressions/expression.ts';
import type { KeptCalls } from './kept-calls.ts';
import type { KeptTable } from './kept-table.ts';
import type { Expression } from './kusto.ts';
import type { Memory } from './memory.ts';
import type { Demand, Relation } from './operators/relation.ts';
import type { Column } from './types.ts';

/** A row of a table as the store holds it; times in epoch milliseconds. */
export interface SourceRow {
  readonly timeGenerated: number;
  readonly arrival: number;
  readonly row: JsonObject;
}

/** What a column of text must hold: one of some texts or, where `isIn` is false, none of them. A row without a cell holds ''. */
export interface Match {
  readonly column: string;
  readonly texts: ReadonlySet<string>;
  readonly isIn: boolean;
  /** The case does not count; the texts are in lower case. */
  readonly ignoresCase?: boolean | undefined;
  /** It may be used only where rows that have the same text in this column hold the same in the other one. */
  readonly copiesBy?: string | undefined;
}

/** Rows that are not needed: to give them all the same is right too. */
export interface Hint {
  /** Those whose TimeGenerated lies before it, epoch milliseconds. */
  readonly sinceMs?: number | undefined;
  /** Those that one of these does not hold for. */
  readonly matches?: readonly Match[] | undefined;
}

/** What an evaluation takes from outside. */
export interface Surroundings {
  /** The rows of a table. */
  readonly rows: (table: string, hint: Hint) => Iterable<SourceRow>;
  /** The rows of a table where they are kept decoded, which is faster; they are read instead of `rows`. */
  readonly kept?: ((table: string) => KeptTable | undefined) | undefined;
  /** What saved functions gave to earlier queries; only beside `kept`. */
  readonly calls?: KeptCalls | undefined;
  /** Only rows whose TimeGenerated lies in it are there at all, both ends included (epoch milliseconds). */
  readonly range?: { readonly fromMs: number; readonly toMs: number } | undefined;
  /** Called now and then while rows are read; what it throws ends the evaluation. */
  readonly onProgress?: (() => void) | undefined;
  /** What earlier evaluations of the same query left; only where `rows` gives the same objects again. */
  readonly memory?: Memory | undefined;
  /** What `now()` is, epoch milliseconds. */
  readonly nowMs: number;
  /** What is known of an IP address, as `geo_info_from_ip_address` gives it; without this look-up it is refused. */
  readonly geoInfo?: ((address: string) => Readonly<Record<string, string | number>> | undefined) | undefined;
}

/** What the reader of a tabular expression wants of it: columns, and at least the rows since a time (ticks) that match. */
export interface Wanted {
  readonly columns: Demand;
  readonly since?: bigint | undefined;
  readonly matches?: readonly Match[] | undefined;
}

export const everything: Wanted = { columns: 'all' };

/** What a name stands for that is no column. */
export type Binding =
  | { readonly kind: 'scalar'; readonly scalar: Scalar }
  | { readonly kind: 'table'; readonly open: (wanted: Wanted) => Relation }
  | { readonly kind: 'function'; readonly names: Names };

/** The names in force at a place: what `let` and parameters define, inner ones first. */
export interface Names {
  readonly find: (name: string) => Binding | undefined;
}

export const noNames: Names = { find: () => undefined };

/** The names of a place and one more. */
export function withName(names: Names, name: string, binding: Binding): Names {
  return { find: (wanted) => (wanted === name ? binding : names.find(wanted)) };
}

/** Makes expressions ready to run. */
export interface Compiler {
  readonly scalar: (node: Expression, scope: Scope) => Scalar;
  readonly table: (node: Expression, scope: Scope, wanted: Wanted) => Relation;
}

/** Where an expression stands: what it can name, and how the parts of it are compiled. */
export interface Scope {
  readonly surroundings: Surroundings;
  readonly compiler: Compiler;
  readonly names: Names;
  /** The cells of the rows that scalars will be given. */
  readonly columns: readonly Column[];
  /** What an operator without an input reads, as in the subquery of `mv-apply`. */
  readonly contextual?: ((wanted: Wanted) => Relation) | undefined;
  /** Calls that mean something at this place alone, as aggregates do in `summarize`. */
  readonly call?:
    ((call: Kusto.Language.Syntax.FunctionCallExpression, scope: Scope) => Scalar | undefined) | undefined;
}

/** The same place with the columns of a relation in reach. */
export function over(scope: Scope, columns: readonly Column[]): Scope {
  return { ...scope, columns, call: undefined };
}
