import { columnAt } from '../expressions/names.ts';
import { type Expression, present, separated, syntax, textOf } from '../kusto.ts';
import { refuse } from '../refusal.ts';
import { type Column, columnsOf } from '../types.ts';
import { type Key, keyOf } from '../values/compare.ts';
import type { Row, Value } from '../values/value.ts';
import { closed, type Relation, wants } from './relation.ts';
import { onlyParameters, parameter, type Step } from './step.ts';

type Clause = Kusto.Language.Syntax.JoinConditionClause | null;

/** Names of the columns that must be equal, left and right. */
type Pair = readonly [left: string, right: string];

/** What becomes of rows with a partner, and of those without. */
interface Kind {
  readonly pairs: boolean;
  readonly loneLeft: boolean;
  readonly loneRight: boolean;
  /** The rows of one side alone, once each, that have a partner (true) or none (false). */
  readonly only?: { readonly side: 'left' | 'right'; readonly withPartner: boolean };
  /** Of left rows with the same key the first one counts. */
  readonly uniqueLeft?: boolean;
}

const inner: Kind = { pairs: true, loneLeft: false, loneRight: false };
const one = (side: 'left' | 'right', withPartner: boolean): Kind => ({
  pairs: false,
  loneLeft: false,
  loneRight: false,
  only: { side, withPartner },
});

const kinds: Readonly<Record<string, Kind>> = {
  innerunique: { ...inner, uniqueLeft: true },
  inner,
  leftouter: { ...inner, loneLeft: true },
  rightouter: { ...inner, loneRight: true },
  fullouter: { ...inner, loneLeft: true, loneRight: true },
  leftsemi: one('left', true),
  leftanti: one('left', false),
  anti: one('left', false),
  leftantisemi: one('left', false),
  rightsemi: one('right', true),
  rightanti: one('right', false),
  rightantisemi: one('right', false),
};

/** `join`: rows of two tables with equal keys; two null keys are equal. */
export function join(node: Kusto.Language.Syntax.JoinOperator, step: Step): Relation {
  onlyParameters(node.Parameters, 'kind');
  const name = parameter(node.Parameters, 'kind') ?? 'innerunique';
  const kind = Object.hasOwn(kinds, name) ? kinds[name] : undefined;
  const pairs = pairsOf(node.ConditionClause);
  return joined(kind ?? refuse(`a join of kind ${name}`), pairs, present(node.Expression), { step, keyless: false });
}

/** `lookup`: a left outer join without the keys of the right side. */
export function lookup(node: Kusto.Language.Syntax.LookupOperator, step: Step): Relation {
  onlyParameters(node.Parameters, 'kind');
  const name = parameter(node.Parameters, 'kind') ?? 'leftouter';
  const kind = name === 'leftouter' || name === 'inner' ? kinds[name] : undefined;
  const pairs = pairsOf(node.LookupClause);
  return joined(kind ?? refuse(`a lookup of kind ${name}`), pairs, present(node.Expression), { step, keyless: true });
}

function pairsOf(clause: Clause): Pair[] {
  if (!(clause instanceof syntax.JoinOnClause)) return refuse('a join without equal keys');
  return separated(clause.Expressions).flatMap(pairOf);
}

function pairOf(node: Expression): Pair[] {
  if (node instanceof syntax.ParenthesizedExpression) return pairOf(present(node.Expression));
  if (node instanceof syntax.NameReference) return [[present(node.SimpleName), present(node.SimpleName)]];
  if (!(node instanceof syntax.BinaryExpression)) return refuse(`the join condition ${textOf(node)}`);
  const [left, right] = [present(node.Left), present(node.Right)];
  if (node.Operator?.Text === 'and') return [...pairOf(left), ...pairOf(right)];
  const sides = [sideOf(left), sideOf(right)].toSorted((a, b) => a.side.localeCompare(b.side));
  const [first, second] = sides;
  if (node.Operator?.Text !== '==' || first?.side !== '$left' || second?.side !== '$right')
    return refuse(`the join condition ${textOf(node)}`);
  return [[first.name, second.name]];
}

function sideOf(node: Expression): { readonly side: string; readonly name: string } {
  const { Expression: side, Selector: selector } = node instanceof syntax.PathExpression ? node : noPath;
  if (!(side instanceof syntax.NameReference) || !(selector instanceof syntax.NameReference))
    return refuse(`the join condition ${textOf(node)}`);
  return { side: present(side.SimpleName), name: present(selector.SimpleName) };
}

const noPath = { Expression: null, Selector: null };

interface Context {
  readonly step: Step;
  /** The right side's keys are left out of the result. */
  readonly keyless: boolean;
}

/** A column of the result: where it comes from. */
interface Origin {
  readonly name: string;
  readonly side: 'left' | 'right';
  readonly source: string;
}

function originsOf(kind: Kind, pairs: readonly Pair[], right: readonly Column[], { step, keyless }: Context): Origin[] {
  const rightKeys = new Set(keyless ? pairs.map(([, name]) => name) : []);
  const from = (side: Origin['side'], columns: readonly Column[]): Omit<Origin, 'name'>[] =>
    kind.only && kind.only.side !== side ? [] : columns.map(({ name }) => ({ side, source: name }));
  const origins = [
    ...from('left', step.inputColumns),
    ...from(
      'right',
      right.filter(({ name }) => !rightKeys.has(name)),
    ),
  ];
  if (origins.length !== step.resultColumns.length) return refuse('a join whose columns are not known');
  return origins.map((origin, index) => ({ ...origin, name: step.resultColumns[index]?.name ?? '' }));
}

/** One side of a join, ready to read. */
interface Side {
  readonly relation: Relation;
  readonly key: (row: Row) => Key;
}

function joined(kind: Kind, pairs: readonly Pair[], node: Expression, context: Context): Relation {
  const { step } = context;
  const origins = originsOf(kind, pairs, columnsOf(node.ResultType), context).filter(({ name }) =>
    wants(step.wanted.columns, name),
  );
  const names = (side: Origin['side'], place: 0 | 1): ReadonlySet<string> =>
    new Set([
      ...origins.filter((each) => each.side === side).map(({ source }) => source),
      ...pairs.map((pair) => pair[place]),
    ]);
  const left = sideFor(
    step.input({ columns: names('left', 0) }),
    pairs.map(([name]) => name),
  );
  const opened = step.scope.compiler.table(
    node,
    { ...step.scope, columns: [], call: undefined },
    { columns: names('right', 1) },
  );
  const right = sideFor(
    opened,
    pairs.map(([, name]) => name),
  );
  const reads = origins.map((origin) => readerOf(origin, origin.side === 'left' ? left : right));
  const columns = origins.map(({ name, side, source }): Column => ({
    name,
    type: (side === 'left' ? left : right).relation.columns.find((column) => column.name === source)?.type ?? 'unknown',
  }));
  return { columns, rows: () => joinedRows(kind, left, right, reads) };
}

function sideFor(relation: Relation, keys: readonly string[]): Side {
  const { columns } = closed(relation);
  const cells = keys.map((name) => columnAt(columns, name) ?? refuse(`the key ${name}`));
  const keyFor = keyOf(cells.map(({ type }) => (type === 'dynamic' ? refuse('a join on a dynamic value') : type)));
  return { relation, key: (row) => keyFor(cells.map(({ of }) => of(row))) };
}

/** The cell of a joined row; a side that is missing has nulls, and empty texts. */
type Read = (left: Row | undefined, right: Row | undefined) => Value;

function readerOf({ side, source }: Origin, { relation }: Side): Read {
  const cell = columnAt(relation.columns, source) ?? refuse(`the column ${source}`);
  const missing = cell.type === 'string' ? '' : null;
  return side === 'left'
    ? (left) => (left ? cell.of(left) : missing)
    : (_left, right) => (right ? cell.of(right) : missing);
}

function* joinedRows(kind: Kind, left: Side, right: Side, reads: readonly Read[]): Iterable<Row> {
  if (kind.only) return yield* oneSided(kind.only, left, right, reads);
  const partners = byKey(right);
  const met = new Set<Key>();
  for (const row of left.relation.rows()) {
    const key = left.key(row);
    const isRepeated = kind.uniqueLeft === true && met.has(key);
    met.add(key);
    if (isRepeated) continue;
    const found = partners.get(key) ?? [];
    for (const partner of found) yield reads.map((read) => read(row, partner));
    if (found.length === 0 && kind.loneLeft) yield reads.map((read) => read(row, undefined));
  }
  if (!kind.loneRight) return;
  for (const [key, rows] of partners)
    if (!met.has(key)) for (const row of rows) yield reads.map((read) => read(undefined, row));
}

function byKey({ relation, key }: Side): Map<Key, Row[]> {
  const rows = new Map<Key, Row[]>();
  for (const row of relation.rows()) {
    const of = key(row);
    const known = rows.get(of);
    if (known) known.push(row);
    else rows.set(of, [row]);
  }
  return rows;
}

function* oneSided(
  { side, withPartner }: NonNullable<Kind['only']>,
  left: Side,
  right: Side,
  reads: readonly Read[],
): Iterable<Row> {
  const [mine, other] = side === 'left' ? [left, right] : [right, left];
  const keys = new Set(Array.from(other.relation.rows(), other.key));
  for (const row of mine.relation.rows()) {
    if (keys.has(mine.key(row)) !== withPartner) continue;
    yield reads.map((read) => (side === 'left' ? read(row, undefined) : read(undefined, row)));
  }
}
