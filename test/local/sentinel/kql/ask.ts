import { evaluate } from '../../../../local/sentinel/kql/evaluate.ts';
import { analyze, kustoSchema } from '../../../../local/sentinel/kql/language.ts';
import type { Globals } from '../../../../local/sentinel/kql/kusto.ts';
import type { Surroundings } from '../../../../local/sentinel/kql/scope.ts';
import { dynamicText } from '../../../../local/sentinel/kql/values/convert.ts';
import { toText } from '../../../../local/sentinel/kql/values/text.ts';

/** What `now()` is in these tests. */
export const now = '2026-11-22T12:00:00Z';

const nothing: Surroundings = { rows: () => [], nowMs: Date.parse(now) };
const noTables = kustoSchema({ tables: [] });

interface Place {
  readonly globals?: Globals;
  readonly surroundings?: Partial<Surroundings>;
}

/** The rows that answer a query, each cell as `tostring` prints it, null as null. */
export function ask(query: string, { globals = noTables, surroundings }: Place = {}): (string | null)[][] {
  const { columns, rows } = evaluate(analyze(query, globals), { ...nothing, ...surroundings });
  return rows.map((row) =>
    columns.map(({ type }, index) => {
      const value = row[index] ?? null;
      if (value === null) return null;
      return type === 'dynamic' ? dynamicText(value) : toText(value, type);
    }),
  );
}

/** The columns of an answer as `name:type`. */
export function columnsOf(query: string, { globals = noTables, surroundings }: Place = {}): string[] {
  const { columns } = evaluate(analyze(query, globals), { ...nothing, ...surroundings });
  return columns.map(({ name, type }) => `${name}:${type}`);
}

/** The only cell of the answer to `print <expression>`. */
export function value(expression: string): string | null {
  return ask(`print x = ${expression}`)[0]?.[0] ?? null;
}
