import type { Scalar } from '../expressions/expression.ts';
import { columnAt, namesIn } from '../expressions/names.ts';
import { type Expression, present, separated, syntax } from '../kusto.ts';
import { refuse } from '../refusal.ts';
import { isOfRowAlone, keeping } from '../memory.ts';
import { over } from '../scope.ts';
import type { Column } from '../types.ts';
import type { Row } from '../values/value.ts';
import { renamedMatches, textColumn } from './matches.ts';
import { closed, type Demand, type Relation, wants, withMore, without } from './relation.ts';
import { ownName, type Step } from './step.ts';
import { usesWindow, windowed } from './windows.ts';

/** A column that an operator computes. */
interface Made {
  readonly name: string;
  readonly expression: Expression;
}

/** The columns that expressions compute; the binder names those that have no name of their own. */
function madeColumns(expressions: readonly Expression[], step: Step): Made[] {
  const known = new Set([
    ...step.inputColumns.map(({ name }) => name),
    ...expressions.flatMap((each) => ownName(each) ?? []),
  ]);
  const invented = step.resultColumns.filter(({ name }) => !known.has(name));
  let next = 0;
  return expressions.map((expression) => {
    if (expression instanceof syntax.CompoundNamedExpression) return refuse('an expression that makes several columns');
    const name = ownName(expression) ?? invented[next++]?.name ?? refuse('an expression without a name');
    return { name, expression };
  });
}

/** What must be read for the wanted ones of the columns that are made, beside what goes through. */
function inputFor(through: Demand, made: readonly Made[]): Demand {
  const names = namesIn(...made.map(({ expression }) => expression));
  return names === 'all' ? 'all' : withMore(through, names);
}

/** `extend`: adds columns or replaces them; all expressions see the columns as they were. */
export function extend(expressions: readonly Expression[], step: Step): Relation {
  const all = madeColumns(expressions, step);
  const made = all.filter(({ name }) => wants(step.wanted.columns, name));
  const names = all.map(({ name }) => name);
  const isTimeKept = !names.includes('TimeGenerated') && !usesWindow(expressions);
  const since = isTimeKept ? step.wanted.since : undefined;
  const through = (name: string): string | undefined => (names.includes(name) ? undefined : name);
  const matches = usesWindow(expressions) ? [] : renamedMatches(step.wanted.matches, through);
  const input = step.input({ columns: inputFor(without(step.wanted.columns, names), made), since, matches });
  const frame = windowed(over(step.scope, input.columns), step.isSerialized);
  const cells = new Map(
    made.map(({ name, expression }) => [name, frame.scope.compiler.scalar(expression, frame.scope)]),
  );
  const known = kept(step, expressions, made, input);
  return { ...mapped(input, frame.rows, extended(input.columns, cells), known), isOpen: input.isOpen };
}

/** The columns of a relation, some of them replaced, and new ones behind them. */
function extended(columns: readonly Column[], cells: ReadonlyMap<string, Scalar>): Named[] {
  const kept = columns.map(({ name }): Named => [name, cells.get(name) ?? present(columnAt(columns, name))]);
  const old = new Set(columns.map(({ name }) => name));
  return [...kept, ...[...cells].filter(([name]) => !old.has(name))];
}

export type Named = readonly [name: string, scalar: Scalar];

/** A relation whose cells are computed from the rows of another. @param known what was made of these rows before */
export function mapped(
  input: Relation,
  rows: (input: Relation) => Iterable<Row>,
  cells: readonly Named[],
  known?: Map<object, Row>,
): Relation {
  const reads = cells.map(([, { of }]) => of);
  const rowOf = keeping(known, (row: Row): Row => reads.map((of) => of(row)));
  return {
    columns: cells.map(([name, { type }]) => ({ name, type })),
    isKept: known !== undefined,
    *rows() {
      for (const row of rows(input)) yield rowOf(row);
    },
  };
}

/** What an operator made of rows in earlier evaluations, if that depends on nothing else. @param place its first expression */
function kept(
  { scope }: Step,
  [place]: readonly Expression[],
  made: readonly Made[],
  { columns, isOpen, isKept }: Relation,
): Map<object, Row> | undefined {
  const { memory } = scope.surroundings;
  if (!place || !memory || !isKept || isOpen || !made.every(({ expression }) => isOfRowAlone(expression)))
    return undefined;
  const names = [...columns, ...made].map(({ name }) => name);
  return memory.of(place, `${columns.length} ${JSON.stringify(names)}`);
}

/** `project`: these columns alone, in this order. */
export function project(expressions: readonly Expression[], step: Step): Relation {
  const made = madeColumns(expressions, { ...step, inputColumns: [] }).filter(({ name }) =>
    wants(step.wanted.columns, name),
  );
  const time = made.find(({ name }) => name === 'TimeGenerated')?.expression;
  const isTimeKept = time instanceof syntax.NameReference && !usesWindow(expressions);
  const since = isTimeKept ? step.wanted.since : undefined;
  const place = { scope: step.scope, columns: step.inputColumns };
  const textOf = (name: string): string | undefined => {
    const expression = made.find((each) => each.name === name)?.expression;
    const value = expression instanceof syntax.SimpleNamedExpression ? expression.Expression : expression;
    return value ? textColumn(value, place) : undefined;
  };
  const matches = usesWindow(expressions) ? [] : renamedMatches(step.wanted.matches, textOf);
  const input = step.input({ columns: inputFor(new Set(), made), since, matches });
  const frame = windowed(over(step.scope, input.columns), step.isSerialized);
  const cells = made.map(({ name, expression }): Named => [name, frame.scope.compiler.scalar(expression, frame.scope)]);
  return mapped(input, frame.rows, cells, kept(step, expressions, made, input));
}

/** `project-away`, `project-keep` and `project-reorder`: the columns that the binder says are left. */
export function keep(step: Step): Relation {
  const left = step.resultColumns.filter(({ name }) => wants(step.wanted.columns, name));
  const { since, matches } = step.wanted;
  const input = closed(step.input({ columns: new Set(left.map(({ name }) => name)), since, matches }));
  return select(
    input,
    left.map(({ name }) => name),
  );
}

/** The columns of those names, as far as a relation has them. */
export function select(input: Relation, names: readonly string[]): Relation {
  const cells = names.flatMap((name): Named[] => {
    const cell = columnAt(input.columns, name);
    return cell ? [[name, cell]] : [];
  });
  return mapped(input, ({ rows }) => rows(), cells);
}

/** `project-rename`. */
export function rename(node: Kusto.Language.Syntax.ProjectRenameOperator, step: Step): Relation {
  const renamed = new Map(separated(node.Expressions).map(renaming));
  const old = (name: string): string => renamed.get(name) ?? name;
  const names = step.resultColumns.map(({ name }) => name).filter((name) => wants(step.wanted.columns, name));
  const isTimeKept = !renamed.has('TimeGenerated');
  const since = isTimeKept ? step.wanted.since : undefined;
  const input = closed(step.input({ columns: new Set(names.map(old)), since }));
  const cells = names.map((name): Named => [
    name,
    columnAt(input.columns, old(name)) ?? refuse(`the column ${old(name)}`),
  ]);
  return mapped(input, ({ rows }) => rows(), cells);
}

function renaming(expression: Expression): [string, string] {
  const source = expression instanceof syntax.SimpleNamedExpression ? expression.Expression : null;
  const name = ownName(expression);
  if (!(source instanceof syntax.NameReference) || name === undefined) return refuse('such a project-rename');
  return [name, present(source.SimpleName)];
}
