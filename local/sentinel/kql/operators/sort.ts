import { namesIn } from '../expressions/names.ts';
import { whole } from '../expressions/readers.ts';
import { type Expression, present, separated, syntax } from '../kusto.ts';
import { refuse } from '../refusal.ts';
import { over, type Scope } from '../scope.ts';
import { compareValues } from '../values/compare.ts';
import type { Row, Value } from '../values/value.ts';
import { type Demand, type Relation, withMore } from './relation.ts';
import { onlyParameters, type Step } from './step.ts';

/** What rows are sorted by, one key of several. */
interface SortKey {
  readonly of: (row: Row) => Value;
  /** 1 ascending, -1 descending. */
  readonly sign: number;
  readonly nullsFirst: boolean;
}

/** `sort`, also called `order`: descending unless told otherwise; rows that are equal keep their order. */
export function sort(node: Kusto.Language.Syntax.SortOperator, step: Step): Relation {
  onlyParameters(node.Parameters);
  const expressions = separated(node.Expressions);
  const input = step.input({ columns: reading(step, expressions), since: step.wanted.since });
  const keys = expressions.map((expression) => sortKey(expression, over(step.scope, input.columns)));
  return { ...input, rows: () => sorted(input.rows(), keys) };
}

/** `top`: the first rows by a sort. */
export function top(node: Kusto.Language.Syntax.TopOperator, step: Step): Relation {
  onlyParameters(node.Parameters);
  const by = present(node.ByExpression);
  const input = step.input({ columns: reading(step, [by]) });
  const key = sortKey(by, over(step.scope, input.columns));
  const count = constantCount(node.Expression, step.scope);
  return { ...input, rows: () => sorted(input.rows(), [key]).slice(0, count) };
}

/** `take`, also called `limit`: the first rows as they come. */
export function take(node: Kusto.Language.Syntax.TakeOperator, step: Step): Relation {
  onlyParameters(node.Parameters);
  const input = step.input({ columns: step.wanted.columns });
  const count = constantCount(node.Expression, step.scope);
  return { ...input, rows: () => firstOf(input.rows(), count) };
}

function* firstOf(rows: Iterable<Row>, count: number): Iterable<Row> {
  let left = count;
  if (left <= 0) return;
  for (const row of rows) {
    yield row;
    if (--left === 0) return;
  }
}

function reading(step: Step, expressions: readonly Expression[]): Demand {
  const names = namesIn(...expressions);
  return names === 'all' ? names : withMore(step.wanted.columns, names);
}

function constantCount(node: Expression | null, scope: Scope): number {
  const scalar = scope.compiler.scalar(present(node), { ...scope, columns: [] });
  const count = scalar.isConstant ? whole(scalar)([]) : null;
  return count === null ? refuse('a number of rows that is not constant') : Number(count);
}

function sortKey(node: Expression, scope: Scope): SortKey {
  const ordered = node instanceof syntax.OrderedExpression ? node : undefined;
  const ordering = ordered?.Ordering ?? null;
  const isAscending = ordering?.AscOrDescKeyword?.Text === 'asc';
  const nulls = ordering?.NullsClause?.FirstOrLastKeyword?.Text;
  const { type, of } = scope.compiler.scalar(present(ordered ? ordered.Expression : node), scope);
  if (type === 'dynamic') return refuse('sorting by a dynamic value');
  return { of, sign: isAscending ? 1 : -1, nullsFirst: nulls === undefined ? isAscending : nulls === 'first' };
}

function sorted(rows: Iterable<Row>, keys: readonly SortKey[]): Row[] {
  const keyed = Array.from(rows, (row) => ({ row, cells: keys.map(({ of }) => notNan(of(row))) }));
  keyed.sort((a, b) => {
    for (const [index, key] of keys.entries()) {
      const order = compareCells(a.cells[index] ?? null, b.cells[index] ?? null, key);
      if (order !== 0) return order;
    }
    return 0;
  });
  return keyed.map(({ row }) => row);
}

function notNan(value: Value): Value {
  return Number.isNaN(value) ? refuse('sorting NaN') : value;
}

function compareCells(a: Value, b: Value, { sign, nullsFirst }: SortKey): number {
  if (a === b) return 0;
  if (a === null) return nullsFirst ? -1 : 1;
  if (b === null) return nullsFirst ? 1 : -1;
  return sign * compareValues(a, b);
}
