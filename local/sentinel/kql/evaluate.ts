import { arrivalColumn } from './functions/arrival.ts';
import { argumentsOf, nameOf, withLets } from './expressions/calls.ts';
import { compileScalar } from './expressions/compile.ts';
import { descendants, elements, type Expression, type Node, present, separated, syntax } from './kusto.ts';
import type { Analysis, Diagnostic } from './language.ts';
import { select } from './operators/columns.ts';
import type { Relation } from './operators/relation.ts';
import { Refusal, refuse } from './refusal.ts';
import { type Compiler, noNames, type Surroundings } from './scope.ts';
import { compileTable } from './table.ts';
import type { Column } from './types.ts';
import type { Row } from './values/value.ts';

/** What `render` asks for: a kind of chart, and properties as they are written. */
export interface Render {
  readonly kind: string;
  readonly properties: Readonly<Record<string, string>>;
}

/** The answer to a query. */
export interface Answer {
  readonly columns: readonly Column[];
  readonly rows: readonly Row[];
  readonly render?: Render | undefined;
}

const compiler: Compiler = { scalar: compileScalar, table: compileTable };

/**
 * Runs a query that has been parsed and bound.
 * @throws Refusal for a query that is not sound, and for what the engine does not do; never gives a guess instead
 */
export function evaluate(analysis: Analysis, surroundings: Surroundings): Answer {
  const errors = analysis.diagnostics.filter(({ severity }) => severity === 'Error');
  const error = errors.find((each) => !isTolerated(each, analysis.syntax));
  if (error) throw new Refusal(`the query is not sound: ${error.message} (${error.code} at ${error.start})`);
  const statements = statementsOf(analysis.syntax);
  const names = withLets(statements, { surroundings, compiler, names: noNames, columns: [] });
  const queries = statements.filter((statement) => statement instanceof syntax.ExpressionStatement);
  const [query] = queries;
  if (query === undefined || queries.length > 1) return refuse('other than one query');
  const expression = present(query.Expression);
  const relation = compileTable(expression, { surroundings, compiler, names, columns: [] }, { columns: 'all' });
  const { columns, rows } = visible(relation, analysis);
  if (new Set(columns.map(({ name }) => name)).size < columns.length) return refuse('two columns of one name');
  return { columns, rows: [...rows()], render: renderOf(expression) };
}

/** Arguments that the binder thinks wrong and the engine takes: the function, and the binder's code. */
const tolerated: ReadonlySet<string> = new Set(['count KS107', 'array_length KS234', 'make_timespan KS134']);

/** Errors of the binder that the engine would not make. */
function isTolerated({ code, start }: Diagnostic, root: Node): boolean {
  return descendants(root, syntax.FunctionCallExpression).some((call) => {
    const isHere = argumentsOf(call).some(({ TextStart }) => TextStart === start);
    return isHere && tolerated.has(`${nameOf(call)} ${code}`);
  });
}

function statementsOf(root: Node): Node[] {
  const blocks = descendants(root, syntax.QueryBlock);
  return blocks.flatMap((block) => separated(block.Statements));
}

/** The columns of the answer, without those that only the engine knows. */
function visible(relation: Relation, { columns, isOpen }: Analysis): Relation {
  const names = relation.isOpen || isOpen ? relation.columns.map(({ name }) => name) : columns.map(({ name }) => name);
  return select(
    relation,
    names.filter((name) => name !== arrivalColumn),
  );
}

function renderOf(query: Expression): Render | undefined {
  const node = descendants(query, syntax.RenderOperator).at(-1);
  if (!node) return undefined;
  const clause = node.WithClause;
  const given = clause ? separated(clause.Properties) : elements(node.Parameters);
  const properties = given.map(({ Name: name, Expression: value }): [string, string] => [
    name?.SimpleName ?? '',
    (value?.toString() ?? '').trim().replace(/^(['"])(.*)\1$/s, '$2'),
  ]);
  return { kind: present(node.ChartType).Text ?? '', properties: Object.fromEntries(properties) };
}
