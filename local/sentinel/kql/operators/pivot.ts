import type { Aggregate } from '../aggregates/aggregate.ts';
import { argumentsOf, nameOf } from '../expressions/calls.ts';
import type { Scalar } from '../expressions/expression.ts';
import { columnAt } from '../expressions/names.ts';
import { arrivalColumn } from '../functions/arrival.ts';
import { descendants, type Expression, present, syntax } from '../kusto.ts';
import { refuse } from '../refusal.ts';
import { everything, over, type Scope } from '../scope.ts';
import { type Key, keyOf } from '../values/compare.ts';
import { toText } from '../values/text.ts';
import type { Row, Value } from '../values/value.ts';
import { aggregates } from '../aggregates/index.ts';
import { grouped } from './groups.ts';
import { closed, type Relation } from './relation.ts';
import type { Step } from './step.ts';
import { aggregateCall } from './summarize.ts';

/** Aggregates whose value for no rows is known. */
const known: ReadonlySet<string> = new Set(['count', 'sum', 'dcount', 'min', 'max', 'make_list', 'make_set']);

/** `evaluate pivot(column, aggregate, keys …)`: a column for each value of one, in the order they first come. */
export function pivot(call: Kusto.Language.Syntax.FunctionCallExpression, step: Step): Relation {
  const [pivoted, ...others] = argumentsOf(call);
  const [first, ...rest] = others;
  const measure = first instanceof syntax.FunctionCallExpression ? first : undefined;
  const input = closed(step.input(everything));
  const scope = over(step.scope, input.columns);
  const named = (measure ? rest : others).map(columnName);
  const column = columnName(pivoted);
  const keys = named.length > 0 ? named : otherColumns(input, [column, ...namesOf(measure)]);
  return rotated(input, { column, keys, ...measureOf(measure, scope) });
}

function columnName(node: Expression | undefined): string {
  return node instanceof syntax.NameReference
    ? present(node.SimpleName)
    : refuse('pivot() with something that is no column');
}

function namesOf(measure: Expression | undefined): string[] {
  return measure ? descendants(measure, syntax.NameReference).map(({ SimpleName: name }) => name ?? '') : [];
}

function otherColumns({ columns }: Relation, taken: readonly string[]): string[] {
  return columns.map(({ name }) => name).filter((name) => name !== arrivalColumn && !taken.includes(name));
}

interface Measure {
  readonly started: readonly Aggregate[];
  readonly scalar: Scalar;
}

/** What a cell holds: how many rows there are unless told otherwise. */
function measureOf(measure: Kusto.Language.Syntax.FunctionCallExpression | undefined, scope: Scope): Measure {
  const started: Aggregate[] = [];
  if (measure === undefined) {
    const count = aggregates['count'] ?? refuse('count()');
    const scalar: Scalar = { type: 'long', isConstant: false, of: ([rows = null]) => rows };
    return { started: [count([], { name: 'count', type: 'long' })], scalar };
  }
  if (!known.has(nameOf(measure))) return refuse(`pivot() with ${nameOf(measure)}()`);
  return { started, scalar: scope.compiler.scalar(measure, { ...scope, call: aggregateCall(started) }) };
}

interface Rotation extends Measure {
  readonly column: string;
  readonly keys: readonly string[];
}

function rotated(input: Relation, { column, keys, started, scalar }: Rotation): Relation {
  const at = (name: string): Scalar => columnAt(input.columns, name) ?? refuse(`the column ${name}`);
  const [by, place] = [keys.map(at), at(column)];
  if (place.type !== 'string') return refuse(`pivot() of a column of type ${place.type}`);
  const groups = grouped(input.rows(), [...by, place], started);
  const names = [...new Set(groups.map(({ cells }) => toText(cells.at(-1) ?? '', 'string')))];
  const nothing = started.map((each) => each.start().result());
  const rows = byKey(by, groups, (results) => scalar.of(results ?? nothing), names);
  return {
    columns: [
      ...keys.map((name, index) => ({ name, type: by[index]?.type ?? 'unknown' })),
      ...names.map((name) => ({ name, type: scalar.type })),
    ],
    isOpen: true,
    rows: () => rows,
  };
}

type Groups = ReturnType<typeof grouped>;

function byKey(
  by: readonly Scalar[],
  groups: Groups,
  cell: (results: Row | undefined) => Value,
  names: readonly string[],
): Row[] {
  const keyFor = keyOf(by.map(({ type }) => type));
  const found = new Map<Key, { readonly own: Row; readonly results: Map<string, Row> }>();
  for (const { cells, results } of groups) {
    const own = cells.slice(0, by.length);
    const key = by.length === 0 ? '' : keyFor(own);
    const line = found.get(key) ?? { own, results: new Map<string, Row>() };
    line.results.set(toText(cells.at(-1) ?? '', 'string'), results);
    found.set(key, line);
  }
  return [...found.values()].map(({ own, results }) => [...own, ...names.map((name) => cell(results.get(name)))]);
}
