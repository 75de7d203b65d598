import * as z from 'zod';
import { positionAt } from '../content/position.ts';
import { type Globals, items, kusto, present } from '../kql/kusto.ts';
import { analyze } from '../kql/language.ts';

/** A query that is being written, and where in it: an offset in UTF-16 units. */
export const assistanceRequest = z.object({
  writing: z.string().max(100_000),
  caret: z.number().int().min(0),
});

export type AssistanceRequest = z.output<typeof assistanceRequest>;

/** Something that may stand at the caret. */
export interface Completion {
  readonly label: string;
  /** What it is: `column`, `table`, `function`, `keyword` … */
  readonly kind: string;
  /** What is written before the caret and behind it. */
  readonly before: string;
  readonly after: string;
}

/** What is wrong with a query, and where: line and column counted from 1. */
export interface WritingFault {
  readonly message: string;
  readonly isError: boolean;
  readonly line: number;
  readonly column: number;
  readonly start: number;
  readonly length: number;
}

/** What Microsoft's language service says of a query that is being written. */
export interface Assistance {
  /** The text that a completion replaces. */
  readonly start: number;
  readonly length: number;
  /** The best first. */
  readonly completions: readonly Completion[];
  readonly faults: readonly WritingFault[];
}

const mostCompletions = 40;
const kinds: Readonly<Record<number, string>> = {
  3: 'keyword',
  8: 'keyword',
  9: 'keyword',
  11: 'operator',
  12: 'chart',
  13: 'column',
  14: 'table',
  15: 'function',
  16: 'function',
  17: 'parser',
  18: 'aggregate',
  19: 'parameter',
  20: 'variable',
  26: 'type',
};

/** Asks the language service about a query over a workspace. */
export function assist({ writing, caret }: AssistanceRequest, globals: Globals): Assistance {
  const service = new kusto.Editor.KustoCodeService.$ctor1(writing, globals);
  const info = present(service.GetCompletionItems(Math.min(caret, writing.length)));
  const { EditStart: start, EditLength: length } = info;
  const all = items(info.Items);
  const typed = writing.slice(start, caret).toLowerCase();
  const found = [0, 1].flatMap((rank) => all.filter((item) => rankOf(item, typed) === rank));
  return {
    start,
    length,
    completions: found.slice(0, mostCompletions).map(completionOf),
    faults: faultsIn(writing, globals),
  };
}

type Item = Kusto.Language.Editor.CompletionItem;

/** 0: begins with what was typed; 1: has it inside; -1: neither. */
function rankOf({ MatchText: match, DisplayText: shown }: Item, typed: string): number {
  return Math.min((match || shown || '').toLowerCase().indexOf(typed), 1);
}

function completionOf({ DisplayText: label, Kind: kind, BeforeText: before, AfterText: after }: Item): Completion {
  // Nobody has to give a parser its parameters.
  const [, parser] = /^(\w+)\((?:\[.*\])?\)$/.exec(kinds[kind] === 'parser' ? (label ?? '') : '') ?? [];
  if (parser !== undefined) return { label: parser, kind: 'parser', before: parser, after: '' };
  return { label: (label ?? '').trim(), kind: kinds[kind] ?? 'other', before: before ?? '', after: after ?? '' };
}

function faultsIn(writing: string, globals: Globals): readonly WritingFault[] {
  if (writing.trim() === '') return [];
  return analyze(writing, globals)
    .diagnostics.filter(({ severity }) => severity === 'Error' || severity === 'Warning')
    .map(({ code, severity, message, start, length }) => ({
      message: code === '' ? message : `${message} (${code})`,
      isError: severity === 'Error',
      ...positionAt(writing, start),
      start,
      length,
    }));
}
