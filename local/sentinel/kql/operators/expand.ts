import { columnAt, namesIn } from '../expressions/names.ts';
import { whole } from '../expressions/readers.ts';
import { type Expression, type NamedParameter, present, separated, symbols } from '../kusto.ts';
import { refuse } from '../refusal.ts';
import { over, type Scope } from '../scope.ts';
import { type Column, type KqlType, typeName } from '../types.ts';
import { convert } from '../values/convert.ts';
import { isBag, isList, isMoment, type Row, type Value } from '../values/value.ts';
import { closed, type Demand, type Relation, withMore, without } from './relation.ts';
import { onlyParameters, ownName, parameter, type Step } from './step.ts';

/** What is expanded, as `mv-expand` and `mv-apply` write it. */
interface Written {
  readonly Expression: Expression | null;
  readonly ToTypeOf: Kusto.Language.Syntax.ToTypeOfClause | null;
}

interface Expansion {
  readonly name: string;
  readonly type: KqlType;
  readonly elements: (row: Row) => readonly Value[];
}

interface Expanding {
  readonly parameters: Kusto.Language.Syntax.SyntaxList$1<NamedParameter> | null;
  readonly written: readonly Written[];
  readonly limit: Expression | null;
}

/** `mv-expand`: a row for each element of arrays or bags, several of them side by side. */
export function expand(node: Kusto.Language.Syntax.MvExpandOperator, step: Step): Relation {
  const written = separated(node.Expressions);
  const limit = node.RowLimitClause?.RowLimit ?? null;
  return expanded({ parameters: node.Parameters, written, limit }, step.wanted.columns, step);
}

/** The rows with their elements; the columns of `demand` and what is expanded. */
function expanded(what: Expanding, demand: Demand, step: Step): Relation {
  onlyParameters(what.parameters, 'kind', 'bagexpansion', 'with_itemindex');
  const asArrays = ['kind', 'bagexpansion'].some((name) => parameter(what.parameters, name) === 'array');
  const indexName = parameter(what.parameters, 'with_itemindex');
  const read = namesIn(...what.written.map((each) => each.Expression));
  const through = without(demand, indexName === undefined ? [] : [indexName]);
  const input = closed(step.input({ columns: read === 'all' ? read : withMore(through, read) }));
  const scope = over(step.scope, input.columns);
  const expansions = what.written.map((each) => expansionOf(each, scope, asArrays));
  const limit = what.limit ? limitOf(what.limit, scope) : Infinity;
  const columns = columnsAfter(input.columns, expansions, indexName);
  return { columns, rows: () => expandedRows({ input, expansions, columns, indexName, limit }) };
}

function limitOf(node: Expression, scope: Scope): number {
  const limit = whole(scope.compiler.scalar(node, { ...scope, columns: [] }))([]);
  return limit === null ? refuse('such a limit of mv-expand') : Number(limit);
}

function columnsAfter(
  before: readonly Column[],
  expansions: readonly Expansion[],
  indexName: string | undefined,
): Column[] {
  const made: Column[] = expansions.map(({ name, type }) => ({ name, type }));
  const index: Column[] = indexName === undefined ? [] : [{ name: indexName, type: 'long' }];
  const replaced = before.map((column) => made.find(({ name }) => name === column.name) ?? column);
  const old = new Set(before.map(({ name }) => name));
  return [...replaced, ...[...made, ...index].filter(({ name }) => !old.has(name))];
}

function expansionOf({ Expression: expression, ToTypeOf: to }: Written, scope: Scope, asArrays: boolean): Expansion {
  const node = present(expression);
  const { type, of } = scope.compiler.scalar(node, scope);
  if (type !== 'dynamic') return refuse(`mv-expand of ${type}`);
  const name = ownName(node) ?? refuse('mv-expand of an expression without a name');
  const target = to ? typedAs(to) : 'dynamic';
  return { name, type: target, elements: (row) => elementsOf(of(row), asArrays).map((value) => cast(value, target)) };
}

function typedAs({ TypeOf: typeOf }: Kusto.Language.Syntax.ToTypeOfClause): KqlType {
  const symbol = typeOf?.ReferencedSymbol;
  return symbol instanceof symbols.TypeSymbol ? typeName(symbol) : refuse('such a typeof()');
}

/** A null makes one row with a null, an empty array or bag none. */
function elementsOf(value: Value, asArrays: boolean): readonly Value[] {
  if (isList(value)) return value;
  if (isBag(value)) return [...value].map(([key, item]) => (asArrays ? [key, item] : new Map([[key, item]])));
  return [value];
}

/** An element as a column of a type holds it. What would have to be parsed is refused: it is not known whether it is. */
function cast(value: Value, type: KqlType): Value {
  if (type === 'dynamic') return value;
  if (value === null) return type === 'string' ? '' : null;
  const fits =
    type === 'string'
      ? typeof value === 'string'
      : typeof value !== 'string' && (isMoment(value) || typeof value !== 'object');
  return fits ? convert(value, 'dynamic', type) : refuse(`mv-expand of such an element to ${type}`);
}

interface Run {
  readonly input: Relation;
  readonly expansions: readonly Expansion[];
  readonly columns: readonly Column[];
  readonly indexName: string | undefined;
  readonly limit: number;
}

function* expandedRows(run: Run): Iterable<Row> {
  const { input, expansions, columns, limit } = run;
  const reads = columns.map((column) => cellOf(column, run));
  for (const row of input.rows()) {
    const lists = expansions.map((each) => each.elements(row));
    const count = Math.min(limit, Math.max(...lists.map((list) => list.length)));
    for (let at = 0; at < count; at++) yield reads.map((read) => read(row, at, lists));
  }
}

type Read = (row: Row, at: number, lists: readonly (readonly Value[])[]) => Value;

function cellOf({ name, type }: Column, { input, expansions, indexName }: Run): Read {
  if (name === indexName) return (_row, at) => BigInt(at);
  const place = expansions.findIndex((each) => each.name === name);
  const missing = type === 'string' ? '' : null;
  if (place >= 0) return (_row, at, lists) => lists[place]?.[at] ?? missing;
  const column = columnAt(input.columns, name) ?? refuse(`the column ${name}`);
  return (row) => column.of(row);
}

/** `mv-apply`: a subquery over the elements of each row. */
export function apply(node: Kusto.Language.Syntax.MvApplyOperator, step: Step): Relation {
  if (node.ContextIdClause) return refuse('mv-apply with an id');
  const written = separated(node.Expressions);
  const limit = node.RowLimitClause?.RowLimit ?? null;
  const names = step.inputColumns.map(({ name }) => name);
  const one: { rows: readonly Row[] } = { rows: [] };
  const input = closed(step.input({ columns: new Set(names) }));
  const elementsOfRow = expanded({ parameters: node.Parameters, written, limit }, 'all', {
    ...step,
    input: () => ({ columns: input.columns, rows: () => one.rows }),
  });
  const scope: Scope = { ...step.scope, columns: [], call: undefined, contextual: () => elementsOfRow };
  const subquery = step.scope.compiler.table(present(present(node.Subquery).Expression), scope, { columns: 'all' });
  const columns = step.resultColumns.map(
    ({ name }) => subquery.columns.find((column) => column.name === name) ?? inputColumn(input, name),
  );
  const cells = columns.map(({ name }) => ({
    inner: columnAt(subquery.columns, name),
    outer: columnAt(input.columns, name),
  }));
  return {
    columns,
    *rows() {
      for (const row of input.rows()) {
        one.rows = [row];
        for (const found of subquery.rows())
          yield cells.map(({ inner, outer }) => (inner ? inner.of(found) : (outer?.of(row) ?? null)));
      }
    },
  };
}

function inputColumn({ columns }: Relation, wanted: string): Column {
  return columns.find(({ name }) => name === wanted) ?? refuse(`the column ${wanted}`);
}
