import type { ColumnType } from '../../../functions/tables/table.ts';
import {
  type Code,
  descendants,
  type Expression,
  type Globals,
  items,
  kusto,
  type Node,
  present,
  symbols,
  syntax,
  textOf,
} from './kusto.ts';
import { type Column, columnsOf, type KqlType } from './types.ts';

/** A table as the tables API spells it; the columns that every table has need not be named. */
export interface SchemaTable {
  readonly name: string;
  readonly columns: Readonly<Record<string, ColumnType>>;
}

/** A saved function: `parameters` as in `(since:datetime=datetime(null))`, empty for none; `body` without its braces. */
export interface SchemaFunction {
  readonly name: string;
  readonly parameters: string;
  readonly body: string;
}

/** A finding of the parser or binder; `start` and `length` in UTF-16 units of the query. */
export interface Diagnostic {
  readonly code: string;
  readonly severity: string;
  readonly start: number;
  readonly length: number;
  readonly message: string;
}

/** A query after binding. `isOpen`: it may have more columns than are known. */
export interface Analysis {
  readonly diagnostics: readonly Diagnostic[];
  readonly columns: readonly Column[];
  readonly isOpen: boolean;
  readonly syntax: Node;
}

const spelling: Readonly<Record<ColumnType, KqlType>> = {
  string: 'string',
  real: 'real',
  long: 'long',
  boolean: 'bool',
  dateTime: 'datetime',
  dynamic: 'dynamic',
};

// https://learn.microsoft.com/azure/azure-monitor/logs/log-standard-columns
const standardColumns: Readonly<Record<string, ColumnType>> = {
  TimeGenerated: 'dateTime',
  TenantId: 'string',
  SourceSystem: 'string',
  Type: 'string',
  _ResourceId: 'string',
};

/** What queries are checked and bound against. */
export function kustoSchema(of: {
  readonly tables: readonly SchemaTable[];
  readonly functions?: readonly SchemaFunction[];
}): Globals {
  const members = [
    ...of.tables.map(({ name, columns }) => new symbols.TableSymbol.$ctor7(name, schemaText(columns), null)),
    ...(of.functions ?? []).map(functionSymbol),
  ];
  const database = new symbols.DatabaseSymbol.ctor('workspace', members);
  return present(present(present(kusto.GlobalState.Default).WithDatabase(database)).WithCache());
}

function functionSymbol({ name, parameters, body }: SchemaFunction): Kusto.Language.Symbols.FunctionSymbol {
  return new symbols.FunctionSymbol.$ctor16(name, parameters.trim() || '()', `{\n${body}\n}`, null);
}

function schemaText(columns: SchemaTable['columns']): string {
  const all = Object.entries({ ...standardColumns, ...columns });
  return `(${all.map(([name, type]) => `[${JSON.stringify(name)}]:${spelling[type]}`).join(', ')})`;
}

/** Parses and binds a query; never throws for what the query says. */
export function analyze(text: string, globals: Globals): Analysis {
  const code = bound(text, globals);
  const root = present(code.Syntax);
  const result = code.ResultType;
  const findings = [...items(code.GetDiagnostics()).map(diagnostic), ...errorsInCalledFunctions(root)];
  return {
    diagnostics: code.HasSemantics ? findings : [...findings, unbound],
    columns: columnsOf(result),
    isOpen: result instanceof symbols.TableSymbol && result.IsOpen,
    syntax: root,
  };
}

const unbound: Diagnostic = {
  code: '',
  severity: 'Error',
  start: 0,
  length: 0,
  message: 'the binder fails on this query',
};

/** The binder throws on some queries with graph operators: those stay unbound. */
function bound(text: string, globals: Globals): Code {
  try {
    return present(kusto.KustoCode.ParseAndAnalyze(text, globals));
  } catch {
    return present(kusto.KustoCode.Parse(text, globals));
  }
}

function diagnostic(of: Kusto.Language.Diagnostic): Diagnostic {
  const { Code: code, Severity: severity, Start: start, Length: length, Message: message } = of;
  return { code: code ?? '', severity: severity ?? '', start, length, message: message ?? '' };
}

// The binder keeps these to itself; its analyzer for editors reports the first level as KS512.
function errorsInCalledFunctions(root: Node): Diagnostic[] {
  return descendants(root, syntax.Expression).flatMap((call) => {
    const body = isCall(call) ? call.GetCalledFunctionBody() : null;
    if (body === null) return [];
    const own = items(call.GetCalledFunctionDiagnostics()).map(diagnostic);
    const { TextStart: start, Width: length } = call;
    return [...own, ...errorsInCalledFunctions(body)].map(({ severity, message }) => ({
      code: 'KS512',
      severity,
      start,
      length,
      message: `in ${textOf(call).replace(/\(.*/s, '')}: ${message}`,
    }));
  });
}

/** A name in a call stands for the same body as the call. */
function isCall(expression: Expression): boolean {
  if (expression instanceof syntax.FunctionCallExpression) return true;
  return expression instanceof syntax.NameReference && !(expression.Parent instanceof syntax.FunctionCallExpression);
}
