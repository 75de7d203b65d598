import { parseArgs } from 'node:util';
import { evaluate } from '../local/sentinel/kql/evaluate.ts';
import { keepTable } from '../local/sentinel/kql/kept-table.ts';
import { analyze } from '../local/sentinel/kql/language.ts';
import { readContent } from '../local/sentinel/content/read-files.ts';
import { workspace } from '../local/sentinel/content/workspace.ts';
import { keepRows } from '../local/sentinel/rules/arrived-rows.ts';
import { bindContent } from '../local/sentinel/rules/replay.ts';
import { runRule } from '../local/sentinel/rules/run-rule.ts';
import { ruleRows } from './rule-rows.ts';

/** What a parser or a rule took over so many rows. */
export interface RuleTime {
  readonly name: string;
  readonly rows: number;
  readonly milliseconds: number;
}

interface Options {
  /** How many rows, the fewest first. */
  readonly sizes: readonly number[];
  readonly onProgress: (line: string) => void;
}

const now = Date.parse('2026-11-20T12:05:00Z');

/**
 * Times each parser and each rule over tables of several sizes: a parser's rows counted by account, its first five rows,
 * and one run of a rule with nothing kept from an earlier one.
 */
export function benchRules({ sizes, onProgress }: Options): readonly RuleTime[] {
  const content = readContent();
  const globals = workspace(content.parsers, content.watchlists);
  const rules = bindContent(content).rules;
  const rows = ruleRows(now);
  const tableOf = new Map(content.parsers.map(({ name, body }) => [name, /\w+_CL/.exec(body)?.[0] ?? '']));
  const times: RuleTime[] = [];
  for (const size of sizes) {
    onProgress(`Measuring over ${size} rows.`);
    for (const { name } of content.parsers) {
      const kept = keepTable();
      kept.add(rows.of(tableOf.get(name) ?? '', size));
      for (const query of [`${name} | summarize count() by Account`, `${name} | take 5`]) {
        const analysis = analyze(query, globals);
        const milliseconds = timed(() => evaluate(analysis, { rows: () => [], kept: () => kept, nowMs: now }));
        times.push({ name: query, rows: kept.length, milliseconds });
      }
    }
    for (const bound of rules) {
      const { rule, memory } = bound;
      const [parser = ''] = rule.requiredDataConnectors.flatMap(({ dataTypes }) => dataTypes);
      const table = tableOf.get(parser) ?? '';
      const arrived = keepRows();
      arrived.add(table, rows.of(table, size));
      memory.forget();
      const run = { scheduledAt: now, nowIs: 'run', rows: arrived.rows } as const;
      times.push({ name: rule.name, rows: size, milliseconds: timed(() => runRule(bound, run)) });
      memory.forget();
    }
  }
  return times;
}

function timed(work: () => unknown): number {
  const { user: before } = process.cpuUsage();
  work();
  return (process.cpuUsage().user - before) / 1000;
}

/** A line for each parser and rule: seconds of one processor for a million rows at each size. */
export function rulesTable(times: readonly RuleTime[]): string {
  const sizes = [...new Set(times.map(({ rows }) => rows))];
  const byName = Map.groupBy(times, ({ name }) => name);
  const line = (...cells: readonly string[]): string => `| ${cells.join(' | ')} |`;
  const seconds = ({ milliseconds, rows }: RuleTime): string => ((milliseconds * 1000) / rows).toFixed(2);
  return [
    line('seconds for a million rows', ...sizes.map((size) => `of ${size.toLocaleString('en-GB')}`)),
    line('---', ...sizes.map(() => '--:')),
    ...[...byName].map(([name, of]) => line(name.replaceAll('|', '\\|'), ...of.map(seconds))),
  ].join('\n');
}

if (import.meta.main) {
  const { values } = parseArgs({ options: { rows: { type: 'string', default: '1000000' } } });
  const sizes = [0.1, 0.3, 1].map((share) => Math.round(Number(values.rows) * share));
  const times = benchRules({ sizes, onProgress: (line) => void process.stderr.write(`${line}\n`) });
  process.stdout.write(`${rulesTable(times)}\n`);
}
