import { positionAt } from '../content/position.ts';
import { evaluate } from '../kql/evaluate.ts';
import type { Globals } from '../kql/kusto.ts';
import { type Analysis, analyze } from '../kql/language.ts';
import { Refusal } from '../kql/refusal.ts';
import type { Surroundings } from '../kql/scope.ts';
import { jsonCell } from './json-cell.ts';
import type { QueryAnswer, QueryRequest } from './query.ts';

/** Answers queries over one workspace. */
export type RunQuery = (request: QueryRequest, surroundings: Surroundings) => QueryAnswer;

const mostRemembered = 300;

/** Remembers how texts were bound, since that may take longer than their evaluation. */
export function queryRunner(globals: Globals): RunQuery {
  const known = new Map<string, Analysis>();
  const bound = (text: string): Analysis => {
    const analysis = known.get(text) ?? analyze(text, globals);
    // The latest stand last, and the first goes.
    known.delete(text);
    known.set(text, analysis);
    const [oldest] = known.keys();
    if (known.size > mostRemembered && oldest !== undefined) known.delete(oldest);
    return analysis;
  };
  return ({ query, range, rowLimit }, surroundings) => {
    const started = performance.now();
    const analysis = bound(query);
    try {
      const { columns, rows, render } = evaluate(analysis, { ...surroundings, range });
      const types = columns.map(({ type }) => type);
      return {
        columns,
        rows: rows.slice(0, rowLimit).map((row) => types.map((type, index) => jsonCell(row[index] ?? null, type))),
        rowCount: rows.length,
        render,
        elapsedMs: performance.now() - started,
      };
    } catch (error) {
      if (error instanceof Refusal) return problemOf(query, analysis, error);
      throw error;
    }
  };
}

/** Microsoft's binder knows the place of what it finds; what the engine alone refuses has none. */
function problemOf(query: string, { diagnostics }: Analysis, { message }: Refusal): QueryAnswer {
  const found = diagnostics.find(({ severity, message: of }) => severity === 'Error' && message.includes(of));
  return found
    ? { problem: `${found.message} (${found.code})`, ...positionAt(query, found.start) }
    : { problem: message };
}
