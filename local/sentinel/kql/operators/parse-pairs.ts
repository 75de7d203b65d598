import { namesIn } from '../expressions/names.ts';
import { text as asText } from '../expressions/readers.ts';
import { present, separated, syntax } from '../kusto.ts';
import { refuse } from '../refusal.ts';
import { over } from '../scope.ts';
import { declaredColumn } from '../types.ts';
import { convert } from '../values/convert.ts';
import { wantedFor, withParsed } from './parse.ts';
import type { Relation } from './relation.ts';
import type { Step } from './step.ts';

/** How keys and values are written. */
interface Writing {
  readonly pairDelimiter: string;
  readonly valueDelimiter: string;
  /** The characters before and behind a quoted value; none when there are no quotes. */
  readonly quotes: readonly [open: string, close: string] | undefined;
}

/** `parse-kv`: columns out of a text of keys and values. */
export function parsePairs(node: Kusto.Language.Syntax.ParseKvOperator, step: Step): Relation {
  const made = separated(present(node.Keys).Columns).map(declaredColumn);
  const source = present(node.Expression);
  const input = step.input(wantedFor(step.wanted, made, namesIn(source)));
  const scope = over(step.scope, input.columns);
  const text = asText(scope.compiler.scalar(source, scope));
  const writing = writingOf(node.WithClause);
  const read = (value: string): ReturnType<typeof convert>[] => {
    const pairs = pairsOf(value, writing);
    return made.map(({ name, type }) => convert(pairs.get(name) ?? '', 'string', type));
  };
  return withParsed(input, made, { read, text, onlyMatching: false });
}

function writingOf(clause: Kusto.Language.Syntax.ParseKvWithClause | null): Writing {
  const given = new Map<string, string>();
  for (const { Name: name, Expression: value } of separated(clause?.Properties ?? null)) {
    const key = name?.SimpleName ?? '';
    if (!(value instanceof syntax.LiteralExpression) || given.has(key)) return refuse(`parse-kv with such a ${key}`);
    given.set(key, present(present(value.Token).ValueText));
  }
  const { pair_delimiter: pair, kv_delimiter: keyed, quote, ...others } = Object.fromEntries(given);
  if (!pair || !keyed || Object.keys(others).length > 0)
    return refuse('parse-kv other than with pair_delimiter, kv_delimiter and quote');
  return {
    pairDelimiter: pair,
    valueDelimiter: keyed,
    quotes: quote ? [quote.charAt(0), quote.at(-1) ?? ''] : undefined,
  };
}

/** The values by their keys, without the white space around them; of equal keys the first counts. */
function pairsOf(text: string, writing: Writing): Map<string, string> {
  const pairs = new Map<string, string>();
  let from = 0;
  for (;;) {
    const at = text.indexOf(writing.valueDelimiter, from);
    if (at < 0) return pairs;
    const key = keyBefore(text.slice(from, at), writing);
    const { value, end } = valueFrom(text, at + writing.valueDelimiter.length, writing);
    if (!pairs.has(key)) pairs.set(key, value);
    from = end;
  }
}

function keyBefore(text: string, { pairDelimiter, quotes }: Writing): string {
  const trimmed = text.trimEnd();
  const last = trimmed.lastIndexOf(pairDelimiter);
  const key = (last < 0 ? trimmed : trimmed.slice(last + pairDelimiter.length)).trim();
  if (quotes && key.includes(quotes[1])) return refuse('parse-kv with quoted keys');
  return key;
}

/** The value that begins at a place, and where it ends. */
function valueFrom(
  text: string,
  place: number,
  { pairDelimiter, quotes }: Writing,
): { readonly value: string; readonly end: number } {
  const start = place + (/^\s*/.exec(text.slice(place))?.[0].length ?? 0);
  if (quotes && text.startsWith(quotes[0], start)) {
    const close = text.indexOf(quotes[1], start + 1);
    if (close < 0) return refuse('parse-kv of a text with an open quote');
    return { value: text.slice(start + 1, close), end: close + 1 };
  }
  const found = text.indexOf(pairDelimiter, start);
  const end = found < 0 ? text.length : found;
  return { value: text.slice(start, end).trim(), end };
}
