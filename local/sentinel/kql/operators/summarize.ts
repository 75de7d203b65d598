import { aggregates } from '../aggregates/index.ts';
import type { Aggregate } from '../aggregates/aggregate.ts';
import { anyRow, bestRow, ofKept } from '../aggregates/best-row.ts';
import { argumentsOf, nameOf } from '../expressions/calls.ts';
import { constant, type Scalar } from '../expressions/expression.ts';
import { columnAt, namesIn } from '../expressions/names.ts';
import { type Expression, present, separated, syntax } from '../kusto.ts';
import { isOfRowAlone } from '../memory.ts';
import { refuse } from '../refusal.ts';
import { type Match, over, type Scope } from '../scope.ts';
import { type Column, typeName } from '../types.ts';
import { type Group, grouped } from './groups.ts';
import { isList, type Row } from '../values/value.ts';
import { closed, type Demand, type Relation, wants } from './relation.ts';
import { onlyParameters, type Step } from './step.ts';

type Call = Kusto.Language.Syntax.FunctionCallExpression;

/** A column that the binder gives the result, and the call or expression it comes from. */
interface Output {
  readonly name: string;
  readonly expression: Expression;
  /** Which of the columns that the expression makes. */
  readonly part: number;
  /** What `*` in its arguments stands for. */
  readonly star: readonly string[];
}

/** `summarize`: a row for each group of rows. */
export function summarize(node: Kusto.Language.Syntax.SummarizeOperator, step: Step): Relation {
  onlyParameters(node.Parameters);
  const by = node.ByClause ? separated(node.ByClause.Expressions) : [];
  if (node.ByClause?.BinClause) return refuse('summarize … by … bin=');
  const all = outputs(separated(node.Aggregates), by.length, step);
  const wanted = all.filter(({ name }) => wants(step.wanted.columns, name));
  const read = step.input({ columns: reading(wanted, by), matches: matchesOfCopies(all, by, step) });
  const input = wanted.some(({ star }) => star.length > 0) ? closed(read) : read;
  const scope = over(step.scope, input.columns);
  const keys = by.map((each) => scope.compiler.scalar(each, scope));
  const started: Aggregate[] = [];
  const cells = wanted.map((output) => compileOutput(output, scope, started));
  const known = keptRows(node, step, { by, wanted, input, started });
  const keyColumns = keys.map(({ type }, index): Column => ({ name: step.resultColumns[index]?.name ?? '', type }));
  return {
    columns: [...keyColumns, ...cells.map(({ type }, index): Column => ({ name: wanted[index]?.name ?? '', type }))],
    isKept: known !== undefined,
    *rows() {
      const rowOf = ({ cells: own, results }: Group): Row => [...own, ...cells.map(({ of }) => of(results))];
      for (const group of grouped(input.rows(), keys, started)) {
        const [winner = null] = group.results;
        const made = known && isList(winner) ? known.get(winner) : undefined;
        const row = made ?? rowOf(group);
        if (known && made === undefined && isList(winner)) known.set(winner, row);
        yield row;
      }
    },
  };
}

/**
 * What must hold of the rows, where one of each group of copies is kept: where the copies are all the same, those that do
 * not match can go before as well as after.
 */
function matchesOfCopies(all: readonly Output[], by: readonly Expression[], { wanted }: Step): readonly Match[] {
  const [key, ...others] = by;
  const isOneRow = all.every(({ expression, star }) => {
    const call = callOf(expression);
    return call !== undefined && isExtreme(call) && star.length > 0;
  });
  const isOne = new Set(all.map(({ expression }) => expression)).size === 1;
  if (!(key instanceof syntax.NameReference) || others.length > 0 || !isOneRow || !isOne) return [];
  const copiesBy = present(key.SimpleName);
  return (wanted.matches ?? [])
    .filter((match) => match.copiesBy === undefined)
    .map((match) => (match.column === copiesBy ? match : { ...match, copiesBy }));
}

/** What was made of the rows that groups kept, where a group's row is made of the one that it keeps and nothing else. */
function keptRows(
  node: Kusto.Language.Syntax.SummarizeOperator,
  { scope }: Step,
  {
    by,
    wanted,
    input,
    started,
  }: { by: readonly Expression[]; wanted: readonly Output[]; input: Relation; started: readonly Aggregate[] },
): Map<object, Row> | undefined {
  const { memory } = scope.surroundings;
  const isOfOneRow = wanted.every(({ expression }) => {
    const call = callOf(expression);
    const [decides, ...others] = call && isExtreme(call) ? argumentsOf(call) : [];
    return decides !== undefined && others.every(isStar) && isOfRowAlone(decides);
  });
  if (!memory || !input.isKept || !isOfOneRow || started.length !== 1 || !by.every(isOfRowAlone)) return undefined;
  const names = [...input.columns, ...wanted].map(({ name }) => name);
  return memory.of(node, `${input.columns.length} ${JSON.stringify(names)}`);
}

/** The result's columns behind the keys, each with what it comes from. */
function outputs(expressions: readonly Expression[], keyCount: number, step: Step): Output[] {
  const names = step.resultColumns.slice(keyCount).map(({ name }) => name);
  const parts = expressions.flatMap((expression) => {
    const star = starColumns(expression, step, keyCount);
    return Array.from({ length: widthOf(expression, star) }, (_, part) => ({ expression, part, star }));
  });
  if (parts.length !== names.length) return refuse('a summarize whose columns are not known');
  return parts.map((each, index) => ({ ...each, name: names[index] ?? '' }));
}

/** The call that makes up an expression, if one does. */
function callOf(expression: Expression): Call | undefined {
  const inner = expression instanceof syntax.SimpleNamedExpression ? present(expression.Expression) : expression;
  return inner instanceof syntax.FunctionCallExpression ? inner : undefined;
}

const extremes: Readonly<Record<string, number>> = { arg_max: 1, argmax: 1, arg_min: -1, argmin: -1 };

function isExtreme(call: Call): boolean {
  return Object.hasOwn(extremes, nameOf(call));
}

function isStar(expression: Expression | undefined): boolean {
  return expression instanceof syntax.StarExpression;
}

/** How many columns an expression makes. */
function widthOf(expression: Expression, star: readonly string[]): number {
  const call = callOf(expression);
  if (call === undefined) return 1;
  const given = argumentsOf(call);
  if (given.some(isStar)) return star.length + (isExtreme(call) ? 1 : 0);
  if (isExtreme(call)) return given.length;
  if (nameOf(call) === 'percentiles') return given.length - 1;
  return nameOf(call) === 'take_any' || nameOf(call) === 'any' ? given.length : 1;
}

/** What `*` stands for: all columns save the keys and the one that decides. */
function starNames(call: Call, step: Step, keyCount: number): string[] {
  const keys = new Set(step.resultColumns.slice(0, keyCount).map(({ name }) => name));
  const [decides] = argumentsOf(call);
  const decider = isExtreme(call) && decides instanceof syntax.NameReference ? decides.SimpleName : null;
  return step.inputColumns.map(({ name }) => name).filter((name) => !keys.has(name) && name !== decider);
}

function starColumns(expression: Expression, step: Step, keyCount: number): readonly string[] {
  const call = callOf(expression);
  return call && argumentsOf(call).some(isStar) ? starNames(call, step, keyCount) : [];
}

/** What the keys and the wanted outputs read. */
function reading(wanted: readonly Output[], by: readonly Expression[]): Demand {
  const names = new Set<string>();
  for (const demand of [namesIn(...by), ...wanted.flatMap(demandsOf)]) {
    if (demand === 'all') return 'all';
    for (const name of demand) names.add(name);
  }
  return names;
}

/** Of what `*` stands for, an output reads one column beside the one that decides. */
function demandsOf({ expression, part, star }: Output): Demand[] {
  const call = callOf(expression);
  if (star.length === 0 || call === undefined) return [namesIn(expression)];
  const name = star[part - (isExtreme(call) ? 1 : 0)];
  const own = isExtreme(call) ? [namesIn(argumentsOf(call)[0] ?? null)] : [];
  return [...own, new Set(name === undefined ? [] : [name])];
}

function compileOutput(output: Output, scope: Scope, started: Aggregate[]): Scalar {
  const { star } = output;
  const call = callOf(output.expression);
  if (call && isExtreme(call)) return partOfExtreme(call, output.part, { scope, started, star });
  const name = call ? nameOf(call) : '';
  if (call && (name === 'take_any' || name === 'any') && (star.length > 0 || argumentsOf(call).length > 1))
    return partOfAny(call, output.part, { scope, started, star });
  if (call && name === 'percentiles') return partOfPercentiles(call, output.part, { scope, started, star });
  return scope.compiler.scalar(output.expression, { ...scope, call: aggregateCall(started) });
}

interface Making {
  readonly scope: Scope;
  readonly started: Aggregate[];
  readonly star: readonly string[];
}

/** Aggregates kept once for all the columns that come from the same call. */
const shared = new WeakMap<Aggregate[], Map<Call, number>>();

function placeOf(call: Call, started: Aggregate[], make: () => Aggregate): number {
  const places = shared.get(started) ?? new Map<Call, number>();
  shared.set(started, places);
  const place = places.get(call) ?? started.push(make()) - 1;
  places.set(call, place);
  return place;
}

function partOfExtreme(call: Call, part: number, { scope, started, star }: Making): Scalar {
  const [decides, ...others] = argumentsOf(call);
  const key = scope.compiler.scalar(decides ?? refuse('arg_max() without an argument'), scope);
  const sign = extremes[nameOf(call)] ?? 1;
  const place = placeOf(call, started, () => bestRow(key, sign, nameOf(call)));
  if (part === 0) return ofKept(place, key);
  return ofKept(place, partValue(star, others, part - 1, scope));
}

function partValue(star: readonly string[], others: readonly Expression[], part: number, scope: Scope): Scalar {
  const name = star[part];
  if (name !== undefined) return columnAt(scope.columns, name) ?? refuse(`the column ${name}`);
  const expression = others[part];
  return expression ? scope.compiler.scalar(expression, scope) : refuse('a column that is not known');
}

function partOfAny(call: Call, part: number, { scope, started, star }: Making): Scalar {
  const place = placeOf(call, started, () => anyRow);
  return ofKept(place, partValue(star, argumentsOf(call), part, scope));
}

function partOfPercentiles(call: Call, part: number, { scope, started }: Making): Scalar {
  const [of, ...percents] = argumentsOf(call).map((each) => scope.compiler.scalar(each, scope));
  const percent = percents[part];
  const make = aggregates['percentile'];
  if (!of || !percent || !make) return refuse('such percentiles()');
  const type = of.type === 'int' ? 'long' : of.type;
  return resultAt(started.push(make([of, percent], { name: 'percentiles', type })) - 1, type);
}

function resultAt(place: number, type: Scalar['type']): Scalar {
  return { type, isConstant: false, of: (results) => results[place] ?? (type === 'string' ? '' : null) };
}

/** A call of an aggregate inside an expression: it is started for each group, and the expression reads its result. */
export function aggregateCall(started: Aggregate[]): Scope['call'] {
  return (call, scope) => {
    const make = Object.hasOwn(aggregates, nameOf(call)) ? aggregates[nameOf(call)] : undefined;
    if (make === undefined) return undefined;
    const inner = { ...scope, call: undefined };
    const given = argumentsOf(call).map((each) =>
      isStar(each) ? constant('bool', true) : scope.compiler.scalar(each, inner),
    );
    const aggregate = make(given, { name: nameOf(call), type: typeName(call.ResultType) });
    return resultAt(started.push(aggregate) - 1, aggregate.type);
  };
}
