import { columnAt } from '../expressions/names.ts';
import {
  bodyOf,
  descendants,
  type Expression,
  present,
  remembered,
  separated,
  symbols,
  syntax,
  textOf,
} from '../kusto.ts';
import { keeping } from '../memory.ts';
import { refuse } from '../refusal.ts';
import type { Scope, Wanted } from '../scope.ts';
import { type Column, columnsOf } from '../types.ts';
import type { Row, Value } from '../values/value.ts';
import { renamedMatches } from './matches.ts';
import { closed, type Relation, wants } from './relation.ts';
import { onlyParameters, parameter, type Step } from './step.ts';

/** One of the tables that are put together. */
interface Leg {
  /** Where it stands. */
  readonly node: object;
  /** What `withsource` says of its rows. */
  readonly source: () => string;
  readonly columns: readonly Column[];
  readonly open: (wanted: Wanted) => Relation;
}

/**
 * `union`: the rows of several tables one after the other. A column takes its place by name; where tables disagree on
 * its type the binder has made a column for each type, named after it.
 */
export function union(node: Kusto.Language.Syntax.UnionOperator, scope: Scope, step: Step, isPiped: boolean): Relation {
  const { Parameters: parameters } = node;
  onlyParameters(parameters, 'kind', 'withsource', 'isfuzzy');
  const isFuzzy = parameter(parameters, 'isfuzzy') === 'true';
  const sourceColumn = parameter(parameters, 'withsource');
  const named = separated(node.Expressions);
  const listed = named.filter((each) => !isFuzzy || isThere(each));
  const piped: Leg[] = isPiped ? [{ node, source: pipedSource, columns: step.inputColumns, open: step.input }] : [];
  const legs = [...piped, ...listed.map((each, index) => leg(each, index + piped.length, scope))];
  const isCommon = ({ name }: Column): boolean =>
    parameter(parameters, 'kind') !== 'inner' || name === sourceColumn || legs.every((each) => has(each, name));
  const places = listed.length < named.length ? placesOf(legs, sourceColumn) : step.resultColumns;
  const columns = places.filter((column) => wants(step.wanted.columns, column.name) && isCommon(column));
  if (parameter(parameters, 'kind') !== 'inner') legs.forEach((each) => hasPlaces(each, places));
  const parts = legs.map((each) => opened(each, columns, step, sourceColumn));
  const isKept = parts.some((part) => part.isKept);
  return { columns, isKept, rows: () => concatenated(parts) };
}

/** The columns of some tables. The binder also counts those that it guesses of tables that are not there. */
function placesOf(legs: readonly Leg[], sourceColumn: string | undefined): readonly Column[] {
  const all = legs.flatMap(({ columns }) => columns);
  const source = sourceColumn === undefined ? [] : [{ name: sourceColumn, type: 'string' as const }];
  return [...new Map([...source, ...all].map((column) => [column.name, column])).values()];
}

/** @throws Refusal when a column has no place in the result: of three tables or more the binder overlooks some types */
function hasPlaces({ columns }: Leg, places: readonly Column[]): void {
  const filled = new Set(places.map(columnText));
  const lost = columns.find(
    ({ name, type }) => !filled.has(`${type} ${name}`) && !filled.has(`${type} ${name}_${type}`),
  );
  if (lost) refuse(`a union whose tables disagree on the type of ${lost.name}`);
}

const pipedSource = (): string => refuse('withsource behind a pipe');

function always(value: Value): () => Value {
  return () => value;
}

function has({ columns }: Leg, wanted: string): boolean {
  return columns.some(({ name }) => name === wanted);
}

/** Whether the table that a part of a fuzzy union begins with is there; the part goes with it. */
function isThere(node: Expression): boolean {
  if (node instanceof syntax.ParenthesizedExpression) return isThere(present(node.Expression));
  if (node instanceof syntax.PipeExpression) return isThere(present(node.Expression));
  return !(node instanceof syntax.NameReference) || (node.ReferencedSymbol !== null && !node.ReferencedSymbol.IsError);
}

function leg(node: Expression, index: number, scope: Scope): Leg {
  if (node instanceof syntax.NameReference && textOf(node).includes('*'))
    return refuse('a union of tables by a pattern');
  return {
    node,
    source: () => sourceName(node, index),
    columns: columnsOf(node.ResultType),
    open: (wanted) => scope.compiler.table(node, scope, wanted),
  };
}

/** A table's own name, what `as` calls its rows, or `union_arg0` for rows of a query that reads no table. */
function sourceName(node: Expression, index: number): string {
  if (node instanceof syntax.ParenthesizedExpression) return sourceName(present(node.Expression), index);
  const last = node instanceof syntax.PipeExpression ? node.Operator : null;
  if (last instanceof syntax.AsOperator) return present(present(last.Name).SimpleName);
  if (node instanceof syntax.NameReference && isTable(node)) return textOf(node);
  const query = node.Root instanceof syntax.SyntaxNode ? node.Root : node;
  const isCalling = descendants(node, syntax.Expression).some((each) => bodyOf(each) !== null);
  const isNamed = descendants(node, syntax.AsOperator).length > 0;
  return isCalling || isNamed || descendants(query, syntax.NameReference).some(isTable)
    ? refuse('withsource for what is made of a table')
    : `union_arg${index}`;
}

function isTable({ ReferencedSymbol: symbol }: Expression): boolean {
  return symbol instanceof symbols.TableSymbol;
}

function opened(
  of: Leg,
  columns: readonly Column[],
  step: Step,
  sourceColumn: string | undefined,
): Pick<Relation, 'isKept' | 'rows'> {
  const sources = columns.map((column) => (column.name === sourceColumn ? undefined : sourceOf(column, of.columns)));
  const names = new Set(sources.flatMap((name) => name ?? []));
  const textOf = (name: string): string | undefined => {
    const index = columns.findIndex((column) => column.name === name && column.type === 'string');
    return sources[index];
  };
  const matches = renamedMatches(step.wanted.matches, textOf);
  const relation = closed(of.open({ columns: names, since: step.wanted.since, matches }));
  const reads = columns.map(({ name, type }, index) => {
    if (name === sourceColumn) return always(of.source());
    const missing: Value = type === 'string' ? '' : null;
    return columnAt(relation.columns, sources[index] ?? '')?.of ?? (() => missing);
  });
  const { memory } = step.scope.surroundings;
  const known = relation.isKept ? memory?.of(of.node, JSON.stringify([relation.columns, columns])) : undefined;
  return { isKept: relation.isKept, rows: () => cellsOf(relation, reads, known) };
}

/** The column of a table that fills one of the union: the same name and type, or `name_type` where types differ. */
function sourceOf(place: Column, columns: readonly Column[]): string | undefined {
  const names = sourceNames(columns);
  return names.plain.get(columnText(place)) ?? names.typed.get(columnText(place));
}

function columnText({ name, type }: Column): string {
  return `${type} ${name}`;
}

/** The columns of a table by the places that they can fill. */
const sourceNames = remembered((columns: readonly Column[]) => ({
  plain: new Map(columns.map((column) => [columnText(column), column.name])),
  typed: new Map(columns.map(({ name, type }) => [`${type} ${name}_${type}`, name])),
}));

function* cellsOf(
  { rows }: Relation,
  reads: readonly ((row: Row) => Value)[],
  known: Map<object, Row> | undefined,
): Iterable<Row> {
  const rowOf = keeping(known, (row: Row): Row => reads.map((read) => read(row)));
  for (const row of rows()) yield rowOf(row);
}

function* concatenated(parts: readonly Pick<Relation, 'rows'>[]): Iterable<Row> {
  for (const { rows } of parts) yield* rows();
}
