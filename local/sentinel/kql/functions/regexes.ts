import { literalType } from './literal-type.ts';
import { derived } from '../expressions/expression.ts';
import { remembered } from '../kusto.ts';
import { list, text, whole } from '../expressions/readers.ts';
import { refuse } from '../refusal.ts';
import { convert } from '../values/convert.ts';
import { pattern } from '../values/pattern.ts';
import type { List, Value } from '../values/value.ts';
import { argument, type Builtin, type Builtins, byCount, of2, of3 } from './builtin.ts';
import { countOf } from './strings.ts';

/** How many groups a pattern captures. */
const groupsOf = remembered(
  (regex: RegExp): number => (new RegExp(`${regex.source}|`, regex.flags.replace('g', '')).exec('')?.length ?? 1) - 1,
);

/** What a group captured in the first match; nothing when there is no match or no such group. */
function extract(source: string, group: bigint, value: string): string | null {
  const regex = pattern(source);
  regex.lastIndex = 0;
  return regex.exec(value)?.[Number(group)] ?? null;
}

const extractTyped: Builtin = (given, call) => {
  const [source, group] = [text(argument(given, 0, call)), whole(argument(given, 1, call))];
  const value = text(argument(given, 2, call));
  const type = literalType(argument(given, 3, call), call.name);
  return derived(type, given, (row) => {
    const found = extract(source(row), group(row) ?? 0n, value(row));
    if (type === 'string') return found ?? '';
    return found === null ? null : convert(found, 'string', type);
  });
};

/** All matches: of one group a list, of more a list of lists; null when there is none. */
function extractAll(source: string, value: string, groups?: List): Value {
  const regex = pattern(source);
  const count = groupsOf(regex);
  if (count === 0) return refuse(`extract_all() with a pattern without groups: ${source}`);
  const wanted = groups?.map(groupNumber) ?? Array.from({ length: count }, (_, index) => index + 1);
  const matches = [...value.matchAll(regex)].map((match) => wanted.map((group) => match[group] ?? ''));
  if (matches.length === 0) return null;
  return wanted.length === 1 ? matches.flat() : matches;
}

function groupNumber(group: Value): number {
  return typeof group === 'bigint' ? Number(group) : refuse('extract_all() of named groups');
}

/** Replaces every match; `\0` stands for the match, `\1` for its first group. */
function replace(value: string, source: string, by: string): string {
  return value.replace(pattern(source), (...found: readonly unknown[]) =>
    by.replace(/\\(\d|\\)/g, (_, reference: string) => (reference === '\\' ? '\\' : textAt(found, Number(reference)))),
  );
}

function textAt(found: readonly unknown[], index: number): string {
  const part = found[index];
  return typeof part === 'string' ? part : '';
}

function trimmed(source: string, value: string, ends: { readonly start: boolean; readonly end: boolean }): string {
  const fromStart = ends.start ? value.replace(once(`^(?:${source})`), '') : value;
  return ends.end ? fromStart.replace(once(`(?:${source})$`), '') : fromStart;
}

function once(source: string): RegExp {
  return firstOnly(pattern(source));
}

/** The same pattern without the flag that makes it remember where it was. */
const firstOnly = remembered(({ source, flags }: RegExp): RegExp => new RegExp(source, flags.replace('g', '')));

function countMatches(value: string, source: string, kind: string): bigint {
  if (kind === 'normal') return countOf(value, source);
  return kind === 'regex' ? BigInt([...value.matchAll(pattern(source))].length) : refuse(`countof() of kind '${kind}'`);
}

export const regexes: Builtins = {
  extract: byCount({ 3: of3([text, whole, text], extract), 4: extractTyped }),
  extract_all: byCount({
    2: of2(text, text, (source, value) => extractAll(source, value)),
    3: of3([text, list, text], (source, groups, value) => extractAll(source, value, groups)),
  }),
  replace_regex: of3([text, text, text], replace),
  replace: of3([text, text, text], (source, by, value) => replace(value, source, by)),
  trim: of2(text, text, (source, value) => trimmed(source, value, { start: true, end: true })),
  trim_start: of2(text, text, (source, value) => trimmed(source, value, { start: true, end: false })),
  trim_end: of2(text, text, (source, value) => trimmed(source, value, { start: false, end: true })),
  countof: byCount({ 2: of2(text, text, countOf), 3: of3([text, text, text], countMatches) }),
};
