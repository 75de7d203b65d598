import type { Content } from '../content/read-files.ts';
import { watchlistRows, watchlistTable } from '../content/watchlists.ts';
import { workspace } from '../content/workspace.ts';
import type { SourceRow } from '../kql/scope.ts';
import { type ArrivedRows, keepRows } from './arrived-rows.ts';
import { bindRule, type BoundRule } from './run-rule.ts';
import { type RanRule, scheduleRules } from './scheduler.ts';

/** Rules over rows that go on arriving. Times are epoch milliseconds. */
export interface Replay {
  add(table: string, rows: readonly SourceRow[]): void;
  /** Runs what is due; each step is one run that took place. */
  due(until: number): Iterable<RanRule>;
}

/** Rules whose queries have been bound, and the watchlists that they ask. */
export interface BoundContent {
  readonly rules: readonly BoundRule[];
  readonly watchlists: Content['watchlists'];
}

/** Binds the rules, which takes a while. */
export function bindContent({ parsers, rules, watchlists }: Content): BoundContent {
  const globals = workspace(parsers, watchlists);
  return { rules: rules.map((rule) => bindRule(rule, globals)), watchlists };
}

interface Options {
  readonly content: BoundContent;
  /** Runs scheduled up to it have taken place. Without it they begin with the first arrival. */
  readonly after?: number | undefined;
  readonly isSkipping?: boolean;
  readonly nowIs?: 'scheduled' | 'run';
}

/** Starts without rows. Those that are there when runs begin are to be added before. */
export function replayRules({ content, after, isSkipping = true, nowIs = 'run' }: Options): Replay {
  const { rules, watchlists } = content;
  // What is kept belongs to other rows.
  for (const { memory } of rules) memory.forget();
  const rows: ArrivedRows = keepRows();
  rows.add(watchlistTable.name, watchlistRows(watchlists, 0));
  let first = Number.POSITIVE_INFINITY;
  let due: ReturnType<typeof scheduleRules> | undefined;
  return {
    add(table, added) {
      for (const { arrival } of added) first = Math.min(first, arrival);
      rows.add(table, added);
    },
    due(until) {
      if (due === undefined && after === undefined && first === Number.POSITIVE_INFINITY) return [];
      due ??= scheduleRules({ rules, rows, after: after ?? first, nowIs, isSkipping });
      return due(until);
    },
  };
}
