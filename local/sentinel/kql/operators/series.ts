import type { Aggregate } from '../aggregates/aggregate.ts';
import { coerced, type Scalar, valueOf } from '../expressions/expression.ts';
import { namesIn } from '../expressions/names.ts';
import { whole } from '../expressions/readers.ts';
import { elements, type Expression, present, separated, syntax } from '../kusto.ts';
import { refuse } from '../refusal.ts';
import { over, type Scope } from '../scope.ts';
import type { Column, KqlType } from '../types.ts';
import { type Key, keyOf } from '../values/compare.ts';
import { toDynamic } from '../values/convert.ts';
import { floorDivide } from '../values/ticks.ts';
import type { Row, Value } from '../values/value.ts';
import { grouped } from './groups.ts';
import type { Demand, Relation } from './relation.ts';
import { ownName, type Step } from './step.ts';
import { aggregateCall } from './summarize.ts';

/** The points of the axis: in steps from a start to an end, either of them given or that of the data. */
interface Axis {
  readonly type: KqlType;
  readonly at: (row: Row) => bigint | null;
  readonly from: bigint | undefined;
  /** Not included. */
  readonly to: bigint | undefined;
  readonly step: bigint;
}

/** What is computed at each point, and what stands where there are no rows. */
interface Measure {
  readonly scalar: Scalar;
  readonly missing: Value;
}

/** `make-series`: for each group, arrays of aggregates over the points of an axis. */
export function makeSeries(node: Kusto.Language.Syntax.MakeSeriesOperator, step: Step): Relation {
  if (elements(node.Parameters).length > 0) return refuse('make-series with parameters');
  const by = node.ByClause ? separated(node.ByClause.Expressions) : [];
  const written = separated(node.Aggregates);
  const on = present(present(node.OnClause).Expression);
  const demand: Demand = namesIn(on, ...by, ...written.map((each) => each.Expression));
  const input = step.input({ columns: demand });
  const scope = over(step.scope, input.columns);
  const keys = by.map((each) => scope.compiler.scalar(each, scope));
  const started: Aggregate[] = [];
  const measures = written.map((each) => measureOf(each, scope, started));
  const axis = axisOf(node.RangeClause, on, scope);
  const columns = step.resultColumns.map(({ name }, index): Column => ({ name, type: keys[index]?.type ?? 'dynamic' }));
  const timeName = ownName(on);
  return { columns: ordered(columns, timeName), rows: () => series(input, { keys, started, measures, axis }) };
}

/** The binder puts the axis last, as the engine does. */
function ordered(columns: readonly Column[], timeName: string | undefined): readonly Column[] {
  return timeName === undefined || columns.at(-1)?.name === timeName
    ? columns
    : refuse('a make-series whose columns are not known');
}

function measureOf(node: Kusto.Language.Syntax.MakeSeriesExpression, scope: Scope, started: Aggregate[]): Measure {
  const scalar = scope.compiler.scalar(present(node.Expression), { ...scope, call: aggregateCall(started) });
  if (!['int', 'long', 'real', 'timespan'].includes(scalar.type)) return refuse(`make-series of ${scalar.type}`);
  const given = node.DefaultExpression?.Expression;
  if (!given) return { scalar, missing: scalar.type === 'real' ? 0 : 0n };
  return { scalar, missing: valueOf(coerced(scope.compiler.scalar(given, { ...scope, columns: [] }), scalar.type)) };
}

function axisOf(clause: Kusto.Language.Syntax.MakeSeriesRangeClause | null, on: Expression, scope: Scope): Axis {
  if (!(clause instanceof syntax.MakeSeriesFromToStepClause)) return refuse('make-series in range()');
  const position = scope.compiler.scalar(on, scope);
  if (!['datetime', 'timespan', 'long', 'int'].includes(position.type))
    return refuse(`make-series on ${position.type}`);
  const read = (node: Expression | null | undefined): bigint | undefined => {
    if (!node) return undefined;
    const value = whole(scope.compiler.scalar(node, { ...scope, columns: [] }))([]);
    return value ?? refuse('make-series with a bound that is null or not constant');
  };
  const step = read(clause.MakeSeriesStepClause?.Expression) ?? refuse('make-series without a step');
  if (step <= 0n) return refuse('make-series with such a step');
  return {
    type: position.type,
    at: whole(position),
    from: read(clause.MakeSeriesFromClause?.Expression),
    to: read(clause.MakeSeriesToClause?.Expression),
    step,
  };
}

interface Making {
  readonly keys: readonly Scalar[];
  readonly started: readonly Aggregate[];
  readonly measures: readonly Measure[];
  readonly axis: Axis;
}

/** The results of the aggregates of a group by the points of the axis. */
interface Points {
  readonly cells: readonly Value[];
  readonly results: Map<bigint, Row>;
}

function series(input: Relation, { keys, started, measures, axis }: Making): Row[] {
  const place: Scalar = { type: axis.type, isConstant: false, of: (row) => placeOf(row, axis) };
  const inRange = { ...input, rows: () => within(input, axis) };
  const groups = grouped(inRange.rows(), [...keys, place], started);
  return [...byKey(groups, keys)].map(({ cells, results }) => {
    const points = pointsOf(results, axis);
    const arrays = measures.map(({ scalar, missing }) =>
      points.map((point) => {
        const found = results.get(point);
        return toDynamic(found ? scalar.of(found) : missing, scalar.type);
      }),
    );
    return [...cells, ...arrays, points.map((point) => toDynamic(point, axis.type))];
  });
}

/** The point that a row belongs to: counted from the given start, else a multiple of the step. */
function placeOf(row: Row, { at, from = 0n, step }: Axis): bigint | null {
  const position = at(row);
  return position === null ? null : floorDivide(position - from, step) * step + from;
}

function* within({ rows }: Relation, { at, from, to }: Axis): Iterable<Row> {
  for (const row of rows()) {
    const position = at(row);
    if (position === null || (from !== undefined && position < from) || (to !== undefined && position >= to)) continue;
    yield row;
  }
}

function byKey(
  groups: Iterable<{ readonly cells: readonly Value[]; readonly results: Row }>,
  keys: readonly Scalar[],
): Iterable<Points> {
  const keyFor = keyOf(keys.map(({ type }) => type));
  const found = new Map<Key, Points>();
  for (const { cells, results } of groups) {
    const own = cells.slice(0, keys.length);
    const key = keys.length === 0 ? '' : keyFor(own);
    const points = found.get(key) ?? { cells: own, results: new Map<bigint, Row>() };
    const place = cells[keys.length];
    if (typeof place === 'bigint') points.results.set(place, results);
    found.set(key, points);
  }
  return found.values();
}

const mostPoints = 1_048_576n;

/** Without bounds a series reaches from its first point with data to its last. */
function pointsOf(results: ReadonlyMap<bigint, Row>, { from, to, step }: Axis): bigint[] {
  const places = [...results.keys()];
  const first = from ?? places.reduce((a, b) => (b < a ? b : a));
  const end = to ?? places.reduce((a, b) => (b > a ? b : a)) + step;
  if ((end - first) / step > mostPoints) return refuse('a make-series of so many points');
  const points: bigint[] = [];
  for (let point = first; point < end; point += step) points.push(point);
  return points;
}
